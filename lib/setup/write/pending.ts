import { OuroborosError } from "../../kernel/error.ts";
import { fileTrouble, isMissing, isNoFolder } from "./file_trouble.ts";
import {
  encodeLines,
  parsePending,
  pendingPath,
  type PendingPhase,
  type PendingPlan,
  type PendingRecord,
} from "./pending_record.ts";
import { seePending } from "./see_pending.ts";
import { stageFile, syncFolder, writeAll } from "./stage_file.ts";

/** The record of a transaction under way, held by the process that works on it. */
export interface Pending extends Disposable {
  enter(phase: Exclude<PendingPhase, "staging">): Promise<void>;
  /** Ends it: there is nothing to recover any more. */
  remove(): Promise<void>;
}

/**
 * Begins a record. Errors: setup_unfinished when another process is at work, or when there is a
 * record that an earlier one left.
 */
export async function beginPending(root: string, plan: PendingPlan): Promise<Pending> {
  const path = pendingPath(root);
  try {
    // Empty, so that whoever finds it before it is held finds nothing to take back.
    await stageFile(path, new Uint8Array(), { mode: 0o600 });
  } catch (thrown) {
    if (thrown instanceof Deno.errors.AlreadyExists) throw await inTheWay(root);
    // Whoever came in between took it for one that was cut off.
    if (isMissing(thrown)) throw busy(path, null);
    await Deno.remove(path).catch(() => {});
    throw fileTrouble("Write", path, thrown);
  }
  // Whoever has it is looking at it, or removes it as one that was cut off: both take no time.
  const held = await hold(path, { wait: true });
  if (held === "none") throw busy(path, null);
  try {
    await held.write(plan, { pid: Deno.pid });
  } catch (thrown) {
    await held.remove().catch(() => {});
    held[Symbol.dispose]();
    throw fileTrouble("Write", path, thrown);
  }
  await syncFolder(root);
  return held;
}

/**
 * Takes over a record that was left behind: its plan (undefined when it was cut off before
 * anything was done) and phase. Undefined when there is none. Errors: setup_unfinished when
 * another process is at work on it, or when it is damaged.
 */
export async function takePending(
  root: string,
): Promise<{ pending: Pending } & Omit<PendingRecord, "pid"> | undefined> {
  const path = pendingPath(root);
  const pending = await hold(path);
  if (pending === "none") return undefined;
  try {
    const text = await Deno.readTextFile(path);
    const { plan, phase } = parsePending(text);
    if (plan !== undefined) await pending.sign(text);
    return { pending, phase, ...(plan === undefined ? {} : { plan }) };
  } catch (cause) {
    pending[Symbol.dispose]();
    throw damaged(path, cause);
  }
}

/** A record that its process holds. */
interface HeldPending extends Pending {
  write(...lines: unknown[]): Promise<void>;
  /** Says who works on it from now on; `text` is what it holds. */
  sign(text: string): Promise<void>;
}

/** Times that a lock is tried for, and milliseconds in between: one that only looks has it briefly. */
const TRIES = 5;
const PAUSE_MS = 10;

async function locked(file: Deno.FsFile): Promise<boolean> {
  for (let left = TRIES;; left--) {
    if (await file.tryLock(true)) return true;
    if (left === 0) return false;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function hold(
  path: string,
  { wait = false }: { wait?: boolean } = {},
): Promise<HeldPending | "none"> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true, append: true });
  } catch (thrown) {
    // Whoever looks at the files themselves says what stands in the folder's place.
    if (isMissing(thrown) || isNoFolder(thrown)) return "none";
    throw fileTrouble("Read", path, thrown);
  }
  try {
    if (wait) await file.lock(true);
    else if (!await locked(file)) throw busy(path, await pidIn(path));
  } catch (thrown) {
    file.close();
    throw thrown;
  }
  try {
    // It may have been ended, and begun anew, between opening and locking.
    const [held, there] = await Promise.all([file.stat(), Deno.stat(path).catch(() => undefined)]);
    if (there === undefined) {
      letGo(file);
      return "none";
    }
    if (held.ino !== there.ino) throw busy(path, await pidIn(path));
  } catch (thrown) {
    letGo(file);
    throw thrown;
  }
  const write = async (...lines: unknown[]) => {
    await writeAll(file, encodeLines(lines));
    await file.sync();
  };
  return {
    write,
    sign: async (text) => {
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      try {
        // A line that was cut off would run into the next one.
        await file.truncate(new TextEncoder().encode(whole).length);
        await write({ pid: Deno.pid });
      } catch {
        // On a full disk it is taken back all the same; only its name is not told meanwhile.
      }
    },
    enter: async (phase) => await write({ phase }),
    remove: async () => {
      try {
        await Deno.remove(path);
      } catch (thrown) {
        // Somebody who took it for a leftover did the same.
        if (!isMissing(thrown)) throw fileTrouble("Remove", path, thrown);
      }
    },
    [Symbol.dispose]: () => letGo(file),
  };
}

/** By itself a close frees nothing while a child of ours is between its fork and its start. */
function letGo(file: Deno.FsFile): void {
  file.unlockSync();
  file.close();
}

/** Why no record can be begun beside the one that is there. */
async function inTheWay(root: string): Promise<OuroborosError> {
  const path = pendingPath(root);
  const seen = await seePending(root);
  // An empty one was begun just now: what an earlier process left was ended before.
  const fresh = seen?.state === "left" && seen.record.plan === undefined;
  if (seen === undefined || seen.state === "held" || fresh) {
    return busy(path, seen?.record.pid ?? null);
  }
  return unfinished(path);
}

async function pidIn(path: string): Promise<number | null> {
  try {
    return parsePending(await Deno.readTextFile(path)).pid;
  } catch {
    // It is gone, or just being written: then nobody is named.
    return null;
  }
}

/** A record that nobody can read. */
export function damaged(path: string, cause?: unknown): OuroborosError {
  return new OuroborosError({
    code: "setup_unfinished",
    message: `Read "${path}": it is damaged`,
    hint: `Look at the files that it names, then remove it: rm "${path}"`,
    cause,
  });
}

/** Another process holds the record. */
export function busy(path: string, pid: number | null): OuroborosError {
  const who = pid === null ? "another ouroboros" : `another ouroboros (pid ${pid})`;
  return new OuroborosError({
    code: "setup_unfinished",
    message: `Change files: ${who} is at work on them, it holds "${path}"`,
    hint: `Wait for it to end, then run the same command again${
      pid === null ? "" : `; to look at it: ps -p ${pid}`
    }`,
    retryable: true,
  });
}

function unfinished(path: string): OuroborosError {
  return new OuroborosError({
    code: "setup_unfinished",
    message: `Change files: an earlier set-up or uninstall was cut off, see "${path}"`,
    hint: "Run the same command again: it is completed or taken back first",
    retryable: true,
  });
}
