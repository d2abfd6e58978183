import type { Words } from "./command.ts";

/** Says of a command's words that they decide something, unless one of `looks` makes it only look. */
export function unlessGiven(...looks: readonly string[]): (words: Words) => boolean {
  return (words) => !looks.some((one) => words.has(one));
}
