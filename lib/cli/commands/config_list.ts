import { type ConfigAnswer, valueText } from "../../app/config/config_get.ts";
import { listConfig, type OtherKey } from "../../app/config/config_list.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Output } from "../../kernel/output.ts";
import type { Command } from "../command.ts";
import { palette } from "../render/color.ts";
import { clip, printable, table, visible } from "../render/text.ts";

/** `ouroboros config list`: every key that exists, and what else the file holds. */
export const configList: Command = {
  name: "config list",
  usage: "[SECTION]",
  summary: "Lists every setting: its value, where that is from, and what it does.",
  details: ["Keys that this version does not know, or does not act on, follow below."],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros config list", "ouroboros config list run", "ouroboros config list --json"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const listing = await listConfig(app, words.positional[0]);
    if (words.has("json")) {
      output.out(`${JSON.stringify(listing)}\n`);
      return EXIT.done;
    }
    showKeys(listing.keys, output);
    for (
      const [title, keys] of [
        ["Unknown", listing.unknown],
        ["From the earlier Python program", listing.original],
      ] as const
    ) {
      if (keys.length > 0) output.out(`\n${title}:\n${keys.map(otherLine).join("")}`);
    }
    if (!listing.exists) output.err(`There is no ${listing.file} yet: all are defaults\n`);
    return EXIT.done;
  },
};

/** One line a key; on a narrow terminal without the name of the source, and what it does cut. */
function showKeys(keys: readonly ConfigAnswer[], output: Output): void {
  const columns = output.isTerminal ? output.columns() : Number.MAX_SAFE_INTEGER;
  const rows = (named: boolean) =>
    table(keys.map(({ key, value, source, from }) => [
      key,
      value === null ? "-" : clip(valueText(value), 40),
      named && source !== "default" && from !== key ? from ?? source : source,
    ])).trimEnd().split("\n");
  const widest = (lines: readonly string[]) => Math.max(...lines.map(visible)) + 2;
  const [full, short] = [rows(true), rows(false)];
  const lines = widest(full) + ABOUT_COLUMNS > columns ? short : full;
  const room = columns - widest(lines);
  const paint = palette(output.color);
  for (const [index, line] of lines.entries()) {
    const about = room < ABOUT_COLUMNS / 2 ? "" : clip(keys[index]!.about, room);
    const blanks = " ".repeat(widest(lines) - visible(line));
    output.out(`${about === "" ? line : `${line}${blanks}${paint.dim(about)}`}\n`);
  }
}

/** Fewer columns say little about what a key does. */
const ABOUT_COLUMNS = 24;

function otherLine({ key, value, note, line }: OtherKey): string {
  const shown = value === null ? "" : `: ${clip(String(value), 40)}`;
  return `  ${printable(key)}${shown}${line === null ? "" : ` (line ${line})`}  ${note}\n`;
}
