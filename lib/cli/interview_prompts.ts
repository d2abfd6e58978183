import type { Choice } from "./ask.ts";
import { type Asking, lineOrLeft, watchLeaving } from "./leaving.ts";
import { promptFrame } from "./prompt_frame.ts";
import { meantBy, promptKeys } from "./prompt_keys.ts";
import { promptStream } from "./prompt_stream.ts";
import { watchTyping } from "./watch_typing.ts";

/** What a line of a person's may be where one thing is to be picked. */
export interface PickQuestion {
  text: string;
  choices: readonly Choice[];
  /** The value that Enter alone means. */
  preset: string;
  /** A line that names none of the choices is taken as it is. */
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
  while (true) {
    const line = await typedAt(
      question,
      asking,
      async (asking) => await pickByArrows(question, asking),
    );
    if (typeof line !== "string") return line;
    const picked = readPick(line, question);
    if (picked !== undefined) {
      if ("value" in picked) sayTaken([picked.value], question.choices, asking);
      return picked;
    }
    if (line !== "") asking.output.err(noneOfThem(line));
  }
}

/** The value of one of the choices, where no other words will do; undefined when the person left. */
export async function pickValue(
  question: Omit<PickQuestion, "free">,
  asking: Asking,
): Promise<string | undefined> {
  const picked = await pickOne(question, asking);
  return picked && "value" in picked ? picked.value : undefined;
}

/**
 * What a list came to, or the line that a person typed at it: that takes the place of the list, and is
 * gone on with where it was begun. An empty line leads back to the list. `list` is given what ends it.
 */
export async function typedAt<T>(
  { text, choices }: Pick<PickQuestion, "text" | "choices">,
  asking: Asking,
  list: (asking: Asking) => Promise<T>,
): Promise<T | string | undefined> {
  const input = await promptKeys();
  using typing = watchTyping(input);
  const interrupt = AbortSignal.any([asking.interrupt, typing.signal]);
  const frame = promptFrame(await promptStream(asking.output), () => typing.signal.aborted);
  const value = await list({ ...asking, interrupt, terminal: { input, output: frame.stream } });
  if (!typing.signal.aborted || asking.interrupt.aborted) return value;
  // A list that stays would show as taken what nobody picked.
  frame.erase();
  for (const [at, { label, hint }] of choices.entries()) {
    asking.output.err(`│  ${at + 1}  ${label}${hint === undefined ? "" : `  (${hint})`}\n`);
  }
  const begun = typing.text();
  return await askText({ text, placeholder: "Enter: back to the list", begun }, asking);
}

/** Says which of the choices a number that was typed has taken. */
export function sayTaken(
  values: readonly string[],
  choices: readonly Choice[],
  { output }: Asking,
): void {
  for (const { value, label } of choices) if (values.includes(value)) output.err(`│  ${label}\n`);
}

async function pickByArrows(
  question: PickQuestion,
  { output, interrupt, terminal }: Asking,
): Promise<Picked | undefined> {
  const { select, isCancel } = await import("@clack/prompts");
  using left = await watchLeaving(interrupt, terminal?.input);
  const value = await select({
    message: question.text,
    options: question.choices.map((one) => ({ ...one })),
    initialValue: question.preset,
    signal: left.signal,
    ...(terminal ?? { output: await promptStream(output) }),
  });
  return isCancel(value) ? undefined : { value };
}

/** A line as a number of a choice, or as words where those may be; undefined: it is neither. */
function readPick(line: string, { choices, free }: PickQuestion): Picked | undefined {
  const isNumber = /^\d+$/.test(line);
  const picked = isNumber ? choices[Number(line) - 1] : undefined;
  if (picked !== undefined) return { value: picked.value };
  return free === true && !isNumber && line !== "" ? { words: line } : undefined;
}

function noneOfThem(line: string): string {
  return `"${line}" is none of them: answer with a number, as in "1"\n`;
}

/** Asks for a line; empty where Enter alone was typed, undefined when the person left. */
export async function askText(
  question: { text: string; placeholder?: string; begun?: string },
  asking: Asking,
): Promise<string | undefined> {
  const { output, interrupt } = asking;
  if (interrupt.aborted) return undefined;
  if (!output.readsKeys) {
    const more = question.placeholder === undefined ? "" : ` (${question.placeholder})`;
    return (await lineOrLeft(`${question.text}${more}: `, asking))?.trim();
  }
  const { text, isCancel } = await import("@clack/prompts");
  const input = await promptKeys();
  using left = await watchLeaving(interrupt, input);
  const answer = await text({
    message: question.text,
    ...(question.placeholder === undefined ? {} : { placeholder: question.placeholder }),
    ...(question.begun === undefined ? {} : { initialValue: question.begun }),
    signal: left.signal,
    input,
    output: await promptStream(output),
  });
  return isCancel(answer) ? undefined : meantBy(answer ?? "").trim();
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
    const picked = readPick(line, question);
    if (picked !== undefined) return picked;
    asking.output.err(noneOfThem(line));
  }
}
