import type { Choice } from "./ask.ts";
import { type Asking, lineOrLeft, watchLeaving } from "./leaving.ts";
import { promptStream } from "./prompt_stream.ts";

/** What a line of a person's may be where one thing is to be picked. */
export interface PickQuestion {
  text: string;
  choices: readonly Choice[];
  /** The value that Enter alone means. */
  preset: string;
  /** Where lines are read: a line that names none of the choices is taken as it is. */
  free?: boolean;
}

/** What was picked, or the words that a person gave in place of a choice. */
export type Picked = { value: string } | { words: string };

/**
 * Asks for one of several things; undefined when the person left. A list with arrows where keys can
 * be read, else a line with a number.
 */
export async function pickOne(
  question: PickQuestion,
  asking: Asking,
): Promise<Picked | undefined> {
  const { output } = asking;
  if (asking.interrupt.aborted) return undefined;
  if (!output.readsKeys) return await pickByLine(question, asking);
  const { select, isCancel } = await import("@clack/prompts");
  using left = await watchLeaving(asking.interrupt);
  const value = await select({
    message: question.text,
    options: question.choices.map((one) => ({ ...one })),
    initialValue: question.preset,
    signal: left.signal,
    output: await promptStream(output),
  });
  return isCancel(value) ? undefined : { value };
}

/** Asks for a line; empty where Enter alone was typed, undefined when the person left. */
export async function askText(
  question: { text: string; placeholder?: string },
  asking: Asking,
): Promise<string | undefined> {
  const { output, interrupt } = asking;
  if (interrupt.aborted) return undefined;
  if (!output.readsKeys) {
    const more = question.placeholder === undefined ? "" : ` (${question.placeholder})`;
    return (await lineOrLeft(`${question.text}${more}: `, asking))?.trim();
  }
  const { text, isCancel } = await import("@clack/prompts");
  using left = await watchLeaving(interrupt);
  const answer = await text({
    message: question.text,
    ...(question.placeholder === undefined ? {} : { placeholder: question.placeholder }),
    signal: left.signal,
    output: await promptStream(output),
  });
  return isCancel(answer) ? undefined : (answer ?? "").trim();
}

async function pickByLine(
  question: PickQuestion,
  asking: Asking,
): Promise<Picked | undefined> {
  const { choices, preset } = question;
  for (const [at, { label, hint }] of choices.entries()) {
    asking.output.err(`  ${at + 1}  ${label}${hint === undefined ? "" : `  (${hint})`}\n`);
  }
  const enter = choices.findIndex((one) => one.value === preset) + 1;
  while (true) {
    const line = (await lineOrLeft(`${question.text} [${enter}] `, asking))?.trim();
    if (line === undefined) return undefined;
    if (line === "") return { value: preset };
    const picked = /^\d+$/.test(line) ? choices[Number(line) - 1] : undefined;
    if (picked !== undefined) return { value: picked.value };
    if (question.free === true && !/^\d+$/.test(line)) return { words: line };
    asking.output.err(`"${line}" is none of them: answer with a number, as in "1"\n`);
  }
}
