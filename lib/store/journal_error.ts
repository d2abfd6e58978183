import { OuroborosError } from "../kernel/error.ts";

/** The stream is at another version than the writer thought: read it again and decide anew. */
export function conflictError(stream: string, expected: number, actual: number): OuroborosError {
  return new OuroborosError({
    code: "journal_conflict",
    message: `Append to "${stream}": it is at version ${actual}, not ${expected}`,
    hint: "Another process wrote to it meanwhile; run the command again",
    retryable: true,
  });
}

/** A newer epoch of the stream exists: this writer was replaced and must stop. */
export function fencedError(stream: string, epoch: number, present: number): OuroborosError {
  return new OuroborosError({
    code: "journal_fenced",
    message: `Append to "${stream}": epoch ${epoch} was replaced by epoch ${present}`,
    hint: "Another process took this work over; let that one go on",
  });
}

/** The journal was closed, or was never usable. */
export function closedError(): OuroborosError {
  return new OuroborosError({
    code: "journal_unusable",
    message: "Use the journal: it is closed",
  });
}

/** An event with the new id is there already: the clock stood still and the randomness repeats. */
export function takenIdError(): OuroborosError {
  return new OuroborosError({
    code: "internal",
    message: "Append an event: its new id is taken",
    hint: "Look at the machine's clock and randomness; then run the command again",
    retryable: true,
  });
}

/** The file was removed or replaced under this process: no other one would ever read what is written. */
export function goneError(path: string): OuroborosError {
  return new OuroborosError({
    code: "journal_unusable",
    message:
      `Write to the journal "${path}": it was removed or replaced since this process opened it`,
    hint: "If it was moved, put it back and run the command again",
  });
}
