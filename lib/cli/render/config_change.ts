import type { ConfigChange } from "../../app/config/config_change.ts";
import { valueText } from "../../app/config/config_get.ts";
import type { Output } from "../../kernel/output.ts";
import { palette } from "./color.ts";
import { printable } from "./text.ts";

/** A change of the configuration: one line when it was made, line by line when it would be. */
export function showConfigChange(
  change: ConfigChange,
  { output, json }: { output: Output; json: boolean },
): void {
  if (json) {
    output.out(`${JSON.stringify(change)}\n`);
    return;
  }
  output.out(`${printable(sentence(change))}\n`);
  if (change.dryRun && change.lines !== null) {
    const { line, removed, added } = change.lines;
    const paint = palette(output.color);
    output.out(`@@ line ${line} @@\n`);
    for (const one of removed) output.out(`${paint.bad(`-${printable(one)}`)}\n`);
    for (const one of added) output.out(`${paint.good(`+${printable(one)}`)}\n`);
  }
  for (const note of change.notes) output.err(`Note: ${printable(note)}\n`);
}

function sentence({ key, file, changed, dryRun, written, value }: ConfigChange): string {
  if (written !== null) {
    const to = valueText(written);
    if (!changed) return `Nothing to do: ${key} is ${to} in ${file}`;
    return `${dryRun ? "Would set" : "Set"} ${key} to ${to} in ${file}`;
  }
  const now = value === null
    ? ""
    : `; it is ${valueText(value)} ${dryRun && changed ? "then" : "now"}`;
  if (!changed) return `Nothing to do: ${key} is not set in ${file}${now}`;
  return `${dryRun ? "Would take" : "Took"} ${key} out of ${file}${now}`;
}
