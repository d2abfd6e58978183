import type { ReplayReport } from "../../app/receipts/replay_report.ts";
import { counted, printable } from "./text.ts";

const WORDS = { matches: "matches", differs: "differs", cannot_replay: "cannot replay" } as const;

/** A replay for people: each criterion, what differs, what is missing, what is only claimed. */
export function replayText(report: ReplayReport): string {
  const lines: string[] = [];
  for (const { id, description, state, result, runs } of report.criteria) {
    const word = result === null ? "nothing to replay" : WORDS[result];
    lines.push(`${word}: criterion ${id} (${state}): ${description.replace(/\s+/g, " ")}`);
    for (const run of runs) {
      if (run.result === "matches") continue;
      const title = run.command ?? `hidden check ${run.check}`;
      lines.push(`  check ${run.check} on the ${run.on}: ${title}`, `    ${run.why}`);
    }
  }
  const runs = report.criteria.flatMap((one) => one.runs);
  const count = (result: ReplayReport["result"]) =>
    runs.filter((run) => run.result === result).length;
  const parts = [
    `${counted(count("matches"), "run")} as recorded`,
    ...(count("differs") > 0 ? [`${count("differs")} not`] : []),
    ...(count("cannot_replay") > 0 ? [`${count("cannot_replay")} not possible here`] : []),
  ];
  lines.push("", `${capital(WORDS[report.result])}: ${parts.join(", ")}`);
  for (const one of report.missing) lines.push(`Missing: ${one}`);
  lines.push(`Digest of what was replayed: ${report.digest}`, "");
  lines.push("As claimed (nobody can find it out again)", `  run ${report.claimed.run}`);
  for (const { id, changed, claimed } of report.claimed.criteria) {
    lines.push(
      `  criterion ${id}: ${claimed.runtime} ${claimed.version ?? "(version unknown)"}, model ${
        claimed.model ?? "unknown"
      }, ${counted(claimed.attempts, "try", "tries")}`,
    );
    if (changed) {
      lines.push("    changed after the export: the file's own digest of it does not fit");
    }
    if (claimed.accepted) {
      const { by, at, reason } = claimed.accepted;
      lines.push(`    accepted by ${by} at ${at}: ${reason.replace(/\s+/g, " ")}`);
    }
  }
  return `${lines.map(printable).join("\n")}\n`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
