import { EXIT } from "../kernel/exit_code.ts";
import { type ErrorCode, messageOf, OuroborosError } from "../kernel/error.ts";
import { toolHint } from "./tool_hint.ts";

/** What went wrong, for a model that can do better. */
export interface ToolProblem {
  code: ErrorCode;
  message: string;
  hint?: string;
  /** Whether another call (the same again, or a corrected one) can succeed. */
  recoverable: boolean;
}

/** Exit codes of mistakes in what was asked: with other arguments it may go well. */
const CORRIGIBLE: readonly number[] = [EXIT.usage, EXIT.notFound, EXIT.needsInput];

/** A hint that is a call of a tool of ours: whoever follows it goes on. */
const CALL = /^(?:Call )?ouroboros_[a-z_]+ /;

/** Anything that was thrown as a problem that a model can act on; `words`: how a hint is said. */
export function toolProblem(
  thrown: unknown,
  { words = toolHint }: { words?: (hint: string) => string } = {},
): ToolProblem {
  if (!(thrown instanceof OuroborosError)) {
    return {
      code: "internal",
      message: `Something went wrong inside ouroboros: ${messageOf(thrown)}`,
      recoverable: false,
    };
  }
  const { code, message, hint, retryable, exitCode } = thrown;
  const told = hint === undefined ? undefined : words(hint);
  return {
    code,
    message,
    ...(told === undefined ? {} : { hint: told }),
    recoverable: retryable || CORRIGIBLE.includes(exitCode) ||
      (told !== undefined && CALL.test(told)),
  };
}

/** A problem as text: what failed, its code, what to do. */
export function problemText({ code, message, hint }: ToolProblem): string {
  return `${message} (${code})${hint === undefined ? "" : `\nTry: ${hint}`}`;
}
