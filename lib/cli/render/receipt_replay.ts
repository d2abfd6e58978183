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
  if (report.branch) lines.push(...branchLines(report.branch));
  const runs = [...report.criteria.flatMap((one) => one.runs), ...report.branch?.runs ?? []];
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

/** The files that `apply` brings, with every check that held there. */
function branchLines({ result, runs }: NonNullable<ReplayReport["branch"]>): string[] {
  const word = result === null ? "nothing to replay" : WORDS[result];
  const odd = runs.filter((run) => run.result !== "matches");
  return [
    `${word}: the run's branch, as apply brings it: ${
      counted(runs.length, "run")
    } of what holds there`,
    ...odd.flatMap(({ criterion, check, command, why }) => [
      `  criterion ${criterion}, check ${check} on the branch: ${command ?? "hidden"}`,
      `    ${why}`,
    ]),
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
