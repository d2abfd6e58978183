import { sha256 } from "../kernel/digest.ts";
import { type ErrorCode, messageOf, OuroborosError } from "../kernel/error.ts";
import type { Output } from "../kernel/output.ts";

/** Prints one line of the player's, as JSON. */
export type PrintLine = (line: Record<string, unknown>) => void;

/** Why a play ended early. */
export class PlayEnded extends Error {
  constructor(readonly code: ErrorCode, message: string) {
    super(message);
  }
}

/**
 * Prints what `play` does as lines between `started` and `finished`; `play` gives the last words.
 * Gives the exit code: 0, 1 for a failure, 130 when interrupted. Never throws.
 */
export async function playLines(
  output: Pick<Output, "out">,
  session: string,
  play: (print: PrintLine) => Promise<string>,
): Promise<number> {
  const print: PrintLine = (line) => output.out(`${JSON.stringify(line)}\n`);
  print({ type: "started", session });
  try {
    print({ type: "finished", ok: true, text: await play(print) });
    return 0;
  } catch (error) {
    const known = error instanceof PlayEnded || error instanceof OuroborosError;
    const code = known ? error.code : "agent_failed";
    print({
      type: "finished",
      ok: false,
      code,
      message: messageOf(error),
      ...(error instanceof OuroborosError && error.hint ? { hint: error.hint } : {}),
    });
    return code === "cancelled" ? 130 : 1;
  }
}

/** Says so where the prompt is another one than what was recorded; undefined: not compared. */
export function noteOtherPrompt(
  recorded: string | undefined,
  prompt: string | undefined,
  print: PrintLine,
): void {
  if (recorded === undefined || prompt === undefined || sha256(prompt) === recorded) return;
  print({ type: "notice", text: "The prompt is not the one that this was recorded for" });
}
