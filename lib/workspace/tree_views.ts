import { type OutsideLink } from "../kernel/outside_link.ts";
import { outsideLinks } from "./outside_links.ts";
import type { Place, Plumbing } from "./plumbing.ts";
import type { ProjectPaths } from "./project_paths.ts";
import type { ChangedPath, RunWorkspace, TreeFile } from "./run_workspace.ts";
import { compareTrees, diffText, readBlob, readTree, treeOf } from "./tree_reads.ts";

/** Reading trees, with the project's paths. */
export type TreeViews = Pick<
  RunWorkspace,
  "tree" | "readFile" | "listFiles" | "listEntries" | "changed" | "outsideLinks" | "diff"
>;

const KINDS: Readonly<Record<string, TreeFile["kind"]>> = {
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

/** Views of the trees of a private repository. */
export function createTreeViews(git: Plumbing, place: Place, paths: ProjectPaths): TreeViews {
  return {
    tree: (commit) => treeOf(git, place, commit),
    async readFile(tree, path) {
      return await readBlob(git, place, { tree, path: paths.in(path) });
    },
    async listFiles(tree) {
      return (await readTree(git, place, { tree })).map((entry) => paths.out(entry.path));
    },
    async listEntries(tree) {
      return (await readTree(git, place, { tree })).map((entry): TreeFile => ({
        path: paths.out(entry.path),
        kind: KINDS[entry.mode] ?? "file",
        id: entry.id,
      }));
    },
    async changed(from, to) {
      const changes = await compareTrees(git, place, { from, to });
      return changes.map(({ path, kind }): ChangedPath => ({ path: paths.out(path), kind }));
    },
    async outsideLinks(from, to) {
      const changes = await compareTrees(git, place, { from, to });
      return outLinks(await outsideLinks(git, place, changes), paths);
    },
    diff: (from, to) => diffText(git, place, { from, to }),
  };
}

/** Links with the project's paths; targets stay as they are. */
export function outLinks(
  links: readonly OutsideLink[],
  paths: ProjectPaths,
): OutsideLink[] {
  return links.map(({ path, target }) => ({ path: paths.out(path), target }));
}
