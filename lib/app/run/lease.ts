import { join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { fileError } from "../../workspace/file_error.ts";
import type { ChildIdentity } from "../../process/child.ts";
import { missing } from "../inside_folder.ts";

/** Who holds a run. Only words: that it is held is what the operating system's lock says. */
export interface LeaseHolder extends ChildIdentity {
  /** UTC, for people. */
  since: string;
}

/** A run that this process holds until it lets go, or ends in whatever way. */
export interface Lease {
  /** A second time does nothing. */
  release(): void;
}

/** What a look at a lease shows. `unused`: no process ever held it, or its folder is gone. */
export type LeaseState =
  | { is: "unused" }
  | { is: "free" }
  | { is: "held"; holder: LeaseHolder | undefined };

/** The file below a run's folder that is locked. */
function leaseFile(dir: string): string {
  return join(dir, "lease");
}

/**
 * Takes a run's lease, an exclusive lock on a file of its folder that the system drops when this
 * process ends. Undefined: it is locked just now, by a holder or for a moment by one who looks. Where
 * there can be no file (the folder is gone, the disk is full) nobody can hold anything. Errors:
 * not_writable, unreadable (no right to the file, or a file system without locks).
 */
export async function tryLease(dir: string, holder: LeaseHolder): Promise<Lease | undefined> {
  const file = await openLease(dir);
  if (file === undefined) return { release() {} };
  if (await locked(file, dir)) {
    if (await isInPlace(file, dir)) {
      await writeHolder(file, holder);
      return releasing(file);
    }
    file.unlockSync();
  }
  file.close();
  return undefined;
}

function releasing(file: Deno.FsFile): Lease {
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      try {
        // Whoever is refused by a lock without a name in it knows that nobody holds it.
        file.truncateSync();
      } catch {
        // Words of a process that is gone, or has let go, count no more than none.
      }
      // A child of ours that is just being started has the file open too: closing it is not enough.
      file.unlockSync();
      file.close();
    },
  };
}

/** Takes the file away from a holder that cannot be ended; what it holds is no lease any more. */
export async function breakLease(dir: string): Promise<void> {
  await Deno.remove(leaseFile(dir)).catch(missing);
}

/** Whether a run is held, and by whom. Cheap: one file is opened, no process is started. */
export async function leaseState(dir: string): Promise<LeaseState> {
  const path = leaseFile(dir);
  let free: boolean;
  try {
    using file = await Deno.open(path);
    free = await file.tryLock(false);
    if (free) file.unlockSync();
  } catch {
    // No file, or none that may be read: the journal's record of the worker decides.
    return { is: "unused" };
  }
  if (free) return { is: "free" };
  return { is: "held", holder: parseHolder(await Deno.readTextFile(path).catch(() => "")) };
}

async function openLease(dir: string): Promise<Deno.FsFile | undefined> {
  const path = leaseFile(dir);
  try {
    return await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    const error = fileError("Lock", path, thrown);
    // A run of an earlier version: nobody can hold it, and a discard is to make room.
    if (error.code === "disk_full") return undefined;
    throw error;
  }
}

async function locked(file: Deno.FsFile, dir: string): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch (cause) {
    file.close();
    throw new OuroborosError({
      code: "not_writable",
      message: `Lock "${leaseFile(dir)}": ${messageOf(cause)}`,
      hint: "Let OUROBOROS_HOME be a folder on a disk of this machine",
      cause,
    });
  }
}

/** A lock on a file that was taken out of its place meanwhile protects nothing. */
async function isInPlace(file: Deno.FsFile, dir: string): Promise<boolean> {
  const there = await Deno.stat(leaseFile(dir)).catch(() => undefined);
  const { dev, ino } = await file.stat();
  return there !== undefined && there.dev === dev && there.ino === ino;
}

async function writeHolder(file: Deno.FsFile, holder: LeaseHolder): Promise<void> {
  try {
    await file.truncate();
    await file.write(new TextEncoder().encode(`${JSON.stringify(holder)}\n`));
  } catch {
    // A full disk: the lock counts, what stands in the file are words.
  }
}

function parseHolder(text: string): LeaseHolder | undefined {
  try {
    const { pid, startTime, marker, since } = JSON.parse(text) as Record<string, unknown>;
    if (!Number.isSafeInteger(pid)) return undefined;
    return {
      pid: pid as number,
      startTime: String(startTime),
      marker: String(marker),
      since: String(since),
    };
  } catch {
    // Just locked and not written yet, or not held by anybody who says so.
    return undefined;
  }
}
