import { OuroborosError } from "../kernel/error.ts";
import { fromBinary, lineOf } from "./bytes.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { rawChanges, type TreeChange, treeOf } from "./tree_reads.ts";

/** What an index holds, as a tree. */
export interface IndexTree {
  tree: string;
  /** How many paths differ from the commit that it was compared with; undefined where none was. */
  changed?: number;
}

/**
 * The tree of an index. With a commit that is near (`against`) only the folders that differ from it
 * are written: `write-tree` would write every folder of the project, because it may not look into
 * the user's object store (see `apart`). Errors: git_failed, disk_full.
 */
export async function indexTree(
  git: Plumbing,
  place: WorkingPlace,
  against?: string,
): Promise<IndexTree> {
  const changes = against === undefined ? undefined : await changesSince(git, place, against);
  if (against !== undefined && changes !== undefined) {
    const tree = changes.length === 0
      ? await treeOf(git, place, against)
      : await changedTree(git, place, { commit: against, changes });
    if (tree !== undefined) return { tree, changed: changes.length };
  }
  const args = ["write-tree", "--missing-ok"];
  return { tree: lineOf((await git(place, args, { apart: "always" })).stdout) };
}

/** Undefined where a path is in the middle of a merge, of which there is no tree. */
async function changesSince(
  git: Plumbing,
  place: WorkingPlace,
  commit: string,
): Promise<TreeChange[] | undefined> {
  const args = ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev"];
  const result = await git(place, [...args, "--ignore-submodules=dirty", commit]);
  const changes = rawChanges(result.stdout);
  const undecided = changes.some(({ kind, to }) => kind !== "deleted" && to.mode === "000000");
  return undecided ? undefined : changes;
}

/** No such ref is ever made: a commit needs a name while it is put together. */
const SCRATCH = "refs/ouroboros/scratch";

/**
 * A commit's tree with changes, by way of git's importer: it reads the folders that change, and it
 * alone does not touch objects that are there already. Undefined where it cannot: an object is
 * missing that a tree may name all the same (a partial clone).
 */
async function changedTree(
  git: Plumbing,
  place: WorkingPlace,
  { commit, changes }: { commit: string; changes: readonly TreeChange[] },
): Promise<string | undefined> {
  const removed = changes.filter(({ kind }) => kind === "deleted");
  const written = changes.filter(({ kind }) => kind !== "deleted");
  const lines = [
    `commit ${SCRATCH}`,
    "committer Ouroboros <ouroboros@localhost> 0 +0000",
    "data 0",
    `from ${commit}`,
    // Files go before folders of the same name come.
    ...removed.map(({ path }) => `D ${importPath(path)}`),
    ...written.map(({ path, to }) => `M ${to.mode} ${to.id} ${importPath(path)}`),
    'ls ""',
    // Forgets the name again, so that no ref is written.
    `reset ${SCRATCH}`,
    "",
  ];
  try {
    const result = await git(place, ["fast-import", "--quiet"], {
      stdin: fromBinary(lines.join("\n")),
      // As a pack however small, and no more secured against a power cut than single objects are.
      config: ["fastimport.unpackLimit=0", "core.fsync=none"],
    });
    return /^040000 tree ([0-9a-f]+)\t/.exec(lineOf(result.stdout))?.[1];
  } catch (error) {
    if (error instanceof OuroborosError && error.code === "git_failed") return undefined;
    throw error;
  }
}

/** A stored path as the importer reads it: quoted where it would be taken for something else. */
function importPath(path: string): string {
  if (!path.startsWith('"') && !path.includes("\n")) return path;
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
