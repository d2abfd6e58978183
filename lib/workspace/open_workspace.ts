import { isAbsolute, join, relative, resolve } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { applyWork } from "./apply.ts";
import { readManifests } from "./applied_record.ts";
import { baseSnapshot, type SnapshotParts } from "./base_snapshot.ts";
import { binaryOf } from "./bytes.ts";
import { type Carried, planCarry, unplannedCarry } from "./carried.ts";
import { createCheckouts } from "./checkouts.ts";
import { literalPattern } from "./content_settings.ts";
import { BUILT_PATTERNS, SECRET_PATTERNS } from "./default_excludes.ts";
import { fileError } from "./file_error.ts";
import { readFolderState, writeFolderState } from "./folder_state.ts";
import type { GitRunner } from "./git_runner.ts";
import { requireGit } from "./git_version.ts";
import { leftOutNotice } from "./left_out.ts";
import { createPlumbing, type Place, type Plumbing } from "./plumbing.ts";
import { guessesText, makePrivateRepository } from "./private_repository.ts";
import { isWithin, type ProjectPaths, projectPaths } from "./project_paths.ts";
import { removeTree, treeBytes } from "./remove_tree.ts";
import { createRunBranch } from "./run_branch.ts";
import { type RunFolder, runFolder } from "./run_folder.ts";
import type { CarrySpec, RunWorkspace } from "./run_workspace.ts";
import { readTree } from "./tree_reads.ts";
import { createTreeViews } from "./tree_views.ts";
import { undoWork } from "./undo.ts";
import { findUserRepository, isIgnored, readSettings } from "./user_repository.ts";
import { createWorktrees } from "./worktrees.ts";

/** What a run's workspace is made with. */
export interface WorkspaceOptions {
  git: GitRunner;
  /** Our folder for this run: `~/.ouroboros/runs/<id>`. */
  dir: string;
  /** The user's project folder. */
  project: string;
  carry: CarrySpec;
  /** Our own folder, `~/.ouroboros`: no file of it is one of a project's. Left out: `dir` alone. */
  own?: string | undefined;
  /** Wall clock, for the names and times of what `apply` records. */
  now(): Date;
}

/**
 * Makes the workspace of a new run. Nothing of the user's is written to.
 * Errors: git_missing, git_failed, not_found, usage, workspace_unsupported, disk_full, not_writable.
 */
export async function createRunWorkspace(options: WorkspaceOptions): Promise<RunWorkspace> {
  const folder = runFolder(resolve(options.dir));
  const project = await realProject(options.project);
  // Before any folder is made: without git nothing is to be left behind.
  await requireGit(options.git, project);
  const workspace = await openFolder(options, folder, project);
  await writeFolderState(folder, { schema: 1, project, carry: [...options.carry.paths] })
    .catch((error) => {
      throw fileError("Write", folder.state, error);
    });
  return workspace;
}

/** Opens the workspace of a run that was begun before. Errors: workspace_lost, and as above. */
export async function reopenRunWorkspace(
  options: Pick<WorkspaceOptions, "git" | "dir" | "own" | "now">,
): Promise<RunWorkspace> {
  const folder = runFolder(resolve(options.dir));
  const state = await readFolderState(folder);
  const project = await realProject(state.project);
  // What is carried may have changed since: that is no reason not to show, apply or undo the work.
  const opened = { ...options, carry: { paths: state.carry }, project, carryLater: true };
  return await openFolder(opened, folder, project);
}

async function realProject(path: string): Promise<string> {
  try {
    const real = await Deno.realPath(path);
    if ((await Deno.stat(real)).isDirectory) return real;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Open the project", path, error);
  }
  throw new OuroborosError({
    code: "not_found",
    message: `Open the project "${path}": no such folder`,
  });
}

async function makeFolders(folder: RunFolder): Promise<void> {
  try {
    for (const each of [folder.dir, folder.indexes, folder.worktrees, folder.checkouts]) {
      await Deno.mkdir(each, { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    throw fileError("Make the run's folder", folder.dir, error);
  }
}

async function openFolder(
  options: WorkspaceOptions & { carryLater?: boolean },
  folder: RunFolder,
  project: string,
): Promise<RunWorkspace> {
  const runner = options.git;
  await makeFolders(folder);
  const found = await findUserRepository(runner, project);
  // A folder that its repository ignores (scratch space, a home folder kept in git) stands alone.
  const user = found !== undefined && await isIgnored(runner, found) ? undefined : found;
  const settings = await readSettings(runner, project, user);
  const root = user?.root ?? project;
  const paths = projectPaths(user?.prefix ?? "");
  const carry = { root, project, paths, carry: options.carry.paths };
  const carried = await planCarry(carry).catch((error) => {
    if (options.carryLater) return unplannedCarry(carry, error);
    throw error;
  });
  const ours = await ownBelow(root, [folder.dir, options.own]);
  await makePrivateRepository({
    gitDir: folder.gitDir,
    user,
    settings,
    excludes: [
      ...SECRET_PATTERNS,
      ...(user === undefined ? BUILT_PATTERNS : []),
      ...carried.stored.map(literalPattern),
      ...ours.map(literalPattern),
    ],
  }).catch((error) => {
    throw fileError("Make the private repository", folder.gitDir, error);
  });
  const git = createPlumbing(runner, folder.dir, {
    guessesText: await guessesText(settings, root, user),
  });
  const bare = { gitDir: folder.gitDir };
  const snapshotParts = (index: string): SnapshotParts => ({
    git,
    userGit: runner,
    place: { ...bare, workTree: root, index: join(folder.indexes, index) },
    user,
    settings,
    paths,
    skip: [...carried.stored, ...ours].map(binaryOf),
  });
  const parts = { git, folder, paths, carried };
  const worktrees = createWorktrees(parts);
  const checkouts = createCheckouts(parts);
  const branch = createRunBranch(git, folder, paths);

  return {
    dir: folder.dir,
    project,
    async snapshot({ ref }) {
      const base = await baseSnapshot(snapshotParts("base"), ref === undefined ? {} : { ref });
      await refuseHeld(git, bare, { tree: base.tree, carried, paths });
      await branch.moveHead(base.commit);
      const secrets = { tree: base.tree, paths: SECRET_PATTERNS.map(paths.in) };
      const held = new Set(
        (await readTree(git, bare, secrets)).map((entry) => paths.out(entry.path)),
      );
      const leftOut = await leftOutNotice(project, {
        git: user !== undefined,
        carried: options.carry.paths,
        has: (path) => held.has(path),
      });
      return { ...base, notices: [...carried.notices, ...leftOut, ...base.notices] };
    },
    worktree: worktrees.open,
    commit: worktrees.commit,
    putBack: worktrees.putBack,
    reset: worktrees.reset,
    checkout: (tree, _purpose, taken) => checkouts.take(tree, taken),
    ...branch,
    ...createTreeViews(git, bare, paths),
    async apply(what) {
      const now = options.now();
      const random = crypto.getRandomValues(new Uint8Array(4));
      const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const fresh = user === undefined ? undefined : await findUserRepository(runner, project);
      const own = { ...snapshotParts("now"), user: fresh };
      const token = `${now.getTime()}-${tail}`;
      return await applyWork({ ...own, folder: folder.applied, token, now }, what);
    },
    undo: (token, undoOptions) =>
      undoWork({ userGit: runner, root, paths, folder: folder.applied }, token, undoOptions),
    async applied() {
      const manifests = await readManifests(folder.applied);
      return manifests.map(({ token, at, state }) => ({ token, at, state }));
    },
    async discard() {
      const bytes = await treeBytes(folder.dir);
      await removeTree(folder.dir);
      return { bytes };
    },
  };
}

/** Stored paths of those of our folders that lie below the user's top folder. */
async function ownBelow(root: string, folders: readonly (string | undefined)[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if (folder === undefined) continue;
    // One that is not there yet is meant as it is written.
    const below = relative(root, await Deno.realPath(folder).catch(() => folder));
    if (below !== "" && !isAbsolute(below) && !/^\.\.(?:[/\\]|$)/.test(below)) {
      found.push(below.replaceAll("\\", "/"));
    }
  }
  return found;
}

/** A path that git holds cannot be carried: the user's files would cover the work's. */
async function refuseHeld(
  git: Plumbing,
  place: Place,
  base: { tree: string; carried: Carried; paths: ProjectPaths },
): Promise<void> {
  const carried = base.carried.stored.map(binaryOf);
  if (carried.length === 0) return;
  for (const entry of await readTree(git, place, { tree: base.tree })) {
    const held = carried.find((path) => isWithin(entry.path, path));
    if (held === undefined) continue;
    const path = base.paths.out(held);
    throw new OuroborosError({
      code: "workspace_unsupported",
      message: `Carry "${path}": the project's git holds files there already`,
      hint: `Take "${path}" out of workspace.carry`,
    });
  }
}
