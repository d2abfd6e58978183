import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { writeAgentRepository } from "./agent_repository.ts";
import { binaryOf, nulRecords } from "./bytes.ts";
import type { Carried } from "./carried.ts";
import { literalPattern } from "./content_settings.ts";
import { fileError } from "./file_error.ts";
import { commitTree } from "./merge_trees.ts";
import { lstatIfAny } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isUtf8Name, isWithin, type ProjectPaths } from "./project_paths.ts";
import { readOptional } from "./private_repository.ts";
import { putBackPaths } from "./put_back_paths.ts";
import { makeRealFolders } from "./real_folders.ts";
import { recordTree } from "./record_tree.ts";
import { removeTree } from "./remove_tree.ts";
import type { RunFolder } from "./run_folder.ts";
import type { ChangedPath, Recorded } from "./run_workspace.ts";
import { compareTrees } from "./tree_reads.ts";

/** What worktrees are made with. */
export interface WorktreeParts {
  git: Plumbing;
  folder: RunFolder;
  paths: ProjectPaths;
  carried: Carried;
}

/** The working trees that agents work in: one a criterion. */
export interface Worktrees {
  open(name: string, commit: string): Promise<{ path: string; fresh: boolean }>;
  commit(name: string, options: { parent: string; message: string }): Promise<Recorded>;
  reset(name: string, commit: string): Promise<void>;
  putBack(
    name: string,
    options: PutBackCall,
  ): Promise<{ commit: string; tree: string }>;
}

/** Paths (of the project) of a recorded tree that become those of another one. */
export interface PutBackCall {
  tree: string;
  from: string;
  paths: readonly string[];
  parent: string;
  message: string;
}

/** Settings under which our own folders are filled and compared: every change of a file must be seen. */
export const STRICT = [
  "core.trustctime=true",
  "core.checkStat=default",
  // As many as there are cores, for trees of more than 100 files.
  "checkout.workers=0",
];

/** At most so many ignored paths are named in a result. */
const MOST_IGNORED = 50;

/** A larger file is no part of the work: to store, check out and apply it would take minutes. */
const MOST_FILE_BYTES = 512 * 1024 * 1024;

/** Worktrees below a run's folder. */
export function createWorktrees(parts: WorktreeParts): Worktrees {
  const { git, folder, paths, carried } = parts;
  const placeOf = (name: string): WorkingPlace => ({
    gitDir: folder.gitDir,
    workTree: join(folder.worktrees, checkedName(name)),
    index: join(folder.indexes, `worktree-${name}`),
  });
  const pathOf = (place: WorkingPlace) => join(place.workTree, paths.prefix.replace(/\/$/, ""));

  const fill = async (place: WorkingPlace, commit: string) => {
    const args = ["read-tree", "--reset", "-u", commit];
    await git(place, args, { config: STRICT });
    await makeRealFolders(place.workTree, paths.prefix);
    await writeAgentRepository({ ...place, commit });
  };

  // Says which commit the files are to become those of, once somebody works in them again.
  const pending = (name: string) => join(folder.indexes, `worktree-${name}.put-back`);
  const takePending = async (name: string, place: WorkingPlace, commit: string) => {
    const wanted = await readOptional(pending(name));
    if (wanted === undefined) return;
    // The index has what was recorded, so that nothing but what was put back is written.
    if (wanted === commit) {
      await git(place, ["read-tree", "--reset", "-u", commit], { config: STRICT });
    }
    await Deno.remove(pending(name));
  };

  return {
    async open(name, commit) {
      const place = placeOf(name);
      // The marker is written last: a folder without it was cut off in the making.
      const ready = join(folder.indexes, `worktree-${name}.ready`);
      const [info, marker, index] = await Promise.all(
        [place.workTree, ready, place.index].map(lstatIfAny),
      );
      if (info?.isDirectory && marker && index) {
        await takePending(name, place, commit);
        if (await lstatIfAny(join(place.workTree, ".git")) === undefined) {
          await writeAgentRepository({ ...place, commit });
        }
        return { path: await makeRealFolders(place.workTree, paths.prefix), fresh: false };
      }
      try {
        for (const left of [ready, place.index, pending(name)]) {
          if (await lstatIfAny(left)) await Deno.remove(left);
        }
        await removeTree(place.workTree);
        await Deno.mkdir(place.workTree, { recursive: true });
        await fill(place, commit);
        await carried.copyInto(place.workTree);
        await Deno.writeTextFile(ready, "");
      } catch (error) {
        throw fileError("Make the worktree", place.workTree, error);
      }
      return { path: pathOf(place), fresh: true };
    },

    async commit(name, { parent, message }) {
      const place = placeOf(name);
      await requireWorktree(name, place);
      const skip = carried.stored.map(binaryOf);
      const [recorded, ignored] = await Promise.all([
        recordTree(git, place, {
          ...{ skip, config: STRICT, against: parent },
          mostBytes: MOST_FILE_BYTES,
        }),
        listIgnored(git, place, skip),
      ]);
      const [commit, changes] = await Promise.all([
        commitTree(git, place, { tree: recorded.tree, parents: [parent], message }),
        compareTrees(git, place, { from: parent, to: recorded.tree }),
      ]);
      return {
        commit,
        tree: recorded.tree,
        changed: changes.map(({ path, kind }): ChangedPath => ({ path: paths.out(path), kind })),
        ignored: ignored.map((path) => paths.out(path)),
        nested: recorded.nested.map((path) => paths.out(path)),
        tooLarge: recorded.tooLarge.map((path) => paths.out(path)),
        unread: recorded.unread.map((path) => paths.out(path)),
      };
    },

    async putBack(name, { tree, from, paths: wanted, parent, message }) {
      const index = join(folder.indexes, `worktree-${name}.put-back-index`);
      const own = new Set(wanted);
      try {
        const made = await putBackPaths(git, { ...placeOf(name), index }, {
          tree,
          from,
          wanted: (stored) => own.has(paths.out(stored)),
        });
        const commit = await commitTree(git, placeOf(name), {
          tree: made,
          parents: [parent],
          message,
        });
        await Deno.writeTextFile(pending(name), commit);
        return { commit, tree: made };
      } catch (error) {
        throw fileError("Put protected files back in", placeOf(name).workTree, error);
      } finally {
        await removeTree(index);
      }
    },

    async reset(name, commit) {
      const place = placeOf(name);
      await requireWorktree(name, place);
      try {
        await fill(place, commit);
      } catch (error) {
        throw fileError("Reset the worktree", place.workTree, error);
      }
      const keep = carried.stored.flatMap((path) => ["-e", literalPattern(path)]);
      await git(place, ["clean", "-ffdq", ...keep]);
      await makeRealFolders(place.workTree, paths.prefix);
      await carried.copyInto(place.workTree, { missing: true });
    },
  };
}

/** Criterion ids, and names made from them: safe as a folder's name. */
function checkedName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return name;
  throw new OuroborosError({
    code: "internal",
    message: `Name a worktree "${name}": not a safe name`,
  });
}

async function requireWorktree(name: string, place: WorkingPlace): Promise<void> {
  const [info, index] = await Promise.all([lstatIfAny(place.workTree), lstatIfAny(place.index)]);
  if (info?.isDirectory && index !== undefined) return;
  throw new OuroborosError({
    code: "workspace_lost",
    message: `Use the worktree "${name}": the folder "${place.workTree}" is gone`,
    hint: "ouroboros resume RUN makes it again; work that was not recorded is lost",
  });
}

/** Ignored paths, whole folders as one: they are no part of the work, and people should know. */
async function listIgnored(
  git: Plumbing,
  place: WorkingPlace,
  skip: readonly string[],
): Promise<string[]> {
  const args = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];
  const result = await git(place, args);
  return nulRecords(result.stdout)
    .map((path) => path.replace(/\/$/, ""))
    .filter((path) => isUtf8Name(path) && !skip.some((each) => isWithin(path, each)))
    .slice(0, MOST_IGNORED);
}
