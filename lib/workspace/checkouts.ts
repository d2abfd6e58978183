import { join } from "@std/path";
import { writeAgentRepository } from "./agent_repository.ts";
import { nulRecords, textOf } from "./bytes.ts";
import type { Carried, CarriedCopies } from "./carried.ts";
import { literalPattern } from "./content_settings.ts";
import { fileError } from "./file_error.ts";
import { commitTree } from "./merge_trees.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isWithin, type ProjectPaths } from "./project_paths.ts";
import { makeRealFolders } from "./real_folders.ts";
import { removeTree } from "./remove_tree.ts";
import type { RunFolder } from "./run_folder.ts";
import type { Checkout, CheckoutOptions } from "./run_workspace.ts";
import { setWorkTimes } from "./work_times.ts";
import { STRICT } from "./worktrees.ts";

/** What checkouts are made with. */
export interface CheckoutParts {
  git: Plumbing;
  folder: RunFolder;
  paths: ProjectPaths;
  carried: Carried;
}

/** One folder that serves one tree after another. */
interface Slot {
  place: WorkingPlace;
  busy: boolean;
  tree: string;
  /** When its folder was made. */
  since: Date;
  /** Key under which ignored files (what `prepare` built) may stay. */
  kept: string | undefined;
  copies: CarriedCopies;
}

/** Throw-away checkouts below a run's folder. */
export interface Checkouts {
  take(tree: string, options?: CheckoutOptions): Promise<Checkout>;
}

/**
 * A pool of checkouts. A released one is used again: git rewrites what differs from the tree, and
 * what is not of the tree goes. Folders of a worker that died are removed, not trusted.
 */
export function createCheckouts(parts: CheckoutParts): Checkouts {
  const { git, folder, paths, carried } = parts;
  const slots: Slot[] = [];
  const commits = new Map<string, Promise<string>>();
  let made = 0;
  let swept: Promise<void> | undefined;

  const sweep = async () => {
    await removeTree(folder.checkouts);
    await Deno.mkdir(folder.checkouts, { recursive: true });
  };

  const find = (tree: string, key: string | undefined): Slot | undefined => {
    const free = slots.filter((slot) => !slot.busy);
    return free.find((slot) => slot.tree === tree && slot.kept === key) ??
      free.find((slot) => key !== undefined && slot.kept === key) ??
      free.find((slot) => slot.kept === undefined) ?? free[0];
  };

  const create = async (tree: string): Promise<Slot> => {
    const number = ++made;
    const place = {
      gitDir: folder.gitDir,
      workTree: join(folder.checkouts, String(number)),
      index: join(folder.indexes, `checkout-${number}`),
    };
    await removeTree(place.index);
    await Deno.mkdir(place.workTree, { recursive: true });
    const since = new Date();
    const slot: Slot = { place, busy: true, tree, since, kept: undefined, copies: new Map() };
    slots.push(slot);
    try {
      await git(place, ["read-tree", "--reset", "-u", tree], { config: STRICT });
      slot.copies = await carried.copyInto(place.workTree);
      return slot;
    } catch (error) {
      await drop(slot).catch(() => {});
      throw error;
    }
  };

  /** Makes a used folder equal to a tree again. */
  const renew = async (slot: Slot, tree: string, key: string | undefined) => {
    const keep = key !== undefined && slot.kept === key;
    await git(slot.place, ["read-tree", "--reset", "-u", tree], { config: STRICT });
    const spare = carried.stored.flatMap((path) => ["-e", literalPattern(path)]);
    await git(slot.place, ["clean", keep ? "-ffdq" : "-ffdxq", ...spare]);
    slot.copies = await carried.repair(slot.place.workTree, slot.copies);
    slot.tree = tree;
    slot.kept = keep ? key : undefined;
  };

  /** Whether there is something that {@link renew} takes away although it keeps what is ignored. */
  const leavesMore = async (slot: Slot, given: (path: string) => boolean) => {
    const list = ["ls-files", "-z", "--others", "--modified", "--exclude-standard"];
    const { stdout } = await git(slot.place, list, { config: STRICT });
    return nulRecords(stdout).some((path) =>
      !given(paths.out(path)) && !carried.stored.some((one) => isWithin(textOf(path), one))
    );
  };

  const drop = async (slot: Slot) => {
    slots.splice(slots.indexOf(slot), 1);
    await removeTree(slot.place.workTree);
    await removeTree(slot.place.index);
  };

  const fill = async (tree: string, key: string | undefined): Promise<Slot> => {
    const used = find(tree, key);
    if (used !== undefined) {
      used.busy = true;
      try {
        await renew(used, tree, key);
        return used;
      } catch {
        // Whatever a check did to the folder (read-only parts, a file of another user): a new one.
        await drop(used).catch(() => {});
      }
    }
    return await create(tree);
  };

  return {
    async take(tree, options = {}) {
      swept ??= sweep();
      let commit = commits.get(tree);
      if (commit === undefined) {
        commit = commitTree(git, { gitDir: folder.gitDir }, { tree: `${tree}^{tree}` });
        commits.set(tree, commit);
        commit.catch(() => {
          // Told below, unless the folder could not be made either: that error says as much.
        });
      }
      try {
        await swept;
        const slot = await fill(tree, options.keep);
        const path = await makeRealFolders(slot.place.workTree, paths.prefix).catch((error) => {
          slot.busy = false;
          throw error;
        });
        if (options.work) await setWorkTimes({ ...slot, git, paths, tree, work: options.work });
        await writeAgentRepository({ ...slot.place, commit: await commit });
        const prepared = options.keep !== undefined && slot.kept === options.keep;
        return {
          path,
          prepared,
          async keep(given = () => false) {
            if (!await leavesMore(slot, given)) slot.kept = options.keep;
          },
          release() {
            slot.busy = false;
            return Promise.resolve();
          },
        };
      } catch (error) {
        commits.delete(tree);
        throw fileError("Check out a tree below", folder.checkouts, error);
      }
    },
  };
}
