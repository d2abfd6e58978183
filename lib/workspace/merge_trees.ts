import { lineOf, nulRecords } from "./bytes.ts";
import type { Place, Plumbing } from "./plumbing.ts";

/** A three-way merge of trees: one tree, or the stored paths where both sides changed the same. */
export type MergedTrees = { ok: true; tree: string } | { ok: false; conflicts: string[] };

/**
 * Merges what `theirs` changed since `base` into `ours`; trees or commits. The base is always the
 * named one: git would look for one in the history, and `--merge-base` came only with git 2.40.
 */
export async function mergeTrees(
  git: Plumbing,
  place: Place,
  sides: { base: string; ours: string; theirs: string },
): Promise<MergedTrees> {
  const tree = (side: string) => `${side}^{tree}`;
  const base = await commitTree(git, place, { tree: tree(sides.base) });
  const [ours, theirs] = await Promise.all([
    commitTree(git, place, { tree: tree(sides.ours), parents: [base] }),
    commitTree(git, place, { tree: tree(sides.theirs), parents: [base] }),
  ]);
  const args = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs];
  const merged = await git(place, args, {
    ok: [0, 1],
    // A folder that one side renamed does not pull the other side's new files along.
    config: ["merge.directoryRenames=false"],
  });
  const [result = "", ...conflicts] = nulRecords(merged.stdout);
  if (merged.code === 0) return { ok: true, tree: result.trim() };
  return { ok: false, conflicts: [...new Set(conflicts.map(ownName))] };
}

/** Where a file and a folder meet, git moves the file aside as `name~<commit>`. */
function ownName(path: string): string {
  return path.replace(/~[0-9a-f]{40,64}(_\d+)?$/, "");
}

/** A commit of ours of a tree, not on any branch. */
export async function commitTree(
  git: Plumbing,
  place: Place,
  of: { tree: string; parents?: readonly string[]; message?: string },
): Promise<string> {
  const parents = (of.parents ?? []).flatMap((parent) => ["-p", parent]);
  const args = ["commit-tree", of.tree, ...parents, "-F", "-"];
  return lineOf((await git(place, args, { stdin: of.message ?? "Ouroboros" })).stdout);
}
