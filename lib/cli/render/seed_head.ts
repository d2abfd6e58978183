import type { ShownSeed } from "../../app/seeds/show_seed.ts";
import { palette } from "./color.ts";
import { clip, counted, facts, printable } from "./text.ts";

/** What is known of a seed beside its text: id, file, origin, what decides it, and warnings. */
export function seedHeadText(
  shown: ShownSeed,
  style: { color: boolean; columns: number },
): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const { criteria, digest } = shown.seed;
  const checked = criteria.filter((one) => one.checks.length > 0).length;
  const rows: [string, string][] = [
    ["Seed", `${printable(shown.id)}, digest ${digest.slice(0, 12)}`],
    ["File", printable(shown.path)],
    ...(shown.from === null ? [] : [["From", `seed ${clip(shown.from, 130)}`] as [string, string]]),
    ...(shown.interview === null
      ? []
      // What it says of its clarity was measured of another text.
      : [[
        "Asked",
        `interview ${clip(shown.interview, 130)}${shown.from === null ? "" : ", edited since"}`,
      ] as [string, string]]),
    ["Holds", `${counted(criteria.length, "criterion", "criteria")}, ${checked} with a check`],
  ];
  // Whole, and broken by nobody but the terminal: a warning may end in what is to be typed.
  const warnings = shown.warnings.map((one) =>
    `${paint.unsure("Warning")}: ${clip(`${one.path}: ${one.message}`, Infinity)}\n`
  );
  return `${facts(rows, width)}${warnings.join("")}\n`;
}
