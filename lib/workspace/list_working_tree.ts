import { nulRecords } from "./bytes.ts";
import type { Place, Plumbing } from "./plumbing.ts";

/** What a working tree holds beside what its index says. Stored paths, as binary strings. */
export interface WorkingTreeList {
  /** Files whose bytes or mode differ from the index, or that a merge left undecided. */
  modified: string[];
  /** In the index, not on disk. */
  removed: string[];
  /** On disk, neither in the index nor ignored. */
  others: string[];
  /** Folders with a repository of their own that the index does not know. */
  nested: string[];
  /** Entries of the index, when asked for. */
  entries: IndexEntry[];
}

/** One entry of an index. */
export interface IndexEntry {
  path: string;
  mode: string;
  id: string;
  /** In the middle of a merge. */
  unmerged: boolean;
  /** skip-worktree or assume-unchanged is set: git does not look at the file on disk. */
  unwatched: boolean;
}

/**
 * Compares a working tree with its index in one process. Nothing is refreshed and no program of the
 * repository's starts: `git status` would go into nested repositories and obey their settings.
 */
export async function listWorkingTree(
  git: Plumbing,
  place: Place,
  options: { entries?: boolean } = {},
): Promise<WorkingTreeList> {
  const what = options.entries ? ["--stage"] : [];
  const result = await git(place, [
    "ls-files",
    "-z",
    "-v",
    ...what,
    "--modified",
    "--deleted",
    "--others",
    "--exclude-standard",
  ]);
  const list: WorkingTreeList = { modified: [], removed: [], others: [], nested: [], entries: [] };
  const modified = new Set<string>();
  const removed = new Set<string>();
  for (const record of nulRecords(result.stdout)) {
    const tag = record[0] ?? "";
    if (tag === "?") {
      const path = record.slice(2);
      if (path.endsWith("/")) list.nested.push(path.slice(0, -1));
      else list.others.push(path);
      continue;
    }
    const path = options.entries ? record.slice(record.indexOf("\t") + 1) : record.slice(2);
    if (tag === "R") removed.add(path);
    else if (tag === "C" || tag === "c") modified.add(path);
    else if (options.entries) {
      const [, mode = "", id = ""] = record.slice(0, record.indexOf("\t")).split(" ");
      const unmerged = tag === "M" || tag === "m";
      if (unmerged) modified.add(path);
      const unwatched = tag === "S" || (tag >= "a" && tag <= "z");
      list.entries.push({ path, mode, id, unmerged, unwatched });
    }
  }
  for (const path of removed) modified.delete(path);
  list.modified = [...modified];
  list.removed = [...removed];
  return list;
}
