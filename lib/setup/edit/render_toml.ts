import type { EditValue } from "./change.ts";

/** A dotted key; parts that are no bare words in quotes. */
export function renderTomlKey(path: readonly string[]): string {
  return path.map((part) => /^[A-Za-z0-9_-]+$/.test(part) ? part : renderText(part)).join(".");
}

/** A value on one line: mappings as inline tables. */
export function renderTomlValue(value: EditValue): string {
  if (typeof value === "string") return renderText(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(renderTomlValue).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) =>
    `${renderTomlKey([key])} = ${renderTomlValue(member)}`
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/**
 * A table and the tables in it as lines, blank lines between them. A table that only holds tables
 * needs no header of its own.
 */
export function renderTomlTable(
  path: readonly string[],
  value: { readonly [key: string]: EditValue },
): string[] {
  const entries = Object.entries(value);
  const isTable = (member: EditValue): member is { readonly [key: string]: EditValue } =>
    typeof member === "object" && !Array.isArray(member);
  const pairs = entries.filter(([, member]) => !isTable(member));
  const tables = entries.flatMap(([key, member]) =>
    isTable(member) ? [renderTomlTable([...path, key], member)] : []
  );
  const own = pairs.length > 0 || tables.length === 0
    ? [[
      `[${renderTomlKey(path)}]`,
      ...pairs.map(([key, member]) => `${renderTomlKey([key])} = ${renderTomlValue(member)}`),
    ]]
    : [];
  return [...own, ...tables].flatMap((lines, index) => index === 0 ? lines : ["", ...lines]);
}

/** JSON's quotes are TOML's, but for the one control character that JSON leaves as it is. */
function renderText(text: string): string {
  return JSON.stringify(text).replaceAll("\x7f", "\\u007f");
}
