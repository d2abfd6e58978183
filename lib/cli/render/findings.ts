import type { DoctorReport } from "../../app/doctor.ts";
import { palette } from "./color.ts";
import { printable } from "./text.ts";

/** What an examination found, for people: a block a section, a line a finding, its hint below. */
export function findingsText(
  { sections }: Pick<DoctorReport, "sections">,
  options: { color: boolean },
): string {
  const paint = palette(options.color);
  const marks = { ok: paint.good("ok  "), note: paint.unsure("note"), bad: paint.bad("bad ") };
  return sections.map(({ title, findings }) => {
    const lines = findings.map(({ level, text, hint }) => {
      const below = hint ? `        ${paint.dim(printable(hint))}\n` : "";
      return `  ${marks[level]}  ${printable(text)}\n${below}`;
    });
    return `${paint.strong(title)}\n${lines.join("")}`;
  }).join("");
}
