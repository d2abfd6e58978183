import type { Output } from "../kernel/output.ts";

/** A question to a person at the terminal. */
export interface Question {
  text: string;
  /** What Enter alone means. */
  default: boolean;
}

/**
 * Asks a yes-or-no question; undefined when the person left (Ctrl-C, Ctrl-D) or `interrupt` aborted.
 * Call it only where `output.canAsk`. With keys to read it is a prompt with arrows; where stdin is a
 * pipe, a line from the controlling terminal.
 */
export async function ask(
  question: Question,
  options: { output: Output; interrupt: AbortSignal },
): Promise<boolean | undefined> {
  const { output, interrupt } = options;
  if (interrupt.aborted) return undefined;
  if (!output.readsKeys) return await askByLine(question, output);
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

async function askByLine(question: Question, output: Output): Promise<boolean | undefined> {
  while (true) {
    const answer = await output.askLine(`${question.text} [${question.default ? "Y/n" : "y/N"}] `);
    if (answer === null) return undefined;
    const word = answer.trim().toLowerCase();
    if (word === "") return question.default;
    if (word === "y" || word === "yes") return true;
    if (word === "n" || word === "no") return false;
    output.err('Answer with "y" or "n"\n');
  }
}

/** Whether a person can be asked here, given `--yes` and `--json`. */
export function mayAsk(output: Output, options: { yes: boolean; json: boolean }): boolean {
  return output.canAsk && !options.yes && !options.json;
}
