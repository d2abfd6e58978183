import type { EditValue } from "./change.ts";

/** Columns up to which a list of plain values stands on one line. */
const LINE = 80;

/**
 * A value as JSON, with `\n`. `indent` is that of the line that it begins on; null puts all of it
 * on that line.
 */
export function renderJson(
  value: EditValue,
  layout: { indent: string | null; unit: string },
): string {
  const { indent, unit } = layout;
  if (typeof value !== "object") return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const render = (indent: string | null) =>
    Array.isArray(value)
      ? value.map((item) => renderJson(item, { indent, unit }))
      : Object.entries(value).map(([key, member]) =>
        `${JSON.stringify(key)}: ${renderJson(member, { indent, unit })}`
      );
  const oneLine = open + render(null).join(", ") + close;
  if (indent === null || oneLine.length === 2) return oneLine;
  const plain = Array.isArray(value) && value.every((item) => typeof item !== "object");
  if (plain && oneLine.length <= LINE) return oneLine;
  const inner = indent + unit;
  return `${open}\n${render(inner).map((one) => inner + one).join(",\n")}\n${indent}${close}`;
}
