import { join, resolve } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { type Carried, planCarry } from "./carried.ts";
import { type Checkouts, createCheckouts } from "./checkouts.ts";
import { configText } from "./content_settings.ts";
import { fileError } from "./file_error.ts";
import { readFolderState } from "./folder_state.ts";
import type { GitRunner } from "./git_runner.ts";
import { requireGit } from "./git_version.ts";
import { isNotFound } from "./not_found.ts";
import { createPlumbing, gitError, ownObjects, type Place, type Plumbing } from "./plumbing.ts";
import { alternatesText } from "./private_repository.ts";
import { projectPaths } from "./project_paths.ts";
import { runFolder } from "./run_folder.ts";
import type { RunWorkspace } from "./run_workspace.ts";
import { createTreeViews } from "./tree_views.ts";
import { treeOf } from "./tree_reads.ts";
import { findUserRepository, isIgnored, readSettings } from "./user_repository.ts";

/** What one must know of the project to check a bundle's trees out as the run did. */
export interface BundleProject {
  /** The project's folder below the top of its repository: "" or "packages/api/". */
  prefix: string;
  objectFormat: "sha1" | "sha256";
  /** Settings that decide the bytes of a checked-out file. */
  settings: Readonly<Record<string, string>>;
}

/** Of these settings, and no other, a bundle may say something: none of them names a path or program. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  "core.autocrlf": /^(true|false|input)$/i,
  "core.eol": /^(lf|crlf|native)$/i,
  "core.filemode": /^(true|false)$/i,
  "core.symlinks": /^(true|false)$/i,
};

/** Trees are stored as commits without parents, always of the same moment: the same bytes each time. */
const MOMENT = "1000000000 +0000";
const DATES = { GIT_AUTHOR_DATE: MOMENT, GIT_COMMITTER_DATE: MOMENT };

/**
 * Writes trees of a run's private repository into a git bundle; `trees` is branch name → tree. Any
 * git can read it (`git clone -b base FILE`). The run's folder is only read.
 * Errors: workspace_lost, not_found (the project), git_failed, disk_full, not_writable.
 */
export async function writeBundle(
  runner: GitRunner,
  parts: { runDir: string; scratch: string; file: string; trees: Readonly<Record<string, string>> },
): Promise<BundleProject> {
  const run = runFolder(resolve(parts.runDir));
  const { project: path } = await readFolderState(run);
  const project = await projectOf(runner, path);
  const place = { gitDir: join(parts.scratch, "git") };
  await makeRepository(runner, place.gitDir, project);
  const alternates = join(place.gitDir, "objects", "info", "alternates");
  await Deno.writeTextFile(
    alternates,
    alternatesText([join(run.gitDir, "objects"), ownObjects(run.gitDir)]),
  );
  const git = createPlumbing(runner, parts.scratch);
  const names = Object.keys(parts.trees);
  for (const name of names) {
    const args = ["commit-tree", parts.trees[name]!, "-m", `Ouroboros: ${name}`];
    const made = await git(place, args, { env: DATES });
    const commit = new TextDecoder().decode(made.stdout).trim();
    await git(place, ["update-ref", `refs/heads/${name}`, commit]);
  }
  await git(place, ["symbolic-ref", "HEAD", `refs/heads/${names.at(-1)}`]);
  const file = resolve(parts.file);
  await git(place, ["bundle", "create", "--quiet", file, "HEAD", "--branches"], {
    config: ["pack.threads=1"],
  });
  return project;
}

async function projectOf(runner: GitRunner, path: string): Promise<BundleProject> {
  const real = await Deno.realPath(path).catch((error) => {
    if (!isNotFound(error)) throw fileError("Open the project", path, error);
    throw new OuroborosError({
      code: "not_found",
      message: `Open the project "${path}": no such folder`,
    });
  });
  const found = await findUserRepository(runner, real);
  const user = found !== undefined && await isIgnored(runner, found) ? undefined : found;
  const settings = await readSettings(runner, real, user);
  const kept = Object.keys(SETTINGS).flatMap((name) => {
    const value = settings.get(name);
    return value !== undefined && SETTINGS[name]!.test(value) ? [[name, value] as const] : [];
  });
  return {
    prefix: user?.prefix ?? "",
    objectFormat: user?.objectFormat === "sha256" ? "sha256" : "sha1",
    settings: Object.fromEntries(kept),
  };
}

/** A repository of ours that belongs to no run. */
async function makeRepository(
  runner: GitRunner,
  gitDir: string,
  project: BundleProject,
): Promise<void> {
  const format = project.objectFormat;
  const args = ["init", "--quiet", "--bare", "--template=", `--object-format=${format}`, gitDir];
  const result = await runner(args, {
    cwd: join(gitDir, ".."),
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" },
  });
  if (result.code !== 0) throw gitError(args, result);
  const settings = Object.entries(project.settings).filter(([name, value]) =>
    Object.hasOwn(SETTINGS, name) && SETTINGS[name]!.test(value)
  );
  await Deno.writeTextFile(
    join(gitDir, "config"),
    configText([
      ["core.repositoryformatversion", format === "sha256" ? "1" : "0"],
      ...(format === "sha256" ? [["extensions.objectformat", format] as const] : []),
      ["core.bare", "true"],
      ["gc.auto", "0"],
      ...settings,
    ]),
  );
  await Deno.mkdir(join(gitDir, "info"), { recursive: true });
  await Deno.mkdir(join(gitDir, "objects", "info"), { recursive: true });
  await Deno.mkdir(ownObjects(gitDir), { recursive: true });
}

/** Trees that came by bundle, with clean checkouts of them. */
export interface BundleWorkspace
  extends Pick<RunWorkspace, "checkout" | "listEntries" | "changed" | "outsideLinks" | "readFile"> {
  /** Branch name → tree, as the bundle has them. */
  readonly trees: Readonly<Record<string, string>>;
  /** Carried paths that the folder to carry from does not have. */
  readonly notCarried: readonly string[];
}

/**
 * Opens a bundle in a folder of ours. Every object is looked at by git: bytes that are not what
 * their id says are refused. Errors: receipt_invalid, git_missing, git_failed, disk_full.
 */
export async function openBundle(
  runner: GitRunner,
  parts: {
    file: string;
    /** Our folder for it; must exist. */
    dir: string;
    project: BundleProject;
    /** Ignored paths that the run carried, and where to take them from, if there is such a folder. */
    carry: { paths: readonly string[]; from: string | undefined };
  },
): Promise<BundleWorkspace> {
  const folder = runFolder(await Deno.realPath(parts.dir));
  await requireGit(runner, folder.dir);
  for (const each of [folder.indexes, folder.worktrees, folder.checkouts]) {
    await Deno.mkdir(each, { recursive: true });
  }
  await makeRepository(runner, folder.gitDir, parts.project);
  const place = { gitDir: folder.gitDir };
  const git = createPlumbing(runner, folder.dir);
  const trees = await unbundle(git, place, await Deno.realPath(parts.file));
  const paths = projectPaths(parts.project.prefix);
  const { carried, missing } = await carriedFrom(runner, parts.carry, paths.prefix);
  const checkouts: Checkouts = createCheckouts({ git, folder, paths, carried });
  const views = createTreeViews(git, place, paths);
  return {
    trees,
    notCarried: missing,
    checkout: (tree, _purpose, options) => checkouts.take(tree, options),
    listEntries: views.listEntries,
    changed: views.changed,
    outsideLinks: views.outsideLinks,
    readFile: views.readFile,
  };
}

async function unbundle(
  git: Plumbing,
  place: Place,
  file: string,
): Promise<Record<string, string>> {
  try {
    await git(place, ["bundle", "verify", "--quiet", file]);
    const fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", file];
    await git(place, [...fetch, "+refs/heads/*:refs/heads/*"], {
      config: ["fetch.fsckObjects=true", "transfer.fsckObjects=true", "protocol.file.allow=always"],
    });
  } catch (error) {
    if (!(error instanceof OuroborosError) || error.code === "disk_full") throw error;
    throw new OuroborosError({
      code: "receipt_invalid",
      message: `Read the trees of the receipt's bundle: ${error.message}`,
      hint: "Have it exported again: ouroboros receipts export RUN FILE",
      cause: error,
    });
  }
  const args = ["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/"];
  const listed = new TextDecoder().decode((await git(place, args)).stdout);
  const names = listed.split("\n").filter((name) => name !== "");
  const trees: Record<string, string> = {};
  for (const name of names) trees[name] = await treeOf(git, place, `refs/heads/${name}`);
  return trees;
}

async function carriedFrom(
  runner: GitRunner,
  carry: { paths: readonly string[]; from: string | undefined },
  prefix: string,
): Promise<{ carried: Carried; missing: string[] }> {
  const root = carry.from === undefined || carry.paths.length === 0
    ? undefined
    : await topOf(runner, carry.from, prefix);
  if (root === undefined) return { carried: NOTHING, missing: [...carry.paths] };
  const project = join(root, prefix);
  const parts = { root, project, paths: projectPaths(prefix), carry: carry.paths };
  const there = await Promise.all(carry.paths.map(async (path) => ({
    path,
    found: await Deno.lstat(join(project, path)).then(() => true, () => false),
  })));
  const missing = there.filter((one) => !one.found).map((one) => one.path);
  return { carried: await planCarry(parts), missing };
}

/** The top folder of a copy of the project: given is its top, or the project's folder in it. */
async function topOf(
  runner: GitRunner,
  folder: string,
  prefix: string,
): Promise<string | undefined> {
  const given = await Deno.realPath(folder);
  const user = await findUserRepository(runner, given);
  if (user === undefined) return prefix === "" ? given : undefined;
  return user.prefix === prefix || user.prefix === "" ? user.root : undefined;
}

const NOTHING: Carried = {
  stored: [],
  notices: [],
  copyInto: () => Promise.resolve(new Map()),
  repair: () => Promise.resolve(new Map()),
};
