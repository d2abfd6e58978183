import type { Command, OptionSpec } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { COMMON_OPTIONS } from "./read_words.ts";

/** The first help screen. */
export function overview(version: string): string {
  const shown = COMMANDS.filter((entry) => entry.group !== "hidden");
  const width = Math.max(...shown.map((entry) => entry.name.length));
  const lines = [
    `ouroboros ${version}: has a coding agent do the work, and checks what it claims`,
    "",
    "  ouroboros run seed.yaml",
    '  ouroboros run "reject expired coupons" --check "npm test"',
    "  ouroboros demo",
  ];
  let group = "";
  for (const entry of shown) {
    if (entry.group !== group) lines.push("", `${entry.group}:`);
    group = entry.group;
    lines.push(`  ${entry.name.padEnd(width)}  ${entry.summary}`);
  }
  lines.push("", "More on one command: ouroboros COMMAND --help", "");
  return lines.join("\n");
}

/** The help page of one command; ends with its examples. */
export function helpPage(command: Command): string {
  const options = { ...command.options, ...COMMON_OPTIONS };
  const rows = Object.entries(options).map(([name, spec]) => [label(name, spec), spec.help]);
  const width = Math.max(...rows.map(([left]) => left!.length));
  return [
    command.summary,
    "",
    `Usage: ouroboros ${[command.name, command.usage, "[options]"].filter(Boolean).join(" ")}`,
    ...(command.details ?? []).flatMap((paragraph) => ["", paragraph]),
    "",
    "Options:",
    ...rows.map(([left, help]) => `  ${left!.padEnd(width)}  ${help}`),
    "",
    "Examples:",
    ...command.examples.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function label(name: string, spec: OptionSpec): string {
  const value = spec.value === undefined ? "" : ` ${spec.value}${spec.repeated ? " …" : ""}`;
  return `${spec.short ? `-${spec.short}, ` : ""}--${name}${value}`;
}
