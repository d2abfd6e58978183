import type { ConfigChange } from "../../app/config_change.ts";
import { valueText } from "../../app/config_get.ts";
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
  const { key, file, value, lines } = change;
  const now = value === null ? "" : `: ${key} is ${printable(valueText(value))}`;
  if (!change.changed) output.out(`Nothing to change in ${file}${now}\n`);
  else if (!change.dryRun) output.out(`Changed ${file}${now}\n`);
  else {
    const paint = palette(output.color);
    output.out(`Would change ${file}${now}\n`);
    output.out(`@@ line ${lines?.line} @@\n`);
    for (const line of lines?.removed ?? []) output.out(paint.bad(`-${printable(line)}`) + "\n");
    for (const line of lines?.added ?? []) output.out(paint.good(`+${printable(line)}`) + "\n");
  }
  for (const note of change.notes) output.err(`Note: ${printable(note)}\n`);
}
