import { changedToolsText } from "../kernel/changed_tools_text.ts";
import { outsideLinksText } from "../kernel/outside_link.ts";
import { putBackText } from "../kernel/put_back.ts";
import { usageText } from "../kernel/usage_text.ts";
import { flakyWords } from "./flipped.ts";
import { plainText } from "./plain_text.ts";
import { type Receipt, type ReceiptCheck, receiptDigest, type ReceiptRun } from "./receipt.ts";

/**
 * A receipt for people: what was checked, what was not, what was only claimed. `width` is in
 * columns. Ends with a line break.
 */
export function renderReceipt(receipt: Receipt, options: { width: number }): string {
  const { replayable, claimed } = receipt;
  const lines: string[] = [
    `Receipt ${receiptDigest(receipt).slice(0, 16)}`,
    `Criterion ${replayable.criterion.id}: ${replayable.criterion.description}`,
    `${capital(replayable.decision.state)}: ${replayable.decision.reason}`,
  ];
  if (claimed.accepted) {
    const { by, at, reason, tree } = claimed.accepted;
    lines.push(`Accepted by ${by} at ${at}, not by a check: ${reason}`);
    lines.push(tree ? `On the run's branch as tree ${tree}` : "None of its work was brought in");
  }
  lines.push("", "Checked (can be run again)");
  lines.push(`  base tree  ${replayable.baseTree}`);
  lines.push(`  work tree  ${replayable.tree ?? "none: no attempt left files"}`);
  if (claimed.putBack) lines.push(`  ${putBackText(claimed.putBack)}`);
  if (replayable.prepare !== null) lines.push(`  prepared by  ${replayable.prepare}`);
  if (replayable.checks.length === 0) lines.push("  no check: nothing was checked");
  replayable.checks.forEach((check, index) => {
    lines.push(`  ${index + 1}. ${titleOf(check)}`);
    lines.push(
      `     on the base: ${said(check.base, check)}; on the work: ${said(check.work, check)}`,
    );
    if (check.control) {
      const { state, reason } = check.control;
      lines.push(`     control: ${state}${reason === "" ? "" : `. ${reason}`}`);
    }
  });
  lines.push("", "Not checked");
  for (const gap of gapsOf(receipt)) lines.push(`  ${gap}`);
  lines.push("", "Claimed (as reported, nobody can find it out again)", ...claims(receipt));
  return lines.map((line) => wrapped(plainText(line.replace(/\s*\n\s*/g, " ")), options.width))
    .join("\n") + "\n";
}

function titleOf(check: ReceiptCheck): string {
  const role = check.preserve ? " (must go on passing)" : "";
  if (check.kind === "human") return `a person decides: ${check.command}`;
  if (check.hidden) return `hidden check ${check.digest.slice(0, 16)}${role}`;
  return `${check.command}${role}`;
}

function said(run: ReceiptRun | null, check: ReceiptCheck): string {
  if (check.kind === "human") return "asked of a person";
  if (!run) return "not run";
  const tests = [
    run.testsRan === undefined ? "" : `, ${run.testsRan} tests`,
    run.tests ? `; single tests decide: ${run.tests.passed} pass, ${run.tests.failed} fail` : "",
    run.flaky ? `; ${flakyWords(run.flaky)}` : "",
    run.network === "walled" ? "; without a network" : "",
  ].join("");
  switch (run.verdict) {
    case "pass":
      return `passed (exit ${run.exit ?? "none"}${tests})`;
    case "fail":
      return `failed (exit ${run.exit ?? "none"}${tests})`;
    case "cannot_run":
      return `could not run (${run.cannotRun ?? "reason unknown"})`;
  }
}

function gapsOf(receipt: Receipt): string[] {
  const { replayable, claimed } = receipt;
  const gaps: string[] = [];
  const ran = replayable.checks.filter((check) =>
    check.work && check.work.verdict !== "cannot_run"
  );
  if (ran.length === 0) {
    gaps.push("Whether the work does what the criterion says: no check ran on it");
  }
  if (replayable.checks.some((check) => check.kind === "human") && !claimed.accepted) {
    gaps.push("What a person was to look at");
  }
  const silent = replayable.checks.filter((check) => check.work?.verdict === "cannot_run").length;
  if (silent > 0 && ran.length > 0) {
    gaps.push(`What ${silent} check(s) that could not run would have said`);
  }
  const control = controlGap(replayable);
  if (control !== "") gaps.push(control);
  if (ran.some((check) => check.work?.network === "open")) {
    gaps.push("Whether it holds without a network: this machine has no wall for it");
  }
  if (claimed.links) gaps.push(`What lies behind links: ${outsideLinksText(claimed.links)}`);
  if (claimed.toolchains) {
    gaps.push(
      `Whether it holds without changes elsewhere: ${changedToolsText(claimed.toolchains)}`,
    );
  }
  gaps.push(
    "What the agent read or changed outside its worktree (wall: none)" +
      (replayable.checks.some((check) => check.hidden)
        ? "; hidden checks were out of its prompt and worktree, not out of its reach"
        : ""),
  );
  return gaps;
}

/** What the weakest control leaves open. */
function controlGap({ control }: Receipt["replayable"]): string {
  switch (control) {
    case "full":
      return "";
    case "none":
      return "Whether the checks would notice wrong work (control: none)";
    case "partial":
      return "Whether something in the work made a check say yes, as an early end does (control: partial)";
    case "missed":
      return "Whether the work is right: a check passes whatever the project holds (control: missed)";
  }
}

function claims(receipt: Receipt): string[] {
  const { claimed } = receipt;
  const { asked, effective, confinement } = claimed.permission;
  const permission = asked === effective ? effective : `${effective} (asked for: ${asked})`;
  const tries = `${claimed.attempts} ${claimed.attempts === 1 ? "try" : "tries"}`;
  const lines = [
    `  agent  ${claimed.runtime} ${claimed.version ?? "(version unknown)"}, model ${
      claimed.model ?? "unknown"
    }, ${tries}, ${(claimed.durationMs / 1000).toFixed(1)} s`,
    `  permission  ${permission}${confinement ? `: ${confinement}` : ""}`,
    `  used  ${usageText(claimed.usage)}`,
    `  session  ${claimed.sessionId ?? "unknown"}`,
  ];
  if (claimed.startedAt) {
    lines.push(`  from ${claimed.startedAt} to ${claimed.endedAt ?? "unknown"}`);
  }
  if (claimed.lastWords.trim() !== "") lines.push(`  last words  "${claimed.lastWords.trim()}"`);
  if (receipt.signature === null) lines.push("  not signed");
  return lines;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Breaks a line at spaces; what follows is indented two columns more than the line. */
function wrapped(line: string, width: number): string {
  const indent = " ".repeat((/^ */.exec(line)?.[0].length ?? 0) + 2);
  const most = Math.max(20, width);
  const rows: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const space = rest.lastIndexOf(" ", most);
    const at = space > indent.length ? space : most;
    rows.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...rows, rest].join("\n");
}
