import { join } from "@std/path";
import type { Clock } from "../../kernel/clock.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";

/** How often taken places are tried again, in milliseconds. */
const POLL_MS = 250;

/** One of the places that processes of ours share on this machine. */
export type MachineSlot = Disposable;

/** Which places there are, and how to wait for one. */
export interface SlotOptions {
  /** Folder of the lock files. */
  dir: string;
  /** What the places are for: a runtime's id, or what a start claims. */
  name: string;
  /** How many may be taken at once, by whomever. */
  parallel: number;
  clock: Pick<Clock, "sleep">;
  signal: AbortSignal;
  /** Called once, where all are taken. */
  onWait(): void;
}

/**
 * Takes one of the places of a name, and waits for one where all are taken; undefined: it was told to
 * stop. A place is a lock of the system on a file: it is free again as soon as its process is gone,
 * however that ended. Errors: not_writable.
 */
export async function takeSlot(options: SlotOptions): Promise<MachineSlot | undefined> {
  const { dir, name, parallel, clock, signal } = options;
  try {
    await Deno.mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusable(dir, cause);
  }
  let told = false;
  while (!signal.aborted) {
    for (let place = 1; place <= parallel; place++) {
      const slot = await tryPlace(join(dir, `${name}-${place}`));
      if (slot) return slot;
    }
    if (!told) options.onWait();
    told = true;
    await clock.sleep(POLL_MS, signal);
  }
  return undefined;
}

async function tryPlace(path: string): Promise<MachineSlot | undefined> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { create: true, write: true, mode: 0o600 });
  } catch (cause) {
    throw unusable(path, cause);
  }
  let held = false;
  try {
    held = await file.tryLock(true);
  } catch (cause) {
    throw unusable(path, cause);
  } finally {
    if (!held) file.close();
  }
  if (!held) return undefined;
  return {
    [Symbol.dispose]() {
      // By itself a close frees nothing while a child of ours is between its fork and its start.
      file.unlockSync();
      file.close();
    },
  };
}

function unusable(path: string, cause: unknown): OuroborosError {
  return new OuroborosError({
    code: "not_writable",
    message: `Take a place in "${path}": ${messageOf(cause)}`,
    hint: `ls -ld "${path}"`,
    cause,
  });
}
