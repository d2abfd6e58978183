import type { Output } from "../kernel/output.ts";

/** A question to a person at the terminal. */
export interface Question {
  text: string;
  /** What Enter alone means. */
  default: boolean;
}

/**
 * Asks a yes-or-no question; undefined when the person left (Ctrl-C, Ctrl-D) or `interrupt` aborted.
 * Call it only where `output.canAsk`: without a terminal the prompt library never answers.
 */
export async function ask(
  question: Question,
  interrupt: AbortSignal,
): Promise<boolean | undefined> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({
    message: question.text,
    initialValue: question.default,
    signal: interrupt,
    output: await stderrStream(),
  });
  return isCancel(answer) ? undefined : answer;
}

/** Questions are talk: they go to stderr, so that stdout stays data. */
async function stderrStream() {
  const { stderr } = await import("node:process");
  return stderr;
}

/** Whether a person can be asked here, given `--yes` and `--json`. */
export function mayAsk(output: Output, options: { yes: boolean; json: boolean }): boolean {
  return output.canAsk && !options.yes && !options.json;
}
