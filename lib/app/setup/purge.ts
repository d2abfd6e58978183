import { basename, join } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { pendingPath } from "../../setup/write/pending.ts";
import { receiptPath } from "../../setup/write/install_receipt.ts";
import { removeTree, treeBytes } from "../../workspace/remove_tree.ts";
import type { App } from "../app.ts";
import { listRuns } from "../list_runs.ts";

/** What a purge would remove, looked at before anybody is asked. */
export interface PurgePlan {
  folder: string;
  bytes: number;
  /** Names in the folder that go. */
  names: readonly string[];
  /** Names that are not ours: they stay, and so does the folder. */
  left: readonly string[];
}

/**
 * Looks at our folder: the usual one goes whole; of one that OUROBOROS_HOME names, which may hold
 * anything, only our own names. Null where there is none. Errors: host_file_unusable for a link in
 * its place, not_allowed while a run is worked on.
 */
export async function planPurge(app: App): Promise<PurgePlan | null> {
  const { root, rootFrom } = app.paths;
  const info = await Deno.lstat(root).catch(() => undefined);
  if (info === undefined) return null;
  if (!info.isDirectory) {
    throw new OuroborosError({
      code: "host_file_unusable",
      message: `Remove "${root}": found ${info.isSymlink ? "a link" : "a file"}, expected a folder`,
      hint: `Look at it: ls -ld "${root}"`,
    });
  }
  await refuseLiving(app);
  const all = [...Deno.readDirSync(root)].map((entry) => entry.name).sort();
  const ours = ourNames(app);
  const names = rootFrom === "HOME" ? all : all.filter((name) => ours.includes(name));
  let bytes = 0;
  for (const name of names) bytes += await treeBytes(join(root, name));
  return { folder: root, bytes, names, left: all.filter((name) => !names.includes(name)) };
}

/** Removes what was planned; a link in it goes, what it leads to stays. */
export async function purge(app: App, plan: PurgePlan): Promise<void> {
  // A run may have begun while a person thought about the question.
  await refuseLiving(app);
  if (await hasJournal(app)) await (await app.journal()).close();
  for (const name of plan.names) await removeTree(join(plan.folder, name));
  await Deno.remove(plan.folder).catch(() => {});
}

async function refuseLiving(app: App): Promise<void> {
  if (!await hasJournal(app)) return;
  const living = (await listRuns(app, { all: true, limit: 100_000 }))
    .find((run) => run.state === "running");
  if (living === undefined) return;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Remove "${app.paths.root}": run ${living.runId} is worked on`,
    hint: `ouroboros cancel ${living.runId}`,
  });
}

async function hasJournal(app: App): Promise<boolean> {
  return await Deno.lstat(app.paths.journal).then((info) => info.isFile, () => false);
}

function ourNames(app: App): string[] {
  const { root, config, journal, runs, tmp, recordings } = app.paths;
  const journals = ["", "-wal", "-shm", "-reserve"].map((end) => `${journal}${end}`);
  const files = [config, ...journals, runs, tmp, recordings];
  return [...files, receiptPath(root), pendingPath(root)].map((path) => basename(path));
}
