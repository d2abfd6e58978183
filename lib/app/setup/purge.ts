import { basename, join } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { pendingPath } from "../../setup/write/pending_record.ts";
import { receiptPath } from "../../setup/write/install_receipt.ts";
import { removeTree, treeBytes } from "../../workspace/remove_tree.ts";
import type { App } from "../app.ts";
import { INTERVIEWS } from "../interview/call_output.ts";
import { listRuns } from "../list_runs.ts";
import { MADE_TOKEN } from "../mcp_token.ts";
import { readPlainFile } from "../read_plain_file.ts";
import { seedsFolder } from "../seeds/stored_seeds.ts";
import {
  areOurInterviews,
  areOurSeeds,
  areOurSlots,
  isOurConfig,
  isOurJournal,
  runsIn,
} from "./purge_proof.ts";
import { readReceipt } from "./surroundings.ts";

/** What a purge would remove, looked at before anybody is asked. */
export interface PurgePlan {
  folder: string;
  bytes: number;
  /** What goes, relative to the folder. */
  names: readonly string[];
  /** What is not ours, relative to the folder: it stays, and so does the folder. */
  left: readonly string[];
}

/** What a purge has removed. */
export interface Purged {
  /** Absolute; our folder alone where that is gone. */
  removed: readonly string[];
  /** Our folder stays, with what is not ours. */
  stays: boolean;
}

/**
 * Looks at our folder: the usual one goes whole; of one that OUROBOROS_HOME names, which may hold
 * anything, only what is proved to be ours. Null where there is none. Errors: host_file_unusable for a link in
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
  const all = [...Deno.readDirSync(root)].map((entry) => entry.name).sort();
  const whole = rootFrom === "HOME";
  const names = whole ? all : await ourNames(app, all);
  if (whole || names.includes(basename(app.paths.journal))) await refuseLiving(app);
  let bytes = 0;
  for (const name of names) bytes += await treeBytes(join(root, name));
  return { folder: root, bytes, names, left: await leftOf(app, all, names) };
}

/** Removes what was planned; a link in it goes, what it leads to stays. */
export async function purge(app: App, plan: PurgePlan): Promise<Purged> {
  const { folder, names } = plan;
  const journal = basename(app.paths.journal);
  if (names.includes(journal)) {
    // A run may have begun while a person thought about the question.
    await refuseLiving(app);
    if (await hasJournal(app)) await (await app.journal()).close();
  }
  const removed: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (!await isThere(path)) continue;
    await removeTree(path);
    removed.push(path);
  }
  await Deno.remove(folder).catch(() => {
    // It holds what is not ours: the answer says that it stays.
  });
  return await isThere(folder) ? { removed, stays: true } : { removed: [folder], stays: false };
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

/** What in a folder that may hold anything is proved to be ours. */
async function ourNames(app: App, all: readonly string[]): Promise<string[]> {
  const { root, config, journal, runs } = app.paths;
  const names: string[] = [];
  const receipt = await readReceipt(app);
  if (all.includes(basename(config)) && await isOurConfig(app, receipt)) {
    names.push(basename(config));
  }
  const journalIsOurs = await isOurJournal(app);
  if (journalIsOurs) {
    names.push(...["", "-wal", "-shm", "-reserve"].map((end) => `${basename(journal)}${end}`));
  }
  if ((await Deno.lstat(runs).catch(() => undefined))?.isDirectory) {
    const { ours, others } = await runsIn(app, journalIsOurs);
    const mayGoWhole = others.length === 0 && (ours.length > 0 || journalIsOurs);
    names.push(...mayGoWhole ? [basename(runs)] : ours.map((id) => `${basename(runs)}/${id}`));
  }
  if (await areOurSlots(app, app.paths.slots)) names.push(basename(app.paths.slots));
  if (await areOurInterviews(join(root, INTERVIEWS))) names.push(INTERVIEWS);
  const seeds = seedsFolder(app);
  if (await areOurSeeds(seeds)) names.push(basename(seeds));
  if (await isOurToken(app)) names.push(basename(app.paths.mcpToken));
  // The receipt was read as ours, and the record was ended before.
  names.push(basename(receiptPath(root)), basename(pendingPath(root)));
  return names.filter((name) => all.includes(name.split("/")[0]!)).sort();
}

/** What stays, by name; of the folder of runs what is not ours in it. */
async function leftOf(
  app: App,
  all: readonly string[],
  names: readonly string[],
): Promise<string[]> {
  const runs = basename(app.paths.runs);
  const left = all.filter((name) => !names.includes(name));
  if (!names.some((name) => name.startsWith(`${runs}/`))) return left;
  const { others } = await runsIn(app, await isOurJournal(app));
  return left.flatMap((name) => name === runs ? others.map((one) => `${runs}/${one}`) : [name]);
}

async function isOurToken(app: App): Promise<boolean> {
  const text = await readPlainFile(app.paths.mcpToken, 4096).catch(() => undefined);
  return text !== undefined && MADE_TOKEN.test(new TextDecoder().decode(text.bytes));
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
