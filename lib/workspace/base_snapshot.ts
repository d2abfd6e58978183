import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { lineOf, nulRecords, textOf } from "./bytes.ts";
import { filteredFiles } from "./filtered_files.ts";
import type { GitRunner } from "./git_runner.ts";
import { hasRepository, listNested } from "./list_nested.ts";
import { type IndexEntry, listWorkingTree } from "./list_working_tree.ts";
import { isNotFound } from "./not_found.ts";
import { leadsOut } from "./outside_links.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isUtf8Name, type ProjectPaths } from "./project_paths.ts";
import { recordTree } from "./record_tree.ts";
import { readTree, treeOf } from "./tree_reads.ts";
import type { BaseSnapshot } from "./run_workspace.ts";
import { type GitSettings, resolveRef, type UserRepository } from "./user_repository.ts";

/** What a snapshot is taken of, and with what. */
export interface SnapshotParts {
  git: Plumbing;
  /** For questions to the user's own repository. */
  userGit: GitRunner;
  /** Private repository, the user's top folder, and an index of ours for it. */
  place: WorkingPlace;
  user: UserRepository | undefined;
  settings: GitSettings;
  paths: ProjectPaths;
  /** Stored paths that are no part of the project: carried ones. */
  skip: readonly string[];
}

/** The tree of the user's files as they are now. */
export interface UserTree {
  tree: string;
  /** How many paths differ from HEAD; undefined where that is not known. */
  changed?: number;
  notices: string[];
}

/**
 * The user's files as they are, as a tree in the private repository. It starts from a copy of the
 * user's index, so that files that git knows to be unchanged are not read again.
 */
export async function snapshotUserTree(parts: SnapshotParts): Promise<UserTree> {
  const { git, place, user } = parts;
  if (user !== undefined) await copyIndex(user, place);
  const list = await listWorkingTree(git, place, { entries: "odd" });
  const submodules: string[] = [];
  for (const entry of list.entries) {
    if (entry.mode !== "160000" || !isUtf8Name(entry.path)) continue;
    if (await hasRepository(join(place.workTree, textOf(entry.path)))) submodules.push(entry.path);
  }
  const inside = await Promise.all(submodules.map((path) => listNested(git, place, path)));
  const taken = new Set(submodules);
  list.others.push(...inside.flat());
  list.modified = list.modified.filter((path) => !taken.has(path));
  const drivers = [...parts.settings.keys()].some((name) => name.startsWith("filter."));
  const reread = drivers
    ? await filteredFiles(git, place, list.entries, [
      join(place.gitDir, "info", "attributes"),
      ...attributesFile(parts.settings),
    ])
    : [];
  const recorded = await recordTree(git, place, {
    list,
    reread,
    skip: parts.skip,
    ...(user?.head ? { against: user.head } : {}),
  });
  const out = (path: string) => `"${parts.paths.out(path)}"`;
  const unmerged = new Set(list.entries.filter((entry) => entry.unmerged).map((each) => each.path));
  return {
    tree: recorded.tree,
    ...(recorded.changed === undefined ? {} : { changed: recorded.changed }),
    notices: [
      ...submodules.map((path) => `Submodule ${out(path)} is taken as plain files, as checked out`),
      ...recorded.nested.map((path) =>
        `Repository ${out(path)} within the project is taken as plain files, without its history`
      ),
      ...[...unmerged].map((path) =>
        `File ${out(path)} is in an unfinished merge: taken as it lies on disk`
      ),
      ...unwatchedNotice(list.entries, parts),
      ...(reread.length === 0 ? [] : [
        `${reread.length} files behind a git filter (LFS or alike) are taken as they lie on disk`,
      ]),
      ...await outsideNotice(list.entries, parts),
    ],
  };
}

/** Snapshot of the user's files, or of a commit of theirs, as a commit of ours. */
export async function baseSnapshot(
  parts: SnapshotParts,
  options: { ref?: string },
): Promise<BaseSnapshot> {
  const { git, place, user } = parts;
  let parent = user?.head ?? null;
  let taken: UserTree;
  if (options.ref === undefined) taken = await snapshotUserTree(parts);
  else {
    if (user === undefined) throw noRefs(options.ref);
    parent = await resolveRef(parts.userGit, user, options.ref);
    const tree = await treeOf(git, place, parent);
    taken = { tree, notices: await submoduleNotices(parts, tree) };
  }
  const args = ["commit-tree", taken.tree, "-m", "Base of the run"];
  const [made, count, dirty] = await Promise.all([
    git(place, parent === null ? args : [...args, "-p", parent]),
    countFiles(parts, { tree: taken.tree, inIndex: options.ref === undefined }),
    countDirty(parts, taken),
  ]);
  return {
    commit: lineOf(made.stdout),
    tree: taken.tree,
    head: user?.head ?? null,
    branch: user?.branch ?? null,
    dirty: dirty ?? count,
    files: count,
    notices: taken.notices,
  };
}

/** Files of the base. The index that it was made from has them in one file, a tree in one a folder. */
async function countFiles(
  { git, place }: SnapshotParts,
  of: { tree: string; inIndex: boolean },
): Promise<number> {
  const args = of.inIndex
    ? ["ls-files", "-z"]
    : ["ls-tree", "-r", "-z", "--name-only", "--full-tree", of.tree];
  const { stdout } = await git(place, args);
  let count = 0;
  for (let at = stdout.indexOf(0); at >= 0; at = stdout.indexOf(0, at + 1)) count++;
  return count;
}

/** Paths that differ from HEAD; undefined where there is none. */
async function countDirty(parts: SnapshotParts, taken: UserTree): Promise<number | undefined> {
  const { git, place, user } = parts;
  if (!user?.head || taken.changed !== undefined) return taken.changed;
  const args = ["diff-tree", "-r", "-z", "--name-only", user.head, taken.tree];
  return nulRecords((await git(place, args)).stdout).length;
}

/**
 * Copies the user's index, with a modification time that is not later than the original's: git
 * takes a file for possibly changed when it is not older than its index.
 */
async function copyIndex(user: UserRepository, place: WorkingPlace): Promise<void> {
  const from = join(user.gitDir, "index");
  try {
    const { mtime } = await Deno.stat(from);
    await Deno.copyFile(from, place.index);
    const seconds = Math.floor((mtime?.getTime() ?? 0) / 1000);
    await Deno.utime(place.index, seconds, seconds);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await Deno.remove(place.index).catch(() => {});
    return;
  }
  // A split index keeps most of its entries in files beside it, found from the git folder.
  for await (const entry of Deno.readDir(user.gitDir)) {
    if (!entry.isFile || !entry.name.startsWith("sharedindex.")) continue;
    await Deno.copyFile(join(user.gitDir, entry.name), join(place.gitDir, entry.name));
  }
}

function attributesFile(settings: GitSettings): string[] {
  const file = settings.get("core.attributesfile");
  return file === undefined || !file.startsWith("/") ? [] : [file];
}

/** At most so many names in one notice. */
const MOST_NAMES = 5;

function unwatchedNotice(entries: readonly IndexEntry[], parts: SnapshotParts): string[] {
  if (parts.settings.get("core.sparsecheckout") === "true") return [];
  const names = entries.filter((entry) => entry.unwatched).map((entry) => entry.path);
  return named(
    names,
    parts,
    (all) => `git is told not to look at ${all}: taken as last staged, not as on disk`,
  );
}

async function outsideNotice(
  entries: readonly IndexEntry[],
  parts: SnapshotParts,
): Promise<string[]> {
  const links = entries.filter((entry) => entry.mode === "120000" && isUtf8Name(entry.path));
  const outside: string[] = [];
  for (const { path } of links.slice(0, 1000)) {
    if (await leadsOut(parts.place.workTree, textOf(path))) outside.push(path);
  }
  return named(
    outside,
    parts,
    (all) =>
      `Symbolic links lead out of the project: ${all}; what is done through them happens there`,
  );
}

async function submoduleNotices(parts: SnapshotParts, tree: string): Promise<string[]> {
  const entries = await readTree(parts.git, parts.place, { tree });
  return entries
    .filter((entry) => entry.mode === "160000")
    .map((entry) => `Submodule "${parts.paths.out(entry.path)}" is left empty: a ref is the base`);
}

function named(
  paths: readonly string[],
  parts: SnapshotParts,
  say: (names: string) => string,
): string[] {
  if (paths.length === 0) return [];
  const names = paths.slice(0, MOST_NAMES).map((path) => `"${parts.paths.out(path)}"`).join(", ");
  const more = paths.length > MOST_NAMES ? ` and ${paths.length - MOST_NAMES} more` : "";
  return [say(names + more)];
}

function noRefs(ref: string): OuroborosError {
  return new OuroborosError({
    code: "not_found",
    message: `Find the base "${ref}": the project is no git repository`,
    hint: "Leave --base out: the run then starts from the files as they are",
  });
}
