import { OuroborosError } from "../kernel/error.ts";
import { binaryOf, lineOf, nulRecords, toBinary } from "./bytes.ts";
import type { Place, Plumbing } from "./plumbing.ts";

/** One file of a tree; the path as stored. */
export interface TreeEntry {
  path: string;
  mode: string;
  id: string;
}

/** One path that differs between two trees; `0` modes and ids mean that it is not there. */
export interface TreeChange {
  path: string;
  from: { mode: string; id: string };
  to: { mode: string; id: string };
  kind: "added" | "modified" | "deleted" | "type";
}

/** Tree of a commit (or of a tree). */
export async function treeOf(git: Plumbing, place: Place, commit: string): Promise<string> {
  return lineOf((await git(place, ["rev-parse", "--verify", `${commit}^{tree}`])).stdout);
}

/** All files of a tree, or those at and below some paths (text). */
export async function readTree(
  git: Plumbing,
  place: Place,
  of: { tree: string; paths?: readonly string[] },
): Promise<TreeEntry[]> {
  const args = ["ls-tree", "-r", "-z", "--full-tree", of.tree, "--", ...of.paths ?? []];
  const result = await git(place, args);
  return nulRecords(result.stdout).map((record) => {
    const tab = record.indexOf("\t");
    const [mode = "", , id = ""] = record.slice(0, tab).split(" ");
    return { path: record.slice(tab + 1), mode, id };
  });
}

const KINDS: Readonly<Record<string, TreeChange["kind"]>> = {
  A: "added",
  M: "modified",
  D: "deleted",
  T: "type",
};

/** The paths that differ between two trees or commits, sorted as git sorts them. */
export async function compareTrees(
  git: Plumbing,
  place: Place,
  trees: { from: string; to: string },
): Promise<TreeChange[]> {
  if (trees.from === trees.to) return [];
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"];
  const result = await git(place, [...args, trees.from, trees.to]);
  return rawChanges(result.stdout);
}

/** What `--raw -z` of git's diff commands printed. */
export function rawChanges(stdout: Uint8Array): TreeChange[] {
  const records = nulRecords(stdout);
  const changes: TreeChange[] = [];
  for (let i = 0; i + 1 < records.length; i += 2) {
    const [fromMode = "", toMode = "", fromId = "", toId = "", letter = ""] = (records[i] ?? "")
      .slice(1).split(" ");
    changes.push({
      path: records[i + 1] ?? "",
      from: { mode: fromMode, id: fromId },
      to: { mode: toMode, id: toId },
      kind: KINDS[letter[0] ?? ""] ?? "modified",
    });
  }
  return changes;
}

/** Bytes of a stored path (text) in a tree or commit; undefined where no file is. */
export async function readBlob(
  git: Plumbing,
  place: Place,
  at: { tree: string; path: string },
): Promise<Uint8Array | undefined> {
  // -z: a name may hold a line break.
  const result = await git(place, ["cat-file", "--batch", "-z"], {
    stdin: `${at.tree}:${at.path}\0`,
  });
  const text = toBinary(result.stdout.subarray(0, 4096 + at.path.length * 4));
  if (text === binaryOf(`${at.tree}:${at.path}`) + " missing\n") return undefined;
  const head = /^[0-9a-f]+ (\w+) (\d+)\n/.exec(text);
  if (head === null) {
    throw new OuroborosError({
      code: "git_failed",
      message: `Read "${at.path}" of a tree: git said "${text.slice(0, 80).trim()}"`,
    });
  }
  if (head[1] !== "blob") return undefined;
  return result.stdout.subarray(head[0].length, head[0].length + Number(head[2]));
}

/** A diff for people and for `git apply`: unified, with binary parts, renames not guessed. */
export async function diffText(
  git: Plumbing,
  place: Place,
  trees: { from: string; to: string },
): Promise<string> {
  if (trees.from === trees.to) return "";
  const args = ["diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames"];
  const result = await git(place, [
    ...args,
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    trees.from,
    trees.to,
  ]);
  return new TextDecoder().decode(result.stdout);
}
