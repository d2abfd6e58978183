import type { Recovered } from "../../app/setup/recover.ts";
import type { FileGroup, SetupResult, StartCheck } from "../../app/setup/views.ts";
import { palette } from "./color.ts";
import { type PlanStyle, short, STATE_WORDS } from "./setup_plan.ts";
import { counted, duration, facts, printable } from "./text.ts";

/** What a setup did, what it left alone, and what to do now. */
export function setupResultText(result: SetupResult, style: PlanStyle): string {
  const paint = palette(style.color);
  const { groups, hosts, verification, after } = result;
  const chosen = hosts.filter((one) => one.chosen).map((one) => one.title).join(", ");
  const lines = [headline(result, chosen)];
  if (result.outcome === "done") lines.push(...doneLines(groups, style));
  lines.push(...verification.map((one) => startText(one, style)));
  const rows: [string, string][] = [
    ...hosts.filter((one) => one.chosen && one.state === "foreign").map((
      one,
    ): [string, string] => [
      paint.unsure("Not registered"),
      `${one.title}: an entry of your own has our name, see the note above`,
    ]),
    ...hosts.filter((one) => !one.chosen && result.notRegistered.includes(one.id)).map((
      one,
    ): [string, string] => [
      "Not touched",
      `${one.title} (${STATE_WORDS[one.state]}): ${one.command}`,
    ]),
    ...after.filter((one) => one.executionOnly).map((one): [string, string] => [
      one.title,
      "Used for execution only; questions and scoring use llm.backend",
    ]),
    ...(result.outcome === "planned" ? [] : after.flatMap((one): [string, string][] => [
      ["Restart", one.restart],
      ["Then type", `${one.firstWords}${after.length > 1 ? `  (in ${one.title})` : ""}`],
    ])),
    ["Next", nextOf(result)],
  ];
  return `${lines.join("\n")}\n${facts(rows, style.columns)}`;
}

function headline(result: SetupResult, chosen: string): string {
  switch (result.outcome) {
    case "planned":
      return `This is what setting up ${chosen} would do; nothing was written`;
    case "unchanged":
      return `Nothing to do: ${chosen} is set up, nothing was written`;
    case "done":
      return `Set up ${chosen}`;
  }
}

function nextOf(result: SetupResult): string {
  if (result.outcome !== "planned") return result.next;
  const ids = result.hosts.filter((one) => one.chosen).map((one) => one.id);
  return `ouroboros setup --runtime ${ids.join(",")}`;
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  create: "created",
  change: "changed",
  remove: "removed",
  kept: "kept",
};

/** What became of each file. */
export function doneLines(groups: readonly FileGroup[], style: PlanStyle): string[] {
  const paint = palette(style.color);
  return groups.flatMap((group) => group.files).filter((file) => file.action !== "same")
    .map((file) => {
      const word = DONE_WORDS[file.action]!.padEnd("created".length);
      const painted = file.action === "kept" ? paint.unsure(word) : paint.good(word);
      return `  ${painted}  ${printable(short(file.path, style.home))}`;
    });
}

/** What came of a start of the registered command. */
export function startText(check: StartCheck, style: PlanStyle): string {
  const paint = palette(style.color);
  const took = paint.dim(`(${duration(check.durationMs)})`);
  if (check.ok) {
    return `${paint.good("Starts")}  as ${check.hosts.join(" and ")} would start it: ` +
      `${printable(check.server ?? "")} answers ${took}`;
  }
  return `${paint.bad("Does not start")}  as ${check.hosts.join(" and ")} would start it: ${
    printable(check.problem ?? "")
  } ${took}`;
}

/** What became of a set-up that was cut off. */
export function recoveredText(
  recovered: Recovered,
  style: PlanStyle,
): string {
  const did = recovered.outcome === "completed" ? "completed" : "taken back";
  const kept = recovered.kept.map((path) =>
    `  changed since, and left as it is: ${printable(short(path, style.home))}\n`
  );
  return `An earlier set-up was cut off: it was ${did} (${
    counted(recovered.files.length, "file")
  })\n${kept.join("")}\n`;
}
