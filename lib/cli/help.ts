import type { Command, OptionSpec } from "./command.ts";
import { type CommandEntry, COMMANDS } from "./commands.ts";
import { COMMON_OPTIONS } from "./read_words.ts";
import { facts, table, wrap } from "./render/text.ts";

/** The first screen, for who types the program's name alone: at most 15 lines. */
export function firstScreen(version: string): string {
  const groups = Map.groupBy(shownCommands(), (entry) => entry.group);
  const width = Math.max(...[...groups.keys()].map((group) => group.length));
  return [
    ...heading(version),
    ...[...groups].map(([group, entries]) =>
      `  ${group.padEnd(width)}  ${shortNames(entries.map((entry) => entry.name))}`
    ),
    "",
    "What each one does: ouroboros --help",
    "",
  ].join("\n");
}

/** Names in a row; neighbours that begin with the same word say it once: "config get, set". */
function shortNames(names: readonly string[]): string {
  return names.map((name, index) => {
    const [first, second] = name.split(" ");
    return second !== undefined && names[index - 1]?.split(" ")[0] === first ? second : name;
  }).join(", ");
}

/** Every command with a line of its own. */
export function overview(version: string): string {
  const shown = shownCommands();
  const width = Math.max(...shown.map((entry) => entry.name.length));
  const lines = heading(version).slice(0, -1);
  let group = "";
  for (const entry of shown) {
    if (entry.group !== group) lines.push("", `${entry.group}:`);
    group = entry.group;
    lines.push(`  ${entry.name.padEnd(width)}  ${entry.summary}`);
  }
  lines.push(
    "",
    `  ${"version".padEnd(width)}  Print the version (--version, -V)`,
    "",
    "More on one command: ouroboros COMMAND --help",
    "",
  );
  return lines.join("\n");
}

function heading(version: string): string[] {
  return [
    `ouroboros ${version}: has a coding agent do the work, and checks what it claims`,
    "",
    "  ouroboros run seed.yaml",
    '  ouroboros run "reject expired coupons" --check "npm test"',
    "  ouroboros demo",
    "",
  ];
}

function shownCommands(): readonly CommandEntry[] {
  return COMMANDS.filter((entry) => entry.group !== "hidden");
}

/** The help page of a word that begins several commands. */
export function groupPage(entries: readonly CommandEntry[]): string {
  return [
    ...table(entries.map((entry) => [entry.name, entry.summary])).trimEnd().split("\n"),
    "",
    "Examples:",
    ...entries.map((entry) => `  ouroboros ${entry.name} --help`),
    "",
  ].join("\n");
}

/** The help page of one command, for a screen of so many columns; ends with its examples. */
export function helpPage(command: Command, columns: number): string {
  const width = Math.min(100, Math.max(40, columns));
  const options = { ...command.options, ...COMMON_OPTIONS };
  const rows = Object.entries(options)
    .map(([name, spec]): [string, string] => [`  ${label(name, spec)}`, spec.help]);
  const usage = ["ouroboros", command.name, command.usage, "[options]"].filter(Boolean).join(" ");
  return [
    ...wrap(command.summary, width),
    "",
    ...wrap(`Usage: ${usage}`, width),
    ...(command.details ?? []).flatMap((paragraph) => ["", ...wrap(paragraph, width)]),
    "",
    "Options:",
    ...facts(rows, width).trimEnd().split("\n"),
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
