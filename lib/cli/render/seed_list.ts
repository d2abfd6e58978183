import type { ListedSeed } from "../../app/seeds/list_seeds.ts";
import { localTime } from "../../kernel/local_time.ts";
import { palette } from "./color.ts";
import { clip, counted } from "./text.ts";

/** Seeds, one a line: id, when it was written, how many criteria, and its goal, or why it is none. */
export function seedListText(
  seeds: readonly ListedSeed[],
  style: { color: boolean; columns: number },
): string {
  const paint = palette(style.color);
  const width = Math.max(...seeds.map((one) => clip(one.id, MOST_ID).length));
  const counts = seeds.map((one) => counted(one.criteria, "criterion", "criteria"));
  const countWidth = Math.max(...counts.map((one) => one.length));
  return seeds.map((one, at) => {
    const start = `${clip(one.id, MOST_ID).padEnd(width)}  ${localTime(one.changedAt)}  `;
    const count = counts[at]!.padEnd(countWidth);
    const room = Math.max(16, style.columns - start.length - count.length - 2);
    if (one.problem === null) return `${start}${count}  ${clip(one.goal ?? "", room)}\n`;
    const word = "broken".padEnd(countWidth);
    return `${start}${paint.bad(word)}  ${clip(one.problem, room)}\n`;
  }).join("");
}

/** Longer names are of somebody's making. */
const MOST_ID = 40;
