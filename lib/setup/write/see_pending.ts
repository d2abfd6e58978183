import { fileTrouble, isMissing, isNoFolder } from "./file_trouble.ts";
import { parsePending, pendingPath, type PendingRecord } from "./pending_record.ts";

/** What is known of a record by looking at it. */
export interface SeenPending {
  path: string;
  /** `held`: a process is at work on it; `left`: one was, and was cut off. */
  state: "held" | "left" | "damaged";
  record: PendingRecord;
}

/**
 * Looks at a record without taking it over; undefined where there is none. Errors: not_writable,
 * unreadable.
 */
export async function seePending(root: string): Promise<SeenPending | undefined> {
  const path = pendingPath(root);
  const unknown: PendingRecord = { phase: "staging", pid: null };
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (thrown) {
    if (isMissing(thrown) || isNoFolder(thrown)) return undefined;
    throw fileTrouble("Read", path, thrown);
  }
  using _ = file;
  // Shared: two that only look are not in each other's way.
  const held = !await file.tryLock(false);
  // At once: a child that is just being started has the file open too, and would keep the lock.
  if (!held) file.unlockSync();
  const text = await Deno.readTextFile(path).catch((thrown) => {
    if (isMissing(thrown)) return undefined;
    // Some systems keep readers out of what is locked: then nobody is named.
    if (held) return "";
    throw fileTrouble("Read", path, thrown);
  });
  if (text === undefined) return undefined;
  try {
    return { path, state: held ? "held" : "left", record: parsePending(text) };
  } catch {
    return { path, state: held ? "held" : "damaged", record: unknown };
  }
}
