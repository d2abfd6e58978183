import type { SeedDiff } from "../../app/seeds/diff_seeds.ts";
import { type Palette, palette } from "./color.ts";
import { printable, wrap } from "./text.ts";

type Part = { before: string | null; after: string | null };

/** How two seeds differ, part for part: what is gone behind a minus, what came behind a plus. */
export function seedDiffText(diff: SeedDiff, style: { color: boolean; columns: number }): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const { before, after } = diff;
  if (diff.equal) {
    return `${printable(before.id)} and ${printable(after.id)} mean the same\n`;
  }
  const lines = (part: Part, indent: number) => partLines(part, { indent, width, paint });
  const goal = diff.goal === null ? [] : [paint.strong("Goal"), ...lines(diff.goal, 2)];
  const { removed, added } = diff.constraints;
  const constraints = removed.length + added.length === 0 ? [] : [
    paint.strong("Constraints"),
    ...removed.flatMap((one) => lines({ before: one, after: null }, 2)),
    ...added.flatMap((one) => lines({ before: null, after: one }, 2)),
  ];
  const criteria = diff.criteria.flatMap((one) => [
    paint.strong(`Criterion ${printable(one.id)}, ${one.change}`),
    ...(one.change === "added"
      ? lines({ before: null, after: one.description }, 2)
      : one.change === "removed"
      ? lines({ before: one.description, after: null }, 2)
      : []),
    ...one.changes.flatMap((change) => [`  ${change.part}`, ...lines(change, 4)]),
  ]);
  const others = diff.others.length === 0
    ? []
    : [`${paint.strong("Also different")}: ${diff.others.join(", ")}`];
  const head = [
    paint.dim(`- ${printable(before.path)}`),
    paint.dim(`+ ${printable(after.path)}`),
  ];
  return [...head, ...goal, ...constraints, ...criteria, ...others].join("\n") + "\n";
}

function partLines(
  part: Part,
  { indent, width, paint }: { indent: number; width: number; paint: Palette },
): string[] {
  const side = (mark: string, text: string | null, color: (text: string) => string) => {
    if (text === null) return [];
    // Every character counts: nothing is cut.
    const parts = text.split("\n").flatMap((line) => wrap(printable(line), width - indent - 2));
    return parts.map((line, at) =>
      `${" ".repeat(indent)}${color(`${at === 0 ? mark : " "} ${line}`)}`
    );
  };
  return [...side("-", part.before, paint.bad), ...side("+", part.after, paint.good)];
}
