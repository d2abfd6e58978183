import type {
  CheckedCriterion,
  CheckReport,
  GateChange,
  GateCheck,
} from "../../app/check/check_seed_report.ts";
import type { Palette } from "./color.ts";
import { cell, code } from "./receipt_formats.ts";
import { type JunitCase, junitReport } from "./receipt_junit.ts";
import { clip, duration, printable } from "./text.ts";

/** So many last lines of a failed check's output are shown. */
const SHOWN_LINES = 30;

/** A criterion that was decided, with what its failed checks printed. */
export function checkedLines(criterion: CheckedCriterion, paint: Palette): string {
  const { id, description, state, reason, checks } = criterion;
  const word = {
    passed: paint.good("passed"),
    failed: paint.bad("failed"),
    unverified: paint.unsure("undecided"),
  }[state];
  const took = checks.reduce((sum, check) => sum + (check.head?.durationMs ?? 0), 0);
  const lines = [
    `${word}  ${id}: ${clip(description, 120)} (${duration(took)})`,
    `  ${clip(reason, 400)}`,
  ];
  for (const check of checks) {
    if (check.control && check.control.state !== "full") {
      const why = check.control.reason === "" ? "" : `, ${check.control.reason}`;
      lines.push(`  control: ${check.control.state}${clip(why, 300)}`);
    }
    if (check.head === null || check.head.verdict === "pass" || check.head.output === "") continue;
    // A mark before each line: nothing that a check prints is a command to the server that shows it.
    const printed = check.head.output.trimEnd().split("\n").slice(-SHOWN_LINES);
    lines.push(...printed.map((line) => `  | ${printable(line)}`));
  }
  return `${lines.join("\n")}\n`;
}

/** The last lines: changes that are not allowed, and the result. */
export function checkEnd(report: CheckReport, paint: Palette): string {
  const { changes, changesAllowed, result, reason, base } = report;
  const told = changes.map((change) =>
    `${changesAllowed ? "allowed" : paint.bad("changed")}  ${changeText(change)}`
  );
  const hint = changes.length > 0 && !changesAllowed
    ? ["  If it is meant: --allow-seed-change"]
    : [];
  const word = { passed: "Passed", failed: "Failed", unverified: "Undecided" }[result];
  const against = base ? ` (against ${base.ref}, ${base.commit.slice(0, 12)})` : "";
  return `${[...told, ...hint, `${word}: ${reason}${against}`].join("\n")}\n`;
}

function changeText({ path, kind, what }: GateChange): string {
  const name = what === "seed" ? `The seed "${path}"` : `The protected file "${path}"`;
  const verb = {
    added: "is not on the base",
    modified: "differs from the base",
    deleted: "is gone",
  };
  return printable(`${name} ${verb[kind]}`);
}

/** The report for CI servers: one suite a criterion, one case a check. */
export function checkJunit(report: CheckReport): string {
  return junitReport(`ouroboros check ${report.seed.name}`, [
    ...report.criteria.flatMap(casesOf),
    ...report.changesAllowed ? [] : report.changes.map((change): JunitCase => ({
      suite: "changes",
      name: change.path,
      seconds: 0,
      result: "failed",
      message: changeText(change),
    })),
  ]);
}

function casesOf({ id, description, state, reason, checks }: CheckedCriterion): JunitCase[] {
  const suite = `${id}: ${description}`;
  const cases = checks.map((check, index): JunitCase => {
    const { head } = check;
    const own = { suite, name: titleOf(check, index), seconds: (head?.durationMs ?? 0) / 1000 };
    if (head === null) return { ...own, result: "skipped", message: "a person decides" };
    const detail = head.verdict === "pass" ? "" : head.output;
    const message = head.line || `exit ${head.exit ?? "none"}`;
    if (head.verdict === "pass") return { ...own, result: "passed" };
    return { ...own, result: head.verdict === "fail" ? "failed" : "error", message, detail };
  });
  const settled = cases.some((one) => one.result === "failed" || one.result === "error");
  if (state === "passed" || settled) return cases;
  const result = state === "failed" ? "failed" : "error";
  return [...cases, { suite, name: "decision", seconds: 0, result, message: reason }];
}

function titleOf(check: GateCheck, index: number): string {
  return check.title ?? `hidden check ${index + 1}`;
}

/** The paths by which a GitHub job finds files. */
export interface JobPaths {
  seed: string;
  /** Of a file by its path from the project's folder. */
  protected(path: string): string;
}

/** Remarks of a GitHub job, at the criterion's line of the seed; "" where all passed. */
export function annotations(
  report: CheckReport,
  seedText: string,
  paths: JobPaths = { seed: report.seed.name, protected: (path) => path },
): string {
  const { criteria, changes, changesAllowed } = report;
  const lines = criteria.filter((one) => one.state !== "passed").map((one) =>
    remark(one.state === "failed" ? "error" : "warning", {
      file: paths.seed,
      line: lineOf(seedText, one),
      title: `Criterion ${one.id}: ${clip(one.description, 80)}`,
      message: one.reason,
    })
  );
  const changed = changesAllowed ? [] : changes.map((change) =>
    remark("error", {
      file: change.what === "seed" ? paths.seed : paths.protected(change.path),
      line: 1,
      title: "Changed since the base",
      message: changeText(change),
    })
  );
  return [...lines, ...changed].join("");
}

function remark(
  kind: "error" | "warning",
  { file, line, title, message }: { file: string; line: number; title: string; message: string },
): string {
  return `::${kind} file=${property(file)},line=${line},title=${property(title)}::${
    data(message)
  }\n`;
}

/** As the server takes them back: https://github.com/actions/toolkit, core/src/command.ts. */
function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Where the seed has the criterion's own words, as near as a search can tell. */
function lineOf(source: string, { id, description }: CheckedCriterion): number {
  const lines = source.split("\n");
  const start = description.split("\n")[0]!.slice(0, 40);
  const at = lines.findIndex((line) => line.includes(start));
  const byId = lines.findIndex((line) => /^\s*(-\s+)?id:/.test(line) && line.includes(id));
  return Math.max(at, at < 0 ? byId : at, 0) + 1;
}

/** The page of a GitHub job. */
export function checkSummary(report: CheckReport): string {
  const rows = report.criteria.map(({ id, description, state, reason, checks }) => {
    const titles = checks.map((check, index) =>
      check.title === null ? titleOf(check, index) : code(clip(check.title, 80))
    ).join("<br>");
    const word = { passed: "✅ passed", failed: "❌ failed", unverified: "❔ undecided" }[state];
    return `| ${word} | ${cell(id)} | ${cell(clip(description, 200))} | ${titles || "none"} | ${
      cell(clip(reason, 300))
    } |`;
  });
  const word = { passed: "Passed", failed: "Failed", unverified: "Undecided" }[report.result];
  return [
    `## ${word}: ${cell(report.seed.goal.split("\n")[0]!)}`,
    "",
    `${cell(report.reason)}.`,
    "",
    ...(rows.length === 0 ? [] : [
      "| Result | Criterion | What must hold | Checks | Why |",
      "| ------ | --------- | -------------- | ------ | --- |",
      ...rows,
      "",
    ]),
    ...report.changes.map((change) =>
      `- ${report.changesAllowed ? "allowed" : "**not allowed**"}: ${cell(changeText(change))}`
    ),
    "",
  ].join("\n");
}
