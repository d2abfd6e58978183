import { closestString } from "@std/text/closest-string";
import { OuroborosError } from "../kernel/error.ts";
import type { Words } from "./command.ts";

/** The value of an option that takes one of a few words. Errors: usage, with the nearest word. */
export function choiceOf<T extends string>(
  words: Words,
  option: string,
  choices: readonly T[],
): T | undefined {
  const typed = words.text(option);
  if (typed === undefined) return undefined;
  const found = choices.find((one) => one === typed.toLowerCase());
  if (found !== undefined) return found;
  throw new OuroborosError({
    code: "usage",
    message: `Use "${typed}" as "--${option}": it takes ${choices.join(", ")}`,
    hint: `--${option} ${closestString(typed, choices)}`,
  });
}
