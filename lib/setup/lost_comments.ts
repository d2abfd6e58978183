import type { EditFormat } from "./edit/change.ts";

/**
 * Comments that stand in a text, are gone from the next one, and are not among those that were
 * written by us: a person's words, which no host and no setup can write again.
 */
export function lostComments(
  format: EditFormat | "markdown",
  texts: { before: string; after: string; ours: readonly string[] },
): string[] {
  if (format === "markdown") return [];
  const kept = [texts.after, ...texts.ours].flatMap((text) => commentsIn(format, text));
  return commentsIn(format, texts.before).filter((one) => {
    const index = kept.indexOf(one);
    // Two of the same words are two comments.
    if (index !== -1) kept.splice(index, 1);
    return index === -1;
  });
}

function commentsIn(format: EditFormat, text: string): string[] {
  const sign = format === "yaml" || format === "toml"
    ? /(?:^|\s)(#.*)$/
    : /(?:^|\s)(\/\/.*|\/\*.*)$/;
  return text.split("\n").flatMap((line) => sign.exec(line.trimEnd())?.[1] ?? []);
}
