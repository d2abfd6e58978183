import type { Choice } from "./ask.ts";
import { type Asking, lineOrLeft, watchLeaving } from "./leaving.ts";
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
      asking,
      async (interrupt) => await pickByArrows(question, interrupt),
    );
    if (typeof line !== "string") return line;
    const picked = readPick(line, question);
    if (picked !== undefined) return picked;
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
 * What a list came to, or the line that a person typed at it: that ends the list, and is gone on with
 * where it was begun. An empty line leads back to the list. `list` is given what ends it.
 */
export async function typedAt<T>(
  asking: Asking,
  list: (asking: Asking) => Promise<T>,
): Promise<T | string | undefined> {
  using typing = await watchTyping();
  const interrupt = AbortSignal.any([asking.interrupt, typing.signal]);
  const value = await list({ ...asking, interrupt });
  if (!typing.signal.aborted || asking.interrupt.aborted) return value;
  if (typing.entered()) return typing.text().trim();
  return await askText({
    text: "A number, or your own words",
    placeholder: "Enter: back to the list",
    begun: typing.text(),
  }, asking);
}

async function pickByArrows(
  question: PickQuestion,
  { output, interrupt }: Asking,
): Promise<Picked | undefined> {
  const { select, isCancel } = await import("@clack/prompts");
  using left = await watchLeaving(interrupt);
  const value = await select({
    message: question.text,
    options: question.choices.map((one) => ({ ...one })),
    initialValue: question.preset,
    signal: left.signal,
    output: await promptStream(output),
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
  using left = await watchLeaving(interrupt);
  const answer = await text({
    message: question.text,
    ...(question.placeholder === undefined ? {} : { placeholder: question.placeholder }),
    ...(question.begun === undefined ? {} : { initialValue: question.begun }),
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
    const picked = readPick(line, question);
    if (picked !== undefined) return picked;
    asking.output.err(noneOfThem(line));
  }
}
