/** A JSON object whose fields are not known. */
export type Json = Record<string, unknown>;

/** `value` as an object; anything else gives an empty one. */
export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Json : {};
}

/** `value` as a list of objects; anything else gives an empty one. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

/** The text of a message's content, in any of the three dialects. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return objects(content)
    .map((part) => typeof part.text === "string" ? part.text : textOf(part.content ?? ""))
    .join("\n");
}
