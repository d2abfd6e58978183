import { nulRecords, toBinary } from "./bytes.ts";
import type { Place, Plumbing } from "./plumbing.ts";
import { rawChanges } from "./tree_reads.ts";

/** What a working tree holds beside what its index says. Stored paths, as binary strings. */
export interface WorkingTreeList {
  /**
   * Files whose bytes or mode differ from the index, or that a merge left undecided. Some of them may
   * turn out to be the same, written again.
   */
  modified: string[];
  /** In the index, not on disk. */
  removed: string[];
  /** On disk, neither in the index nor ignored. */
  others: string[];
  /** Folders with a repository of their own that the index does not know. */
  nested: string[];
  /** Entries of the index that need a second look, when asked for; see {@link IndexEntry}. */
  entries: IndexEntry[];
  /** Paths of plain files in the index, when asked for: `all`. */
  files: string[];
  /** Folders that could not be read, as git prints them: what is new below them is in no list. */
  unread: string[];
}

/** An entry of an index that is no plain, watched file: a link, a submodule, an attribute file, … */
export interface IndexEntry {
  path: string;
  mode: string;
  /** In the middle of a merge. */
  unmerged: boolean;
  /** skip-worktree or assume-unchanged is set: git does not look at the file on disk. */
  unwatched: boolean;
}

/** More files than this that look changed are compared by their bytes before they count as such. */
const MOST_BY_LOOKS = 100;

/**
 * Compares a working tree with its index. Nothing is refreshed and no program of the repository's
 * starts: `git status` would go into nested repositories and obey their settings. Two processes side
 * by side, because git looks at known files on all cores in one of them only.
 */
export async function listWorkingTree(
  git: Plumbing,
  place: Place,
  options: { entries?: "odd" | "all"; config?: readonly string[] } = {},
): Promise<WorkingTreeList> {
  const stage = options.entries !== undefined;
  const call = options.config === undefined ? {} : { config: options.config };
  const listed = ["ls-files", "-z", "-v", "--others", "--exclude-standard"];
  const [result, { modified, removed }] = await Promise.all([
    git(place, stage ? [...listed, "--stage"] : listed, call),
    differing(git, place, call),
  ]);
  const list: WorkingTreeList = {
    modified: [],
    removed: [],
    others: [],
    nested: [],
    entries: [],
    files: [],
    unread: unreadIn(result.stderr),
  };
  for (const record of records(result.stdout, stage, options.entries === "all")) {
    const tag = record[0] ?? "";
    if (tag === "?") {
      const path = record.slice(2);
      if (path.endsWith("/")) list.nested.push(path.slice(0, -1));
      else list.others.push(path);
      continue;
    }
    const path = record.slice(record.indexOf("\t") + 1);
    const mode = record.slice(2, 8);
    const unmerged = tag === "M" || tag === "m";
    if (unmerged) modified.add(path);
    if (isPlain(tag, mode)) list.files.push(path);
    const unwatched = tag === "S" || (tag >= "a" && tag <= "z");
    if (isPlain(tag, mode) && !isAttributeFile(path)) continue;
    list.entries.push({ path, mode, unmerged, unwatched });
  }
  for (const path of removed) modified.delete(path);
  list.modified = [...modified];
  list.removed = [...removed];
  return list;
}

/** Git cuts its warnings here, so that a path that is too long for the system has no end. */
const WARNING_BYTES = 4000;

/** Git passes a folder over that it may not open, or whose path is longer than the system takes. */
function unreadIn(stderr: string): string[] {
  const found = stderr.split("\n").flatMap((line) => {
    const shut = /^warning: could not open directory '(.*?)\/?': /.exec(line)?.[1];
    if (shut !== undefined) return [shut];
    const long = /^warning: unable to access '(.*)\//.exec(line)?.[1];
    return long !== undefined && line.length >= WARNING_BYTES ? [long] : [];
  });
  // Below the first one of several within one another there is nothing new to say.
  return [...new Set(found)].filter((path) => !found.some((one) => path.startsWith(`${one}/`)));
}

interface Differing {
  modified: Set<string>;
  removed: Set<string>;
}

async function differing(
  git: Plumbing,
  place: Place,
  call: { config?: readonly string[] },
): Promise<Differing> {
  // "dirty": the commit that a submodule is at is looked at, and git does not go into it.
  const args = ["diff-files", "-z", "--raw", "--ignore-submodules=dirty"];
  const looked = await git(place, args, call);
  const found: Differing = { modified: new Set(), removed: new Set() };
  for (const { path, kind } of rawChanges(looked.stdout)) {
    (kind === "deleted" ? found.removed : found.modified).add(path);
  }
  // A repository that was copied or restored has new times everywhere. To take every file for
  // changed would store them all once more, which takes far longer than to read them.
  return found.modified.size > MOST_BY_LOOKS ? await differingBytes(git, place, call) : found;
}

async function differingBytes(
  git: Plumbing,
  place: Place,
  call: { config?: readonly string[] },
): Promise<Differing> {
  const result = await git(place, ["ls-files", "-z", "-v", "--modified", "--deleted"], call);
  const found: Differing = { modified: new Set(), removed: new Set() };
  for (const record of nulRecords(result.stdout)) {
    (/^r/i.test(record) ? found.removed : found.modified).add(record.slice(2));
  }
  return found;
}

function isPlain(tag: string, mode: string): boolean {
  return tag === "H" && mode.startsWith("100");
}

function isAttributeFile(path: string): boolean {
  return path === ".gitattributes" || path.endsWith("/.gitattributes");
}

const [SPACE, UPPER_H, ONE, ZERO, LOWER_E, LOWER_S] = [32, 72, 49, 48, 101, 115];

/**
 * The records as binary strings. Of 50,000 entries nearly all are plain files that nothing is to be
 * done about; they are passed over as bytes ("H 100644 …") unless all are wanted.
 */
function* records(bytes: Uint8Array, stage: boolean, all: boolean): Generator<string> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    const stop = end < 0 ? bytes.length : end;
    const plain = stage && !all && bytes[at] === UPPER_H && bytes[at + 1] === SPACE &&
      bytes[at + 2] === ONE && bytes[at + 3] === ZERO && bytes[at + 4] === ZERO &&
      // The end of ".gitattributes".
      !(bytes[stop - 2] === LOWER_E && bytes[stop - 1] === LOWER_S);
    if (!plain) yield toBinary(bytes.subarray(at, stop));
    at = stop + 1;
  }
}
