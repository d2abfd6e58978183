import type { EditValue } from "./change.ts";

/** Words that are no text to one of the two versions of YAML. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;

/** Text that is the same plain and in quotes, to both versions of YAML, in block and flow style. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/;

/** A key or text: plain where that is safe, else in double quotes. */
export function renderYamlText(text: string, quote: "plain" | "double" | "single"): string {
  if (quote === "plain" && PLAIN.test(text) && !WORDS.test(text)) return text;
  // deno-lint-ignore no-control-regex -- single quotes cannot hold what has to be escaped
  if (quote === "single" && !/[\x00-\x1f\x7f-\uffff]/.test(text)) {
    return `'${text.replaceAll("'", "''")}'`;
  }
  // JSON's quotes are YAML's, but for what YAML takes for the end of a line or does not print.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value on one line, in flow style; texts in double quotes. */
export function renderYamlFlow(value: EditValue): string {
  if (typeof value === "string") return renderYamlText(value, "double");
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(renderYamlFlow).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) =>
    `${renderYamlText(key, "plain")}: ${renderYamlFlow(member)}`
  );
  return `{${members.join(", ")}}`;
}

/**
 * A key and its value as lines, each with `indent` before it. Mappings in block style, lists of
 * single values on one line.
 */
export function renderYamlLines(
  key: string,
  value: EditValue,
  layout: { indent: string; unit: string },
): string[] {
  const { indent, unit } = layout;
  const start = `${indent}${renderYamlText(key, "plain")}:`;
  const members = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  if (members.length === 0) return [`${start} ${renderYamlFlow(value)}`];
  return [
    start,
    ...members.flatMap(([key, member]) =>
      renderYamlLines(key, member, { indent: indent + unit, unit })
    ),
  ];
}
