import { valueText } from "../../app/config_get.ts";
import { listConfig, type OtherKey } from "../../app/config_list.ts";
import { EXIT } from "../../kernel/exit_code.ts";
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
    const rows = listing.keys.map(({ key, value, source, from }) => [
      key,
      value === null ? "-" : clip(valueText(value), 40),
      source !== "default" && from !== key ? from ?? source : source,
    ]);
    const paint = palette(output.color);
    const left = table(rows).trimEnd().split("\n");
    const width = Math.max(...left.map(visible)) + 2;
    const room = output.isTerminal ? Math.max(0, output.columns() - width) : 200;
    for (const [index, line] of left.entries()) {
      const about = room < 12 ? "" : clip(listing.keys[index]!.about, room);
      const blanks = about === "" ? "" : " ".repeat(width - visible(line));
      output.out(`${line}${blanks}${about === "" ? "" : paint.dim(about)}\n`);
    }
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

function otherLine({ key, value, note, line }: OtherKey): string {
  const shown = value === null ? "" : `: ${clip(String(value), 40)}`;
  return `  ${printable(key)}${shown}${line === null ? "" : ` (line ${line})`}  ${note}\n`;
}
