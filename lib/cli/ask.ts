import type { Output } from "../kernel/output.ts";
import { type Asking, lineOrLeft, watchLeaving } from "./leaving.ts";
import { promptStream } from "./prompt_stream.ts";

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
  options: Asking,
): Promise<boolean | undefined> {
  const { output, interrupt } = options;
  if (interrupt.aborted) return undefined;
  if (!output.readsKeys) return await askByLine(question, options);
  const { confirm, isCancel } = await import("@clack/prompts");
  using left = await watchLeaving(interrupt);
  const answer = await confirm({
    message: question.text,
    initialValue: question.default,
    signal: left.signal,
    output: await promptStream(output),
  });
  return isCancel(answer) ? undefined : answer;
}

async function askByLine(
  question: Question,
  options: Asking,
): Promise<boolean | undefined> {
  const { output } = options;
  while (true) {
    const text = `${question.text} [${question.default ? "Y/n" : "y/N"}] `;
    const answer = await lineOrLeft(text, options);
    if (answer === undefined) return undefined;
    const word = answer.trim().toLowerCase();
    if (word === "") return question.default;
    if (word === "y" || word === "yes") return true;
    if (word === "n" || word === "no") return false;
    output.err('Answer with "y" or "n"\n');
  }
}

/** One of the things that may be chosen. */
export interface Choice {
  value: string;
  label: string;
  /** More about it, dim. */
  hint?: string;
}

/** A question of which several things may be the answer. */
export interface ChoiceQuestion {
  text: string;
  choices: readonly Choice[];
  /** Values that Enter alone means; at least one. */
  preset: readonly string[];
}

/**
 * Asks for at least one of several things; undefined when the person left. As {@link ask}: a list
 * with arrows and marks, or a line with numbers or names where no keys can be read.
 */
export async function askChoices(
  question: ChoiceQuestion,
  options: Asking,
): Promise<string[] | undefined> {
  const { output, interrupt } = options;
  if (interrupt.aborted) return undefined;
  if (!output.readsKeys) return await chooseByLine(question, options);
  const { multiselect, isCancel } = await import("@clack/prompts");
  const { terminal } = options;
  using left = await watchLeaving(interrupt, terminal?.input);
  const answer = await multiselect({
    message: question.text,
    options: question.choices.map((one) => ({ ...one })),
    initialValues: [...question.preset],
    required: true,
    signal: left.signal,
    ...(terminal ?? { output: await promptStream(output) }),
  });
  return isCancel(answer) ? undefined : answer;
}

async function chooseByLine(
  question: ChoiceQuestion,
  options: Asking,
): Promise<string[] | undefined> {
  const { choices, preset } = question;
  const { output } = options;
  for (const [at, { label, hint }] of choices.entries()) {
    output.err(`  ${at + 1}  ${label}${hint === undefined ? "" : `  (${hint})`}\n`);
  }
  const enter = choices.flatMap((one, at) => preset.includes(one.value) ? [at + 1] : []).join(",");
  while (true) {
    const line = await lineOrLeft(`${question.text} [${enter}] `, options);
    if (line === undefined) return undefined;
    const words = line.split(/[\s,]+/).filter((word) => word !== "");
    if (words.length === 0) return [...preset];
    const values = words.map((word) =>
      (choices[Number(word) - 1] ?? choices.find((one) => one.value === word.toLowerCase()))?.value
    );
    const wrong = values.indexOf(undefined);
    if (wrong < 0) return [...new Set(values as string[])];
    output.err(`"${words[wrong]}" is none of them: answer with numbers, as in "1,2"\n`);
  }
}

/** Whether a person can be asked here, given `--yes` and `--json`. */
export function mayAsk(output: Output, options: { yes: boolean; json: boolean }): boolean {
  return output.canAsk && !options.yes && !options.json;
}
