import type { Receipt, ReceiptCheck, ReceiptRun, RunReceipts } from "../../app/run_receipts.ts";
import { type JunitCase, junitReport } from "./receipt_junit.ts";
import { printable } from "./text.ts";

/** Receipts as Markdown, for a pull request's text: what was checked, then what is only claimed. */
export function receiptsMarkdown(found: Pick<RunReceipts, "runId" | "receipts">): string {
  const parts = found.receipts.map(({ digest, receipt }) => sectionOf(digest, receipt));
  return [`## Receipts of run \`${found.runId}\``, "", ...parts].join("\n");
}

function sectionOf(digest: string, { replayable, claimed }: Receipt): string {
  const { criterion, decision, checks, baseTree, tree } = replayable;
  const rows = checks.map((check, index) =>
    `| ${index + 1} | ${titleOf(check, index)} | ${said(check.base)} | ${said(check.work)}${
      check.control ? `, control: ${check.control.state}` : ""
    } |`
  );
  const { usage, accepted } = claimed;
  const cost = usage.costUsd === undefined ? "cost unknown" : `$${usage.costUsd.toFixed(4)}`;
  return [
    `### ${cell(criterion.id)}: ${cell(criterion.description)}`,
    "",
    `**${decision.state}**: ${cell(decision.reason)}`,
    ...(accepted
      ? ["", `Accepted by ${cell(accepted.by)}, not by a check: ${cell(accepted.reason)}`]
      : []),
    "",
    ...(rows.length === 0 ? ["No check: nothing was checked."] : [
      "| # | Check | On the base | On the work |",
      "| - | ----- | ----------- | ----------- |",
      ...rows,
    ]),
    "",
    `Trees \`${baseTree.slice(0, 12)}\` → \`${tree?.slice(0, 12) ?? "none"}\`, receipt \`${
      digest.slice(0, 16)
    }\`.`,
    "",
    `As claimed: ${cell(claimed.runtime)} ${cell(claimed.version ?? "(version unknown)")}, model ${
      cell(claimed.model ?? "unknown")
    }, ${claimed.attempts} ${claimed.attempts === 1 ? "try" : "tries"}, ${cost}.`,
    "",
  ].join("\n");
}

function titleOf(check: ReceiptCheck, index: number): string {
  if (check.hidden) return `hidden check ${index + 1}`;
  if (check.kind === "human") return `a person decides: ${cell(check.command ?? "")}`;
  return code(check.command ?? "");
}

function said(run: ReceiptRun | null): string {
  if (!run) return "not run";
  const tests = run.testsRan === undefined ? "" : `, ${run.testsRan} tests`;
  if (run.verdict === "cannot_run") return `could not run (${cell(run.cannotRun ?? "unknown")})`;
  return `${run.verdict === "pass" ? "passed" : "failed"} (exit ${run.exit ?? "none"}${tests})`;
}

/** Text of others in a Markdown line: no markup of theirs takes effect, no table is broken. */
export function cell(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim()
    .replace(/[\\`*_[\]<>|#~]/g, (one) => `\\${one}`);
}

/** A command as code in a table's cell. */
export function code(text: string): string {
  const line = printable(text).replace(/\s+/g, " ").trim().replaceAll("|", "\\|");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Receipts as a JUnit report: one suite a criterion, one case a check. */
export function receiptsJunit(found: Pick<RunReceipts, "runId" | "receipts">): string {
  return junitReport(
    `ouroboros run ${found.runId}`,
    found.receipts.flatMap(({ receipt }) => casesOf(receipt)),
  );
}

function casesOf({ replayable, claimed }: Receipt): JunitCase[] {
  const { criterion, checks, decision } = replayable;
  const suite = `${criterion.id}: ${criterion.description}`;
  const cases = checks.map((check, index): JunitCase => {
    const name = check.hidden ? `hidden check ${index + 1}` : check.command ?? "";
    const base = { suite, name };
    const run = check.work;
    if (check.kind === "human" || !run) {
      const message = check.kind === "human" ? "a person decides" : "not run";
      return { ...base, result: "skipped", message };
    }
    if (run.verdict === "pass") return { ...base, result: "passed" };
    if (run.verdict === "fail") {
      return { ...base, result: "failed", message: `exit ${run.exit ?? "none"}` };
    }
    return { ...base, result: "error", message: `could not run: ${run.cannotRun ?? "unknown"}` };
  });
  const whole = { suite, name: "decision" };
  const { accepted } = claimed;
  if (decision.state === "passed") return [...cases, { ...whole, result: "passed" }];
  // No test passed here: somebody took it as it is.
  if (decision.state === "accepted" && accepted) {
    const message = `Accepted by ${accepted.by}, not by a check: ${accepted.reason}`;
    return [...cases, { ...whole, result: "skipped", message }];
  }
  const result = decision.state === "failed" ? "failed" : "error";
  return [...cases, { ...whole, result, message: `${decision.state}: ${decision.reason}` }];
}
