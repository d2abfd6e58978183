import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { commitTree, mergeTrees } from "./merge_trees.ts";
import { fileError } from "./file_error.ts";
import type { Plumbing } from "./plumbing.ts";
import { readOptional, RUN_BRANCH } from "./private_repository.ts";
import type { ProjectPaths } from "./project_paths.ts";
import type { RunFolder } from "./run_folder.ts";
import type { RunWorkspace } from "./run_workspace.ts";
import { treeOf } from "./tree_reads.ts";

/** The branch of the private repository that passed work comes onto. */
export type RunBranch = Pick<RunWorkspace, "head" | "moveHead" | "integrate">;

/** The run's branch: one file, moved by a rename. */
export function createRunBranch(
  git: Plumbing,
  folder: RunFolder,
  paths: ProjectPaths,
): RunBranch {
  const place = { gitDir: folder.gitDir };
  const refFile = join(folder.gitDir, ...RUN_BRANCH.split("/"));

  const branch: RunBranch = {
    async head() {
      const commit = (await readOptional(refFile))?.trim();
      if (commit !== undefined && commit !== "") return commit;
      throw new OuroborosError({
        code: "workspace_lost",
        message: `Read the run's branch below "${folder.dir}": it is not there`,
        hint: "Start a new run: ouroboros run SEED",
      });
    },
    async moveHead(commit) {
      try {
        await Deno.writeTextFile(refFile + ".new", commit + "\n");
        await Deno.rename(refFile + ".new", refFile);
      } catch (error) {
        throw fileError("Move the run's branch", refFile, error);
      }
    },
    async integrate(commit, base) {
      const ours = await branch.head();
      const [oursTree, baseTree] = await Promise.all(
        [ours, base].map((each) => treeOf(git, place, each)),
      );
      if (oursTree === baseTree) {
        await branch.moveHead(commit);
        return { ok: true, head: commit, tree: await treeOf(git, place, commit) };
      }
      const merged = await mergeTrees(git, place, { base, ours, theirs: commit });
      if (!merged.ok) return { ok: false, conflicts: merged.conflicts.map(paths.out) };
      const made = await commitTree(git, place, {
        tree: merged.tree,
        parents: [ours, commit],
        message: "Integrate an attempt",
      });
      await branch.moveHead(made);
      return { ok: true, head: made, tree: merged.tree };
    },
  };
  return branch;
}
