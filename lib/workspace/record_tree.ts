import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { nulJoin, textOf } from "./bytes.ts";
import { indexTree } from "./index_tree.ts";
import { listNested } from "./list_nested.ts";
import { listWorkingTree, type WorkingTreeList } from "./list_working_tree.ts";
import { lstatIfAny } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isWithin } from "./project_paths.ts";

/** How a working tree is recorded. */
export interface RecordOptions {
  /** Stored paths that are no part of the work (carried folders), whatever the ignore rules say. */
  skip?: readonly string[];
  /** What {@link listWorkingTree} found, when the caller has looked already. */
  list?: WorkingTreeList;
  /** `-c` settings, `name=value`. */
  config?: readonly string[];
  /** Files to read from disk again although the index takes them for unchanged. */
  reread?: readonly string[];
  /** A commit that is near: only what differs from it is written. */
  against?: string;
  /** A file with more bytes stays as the index has it. */
  mostBytes?: number;
}

/** What was recorded. */
export interface RecordedTree {
  tree: string;
  /** How many paths differ from `against`; undefined where that is not known. */
  changed?: number;
  /** Folders with a repository of their own whose files were taken as plain files. */
  nested: string[];
  /** Files that were new to the index. */
  added: number;
  /** Files that are larger than `mostBytes`. */
  tooLarge: string[];
  /** Folders that could not be read: what is new below them was left out. */
  unread: string[];
}

/**
 * Brings an index up to date with the files on disk and writes its tree: changed, new and deleted
 * files, ignored ones left out. Repositories within (an agent that ran `git init` or `git clone`)
 * are taken as files, without their history. No hook, filter or other program of theirs runs.
 * Errors: git_failed, unreadable, disk_full.
 */
export async function recordTree(
  git: Plumbing,
  place: WorkingPlace,
  options: RecordOptions = {},
): Promise<RecordedTree> {
  const config = options.config ?? [];
  const list = options.list ?? await listWorkingTree(git, place, { config });
  const skip = options.skip ?? [];
  const kept = (path: string) => !skip.some((folder) => isWithin(path, folder));
  const folders = list.nested.filter(kept);
  const inside = await Promise.all(folders.map((folder) => listNested(git, place, folder)));
  const others = [...list.others, ...inside.flat()].filter(kept);
  const links = new Set(others);
  // Below a folder that became a file or a link there is nothing to ask the disk for.
  const reachable = (path: string) => {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      if (links.has(path.slice(0, at))) return false;
    }
    return true;
  };
  const again = options.reread ?? [];
  if (again.length > 0) {
    await git(place, ["update-index", "-z", "--force-remove", "--stdin"], {
      stdin: nulJoin(again),
    });
  }
  const known = [...list.removed, ...list.modified].filter((path) => kept(path) && reachable(path));
  const all = [...known, ...again.filter((path) => !list.removed.includes(path)), ...others];
  const tooLarge = await largerThan(options.mostBytes, place.workTree, all);
  const paths = tooLarge.length === 0 ? all : all.filter((path) => !tooLarge.includes(path));
  if (paths.length > 0) await updateIndex(git, place, paths, config);
  const made = await indexTree(git, place, options.against);
  return { ...made, nested: folders, added: others.length, tooLarge, unread: list.unread };
}

/** So many files are asked for their size at once. */
const SIZES_AT_ONCE = 64;

async function largerThan(
  most: number | undefined,
  top: string,
  paths: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  if (most === undefined) return found;
  for (let at = 0; at < paths.length; at += SIZES_AT_ONCE) {
    await Promise.all(
      paths.slice(at, at + SIZES_AT_ONCE).map(async (path) => {
        const info = await lstatIfAny(join(top, textOf(path)));
        if (info?.isFile && info.size > most) found.push(path);
      }),
    );
  }
  return found;
}

/** At most this many files of a kind that git cannot hold (a pipe in place of a file) are skipped. */
const MOST_ODD_FILES = 32;

async function updateIndex(
  git: Plumbing,
  place: WorkingPlace,
  paths: string[],
  config: readonly string[],
): Promise<void> {
  const args = ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"];
  let rest = paths;
  for (let tries = 0;; tries++) {
    try {
      await git(place, args, { stdin: nulJoin(rest), apart: "unless_text", config });
      return;
    } catch (error) {
      const said = error instanceof OuroborosError && error.cause instanceof Error
        ? error.cause.message
        : "";
      const path = /Unable to process path ([^\n]+)$/.exec(said)?.[1];
      if (path === undefined || tries >= MOST_ODD_FILES) throw error;
      const info = await lstatIfAny(join(place.workTree, path));
      if (info?.isFile || info?.isSymlink || info?.isDirectory) throw unreadable(path, said);
      await git(place, ["update-index", "--force-remove", "--", path]);
      rest = rest.filter((each) => textOf(each) !== path);
    }
  }
}

function unreadable(path: string, said: string): OuroborosError {
  const why = said.split("\n")[0]?.replace(/^error: /, "") ?? "";
  return new OuroborosError({
    code: "unreadable",
    message: `Record the file "${path}": ${why}`,
    hint: `chmod u+r '${path.replaceAll("'", "'\\''")}'`,
  });
}
