import type { RuntimeDefinition } from "../definition.ts";
import { PERMISSIONS } from "../../kernel/runtime_event.ts";

const HEADINGS = [
  "runtime",
  "lowest version",
  "speaks while it works",
  "resume",
  "system prompt",
  "tool restriction",
  "answers questions",
  "structured output",
  "usage",
  "cost",
];

/** What each runtime can do, what confines it, and what to know of it: Markdown for the README. */
export function capabilityTable(definitions: readonly RuntimeDefinition[]): string {
  return [
    row(HEADINGS),
    row(HEADINGS.map(() => "---")),
    ...definitions.map(capabilityRow),
    "",
    row(["runtime", "permission", "what confines the agent", "a write outside the worktree"]),
    row(["---", "---", "---", "---"]),
    ...definitions.flatMap(confinementRows),
    "",
    ...definitions.filter((definition) => definition.limitations.length > 0).flatMap((
      definition,
    ) => [
      `**${definition.title}**`,
      "",
      ...definition.limitations.map((line) => `- ${line}`),
      "",
    ]),
  ].join("\n").trimEnd() + "\n";
}

function capabilityRow(definition: RuntimeDefinition): string {
  const { capabilities: can } = definition;
  return row([
    `\`${definition.id}\`` + (definition.maturity === "experimental" ? " (experimental)" : ""),
    definition.binary.kind === "external" ? definition.binary.lowestVersion : "built in",
    can.streaming === "events" ? "yes" : "no, prints at its end",
    can.resume === "by-id" ? "by id" : "no",
    can.systemPrompt === "native" ? "its own" : "put before the prompt",
    can.toolRestriction === "native" ? "yes" : "no",
    can.completions ? "yes" : "no",
    can.structuredOutput === "native" ? "yes" : "no",
    { "per-call": "each call", "per-attempt": "each attempt", none: "not reported" }[can.usage],
    can.cost === "reported" ? "reported" : "unknown",
  ]);
}

function confinementRows(definition: RuntimeDefinition): string[] {
  return PERMISSIONS.map((word) => {
    const mapping = definition.permissions[word];
    return mapping
      ? row([
        `\`${definition.id}\``,
        `\`${word}\``,
        mapping.confinement,
        mapping.stopsOutsideWrites ? "stopped by the CLI" : "not stopped",
      ])
      : row([`\`${definition.id}\``, `\`${word}\``, "not offered by this CLI", "–"]);
  });
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
}
