import { goneError } from "../journal_error.ts";

/**
 * Remembers which file stands at `path` and gives what refuses once it is another one, or none:
 * SQLite goes on writing to a removed file as if nothing had happened. Costs one look at the file.
 * Errors of what is given: journal_unusable.
 */
export function sameFile(path: string): () => void {
  const opened = placeOf(path);
  return () => {
    const now = placeOf(path);
    if (opened === "unseen" || now === "unseen") return;
    if (now === "none" || opened === "none" || now !== opened) throw goneError(path);
  };
}

/** Device and inode; "unseen" where the file cannot be looked at, or its system numbers no files. */
function placeOf(path: string): string {
  try {
    const { dev, ino } = Deno.statSync(path);
    return ino === null || ino === 0 ? "unseen" : `${dev} ${ino}`;
  } catch (thrown) {
    // What may not be looked at is taken to be there: writing says more.
    return thrown instanceof Deno.errors.NotFound ? "none" : "unseen";
  }
}
