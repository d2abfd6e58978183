import { fromBinary, lineOf, nulJoin } from "./bytes.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { compareTrees } from "./tree_reads.ts";

/** Which paths of a tree become those of another one. */
export interface PutBackOptions {
  tree: string;
  /** Where the paths come from; what is not there goes. */
  from: string;
  /** Tells of a stored path whether it is one of them. */
  wanted(stored: string): boolean;
}

/**
 * A tree with some paths as they are in another one. What stands in the way of a path that comes back
 * (a link where a folder was) goes. `place.index` is written to. Errors: git_failed, disk_full.
 */
export async function putBackPaths(
  git: Plumbing,
  place: WorkingPlace,
  options: PutBackOptions,
): Promise<string> {
  const changes = (await compareTrees(git, place, { from: options.tree, to: options.from }))
    .filter((change) => options.wanted(change.path));
  await git(place, ["read-tree", options.tree]);
  // What goes makes room for what comes.
  const gone = changes.filter((change) => change.kind === "deleted").map((change) => change.path);
  if (gone.length > 0) {
    const args = ["update-index", "-z", "--force-remove", "--stdin"];
    await git(place, args, { stdin: nulJoin(gone) });
  }
  const lines = changes.filter((change) => change.kind !== "deleted")
    .map(({ path, to }) => `${to.mode} ${to.id} 0\t${path}\0`);
  if (lines.length > 0) {
    const args = ["update-index", "-z", "--add", "--replace", "--index-info"];
    await git(place, args, { stdin: fromBinary(lines.join("")) });
  }
  return lineOf((await git(place, ["write-tree"])).stdout);
}
