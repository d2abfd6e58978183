import { configKeys } from "../../config/config_keys.ts";
import { ORIGINAL_SECTIONS } from "../../config/original_keys.ts";
import { isPlainMap, valueAt } from "../../setup/edit/plain.ts";
import { readDocument } from "../../setup/edit/read_document.ts";
import type { InstallReceipt } from "../../setup/write/install_receipt.ts";
import { isId } from "../../kernel/id.ts";
import { partsOf } from "../../setup/undo_scope.ts";
import type { App } from "../app.ts";
import { runIds } from "../find_run.ts";
import { SEED_FILE } from "../seeds/stored_seeds.ts";
import { ownRunFolders, type RunFolderNames } from "../own_run_folders.ts";
import { START_CLAIM } from "../run/claim_start.ts";

/** "OURO", where the header of a SQLite file names its program. */
const APPLICATION = "OURO";
const APPLICATION_AT = 68;

/**
 * Whether a configuration is ours: a setup made it, or it holds a key of ours and nothing that we
 * do not know. Its name proves nothing: many programs keep a `config.yaml`.
 */
export async function isOurConfig(app: App, receipt: InstallReceipt | null): Promise<boolean> {
  const path = app.paths.config;
  const text = await textOf(path);
  if (text === undefined) return false;
  const edits = receipt === null ? [] : partsOf(receipt).flatMap(([, part]) => part.edits);
  if (edits.some((one) => one.path === path && one.before === null)) return true;
  const read = readDocument("yaml", text);
  const document = read.ok ? read.reading.value : undefined;
  if (!isPlainMap(document)) return false;
  const keys = configKeys(app.registry);
  const known = new Set<unknown>([...keys.map((one) => one.path[0]), ...ORIGINAL_SECTIONS]);
  return [...document.keys()].every((key) => known.has(key)) &&
    keys.some(({ name, path }) => name !== "version" && valueAt(document, path) !== undefined);
}

/** Whether the journal's file is a journal of ours, and no other program's. Opens no stranger's. */
export async function isOurJournal(app: App): Promise<boolean> {
  const path = app.paths.journal;
  const head = await headOf(path);
  if (head === undefined) return false;
  if (head.length > 0 && !head.startsWith("SQLite format 3\0")) return false;
  if (head.slice(APPLICATION_AT, APPLICATION_AT + APPLICATION.length) === APPLICATION) return true;
  // After a kill the header may lie in the log beside it still: our reserve tells whose it is.
  if (!await isThere(`${path}-reserve`)) return false;
  return await app.journal().then(() => true, () => false);
}

/** Whether a folder holds nothing but the empty files by which copies of runtimes are counted. */
export async function areOurSlots(app: App, path: string): Promise<boolean> {
  const ids = app.registry.all.map((one) => one.id);
  return await holdsOnly(path, async ({ name }) => {
    const [, id = "", place] = /^(.+)-(\d+)$/.exec(name) ?? [];
    const isNamed = place !== undefined && (ids.includes(id) || START_CLAIM.test(id));
    const info = await Deno.lstat(`${path}/${name}`);
    return isNamed && info.isFile && info.size === 0;
  });
}

/** Whether a folder holds nothing but those where an interview that was killed left a call's output. */
export async function areOurInterviews(path: string): Promise<boolean> {
  return await holdsOnly(path, ({ name, isDirectory }) => isDirectory && isId("interview", name));
}

/**
 * Whether a folder holds nothing but seeds that we froze: each names itself by its file's name. A text
 * that somebody began to edit is theirs.
 */
export async function areOurSeeds(path: string): Promise<boolean> {
  return await holdsOnly(path, async ({ name }) => {
    const [, id] = SEED_FILE.exec(name) ?? [];
    if (id === undefined) return false;
    const read = readDocument("yaml", await textOf(`${path}/${name}`) ?? "");
    const own = read.ok ? valueAt(read.reading.value, ["metadata", "seed_id"]) : undefined;
    return own === id;
  });
}

async function holdsOnly(
  path: string,
  isOurs: (entry: Deno.DirEntry) => boolean | Promise<boolean>,
): Promise<boolean> {
  try {
    // A link is none of ours, wherever it leads.
    if (!(await Deno.lstat(path)).isDirectory) return false;
    for await (const entry of Deno.readDir(path)) {
      if (!await isOurs(entry)) return false;
    }
    return true;
  } catch {
    // It is not there, or nobody may look into it: then it is not proved.
    return false;
  }
}

/** Names in the folder of runs that are runs of ours, and those that are not. */
export async function runsIn(app: App, journalIsOurs: boolean): Promise<RunFolderNames> {
  const known = new Set(journalIsOurs ? await runIds(await app.journal(), 100_000) : []);
  return await ownRunFolders(app.paths.runs, known);
}

async function headOf(path: string): Promise<string | undefined> {
  try {
    if (!(await Deno.lstat(path)).isFile) return undefined;
    using file = await Deno.open(path);
    const bytes = new Uint8Array(100);
    const count = await file.read(bytes) ?? 0;
    return String.fromCharCode(...bytes.subarray(0, count));
  } catch {
    return undefined;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await Deno.lstat(path)).isFile ? await Deno.readTextFile(path) : undefined;
  } catch {
    return undefined;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
