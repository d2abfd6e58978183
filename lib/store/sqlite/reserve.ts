/** Bytes that are kept back: room for SQLite's `-shm` and for a few events. */
const RESERVE_BYTES = 256 * 1024;

/**
 * Keeps a little room of the disk back, in a file beside the journal. Without it nobody could read
 * the journal of a full disk (SQLite needs files of its own for that), and so not find out which run
 * to discard. On a disk that is full already nothing is kept.
 */
export function keepReserve(journal: string): void {
  const path = reservePath(journal);
  try {
    if (Deno.statSync(path).size >= RESERVE_BYTES) return;
  } catch {
    // Not there, which the next lines mend.
  }
  try {
    // Random, so that no file system makes it smaller than it is.
    const bytes = new Uint8Array(RESERVE_BYTES);
    for (let at = 0; at < bytes.length; at += 65_536) {
      crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    }
    Deno.writeFileSync(path, bytes, { mode: 0o600 });
  } catch {
    giveReserve(journal);
  }
}

/** Gives the kept room back to the disk; false where there was none. */
export function giveReserve(journal: string): boolean {
  try {
    Deno.removeSync(reservePath(journal));
    return true;
  } catch {
    return false;
  }
}

function reservePath(journal: string): string {
  return `${journal}-reserve`;
}
