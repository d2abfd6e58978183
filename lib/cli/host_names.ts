import type { Words } from "./command.ts";

/** The hosts that were named, by `--runtime` or as words of their own; commas part several. */
export function hostNames(words: Pick<Words, "texts" | "positional">): string[] {
  const typed = [...words.texts("runtime"), ...words.positional].flatMap((one) => one.split(","));
  return [...new Set(typed.map((one) => one.trim()).filter((one) => one !== ""))];
}
