import type { PlannedCheckView, PlannedCriterionView, PlanView } from "../../app/run/plan_view.ts";
import { durationText } from "../../kernel/duration_text.ts";
import { dollarText } from "../../kernel/dollar_text.ts";
import { palette } from "./color.ts";
import { commandLines } from "../../kernel/command_lines.ts";
import { commandBlock } from "./command_text.ts";
import { brokenText } from "./interview_facts.ts";
import { clip, counted, duration, facts, printable, visible, wrap } from "./text.ts";

/** The plan on one screen: who will work, with which rights, from where, and what the checks say now. */
export function planText(plan: PlanView, options: { color: boolean; columns: number }): string {
  const paint = palette(options.color);
  const width = Math.max(30, options.columns);
  const rows: [string, string][] = [
    ["Goal", clip(plan.goal, width * 2)],
    ["Agent", agentText(plan)],
    ["May", `${plan.permission.effective}: ${printable(plan.permission.confinement)}`],
  ];
  if (plan.base) rows.push(["Base", baseText(plan.base)]);
  if (plan.carry.length > 0) rows.push(["Carries", plan.carry.join(", ")]);
  if (plan.prepare !== null) {
    commandLines(plan.prepare).forEach((line, at) =>
      rows.push([at === 0 ? "Prepares" : "", brokenText(line.trimStart(), width - 10)])
    );
  }
  rows.push(["Limits", limitsText(plan)]);
  if (plan.checkRuns && plan.checkRuns.runs > 0) {
    rows.push(["Checks", checkRunsText(plan.checkRuns, plan.prepare)]);
  }
  const head = facts(rows, width);
  const notices = [
    ...permissionNotice(plan),
    ...plan.dropped.map((edge) => `Dependency ${edge} was dropped: it closes a cycle`),
    ...(plan.base?.notices ?? []),
    ...plan.notices,
  ];
  const anyway = plan.agents === plan.criteria.length;
  const criteria = plan.criteria.map((one) => criterionText(one, { paint, width, anyway })).join(
    "",
  );
  const noted = notices.length === 0
    ? ""
    : `\n${facts(notices.map((one) => [paint.unsure("Note"), printable(one)]), width)}`;
  return `${head}\n${criteria}${noted}\n${wrap(closing(plan), width).join("\n")}\n`;
}

function agentText(plan: PlanView): string {
  const { title, version, program } = plan.runtime;
  const model = plan.model === null ? "its own default model" : `model ${plan.model}`;
  return `${title}${version === null ? "" : ` ${version}`}, ${model} (${program})`;
}

function baseText(base: NonNullable<PlanView["base"]>): string {
  if (base.ref !== null) return `${base.ref} (${base.head?.slice(0, 10) ?? "no commit"})`;
  const where = base.head === null
    ? "your files as they are (no commit yet)"
    : `your files as they are, on ${base.branch ?? "a detached HEAD"} ${base.head.slice(0, 10)}`;
  return `${where}; ${counted(base.files, "file")}, ${base.dirty} of them changed`;
}

function limitsText(plan: PlanView): string {
  const { attempts, minutes, maxTokens, maxUsd, jobs, waitMinutes } = plan.limits;
  const ceilings = [
    ...(maxTokens === null ? [] : [`${maxTokens} tokens`]),
    ...(maxUsd === null ? [] : [Number.isInteger(maxUsd) ? `$${maxUsd}` : dollarText(maxUsd)]),
  ];
  return [
    // Its first conflict with another's work is not counted, and there is none without others.
    `${counted(attempts, "try", "tries")} a criterion${
      jobs === 1 ? "" : " (and one more after a conflict)"
    }`,
    counted(minutes, "minute"),
    ...(jobs === 1 ? [] : [`${jobs} criteria at once`]),
    ceilings.length === 0
      ? "no token limit (--max-tokens)"
      : `${ceilings.join(" and ")}, counted after each ${COUNTED[plan.counted]}`,
    waitMinutes > 0
      ? `waits up to ${durationText(waitMinutes * 60_000)} for the provider's own limits (--wait)`
      : "no wait for the provider's own limits (--wait)",
  ].join(", ");
}

/** A ceiling can be passed by what one agent uses until it tells the next number. */
const COUNTED = { "per-call": "call of the agent", "per-attempt": "try", none: "try" } as const;

function checkRunsText(
  { runs, ms, checkouts }: NonNullable<PlanView["checkRuns"]>,
  prepare: string | null,
): string {
  const text = `up to ${counted(runs, "run")} (${duration(ms)}) if all passes at the first try`;
  // Nobody measured it: its time was that of the first checkout of the admission.
  return prepare === null || checkouts === 0
    ? text
    : `${text}, and up to ${counted(checkouts, "preparation")}, whose time comes on top`;
}

function permissionNotice(plan: PlanView): string[] {
  const { asked, effective } = plan.permission;
  if (asked === effective) return [];
  return [`"${asked}" is not offered by ${plan.runtime.title}: "${effective}" takes its place`];
}

function criterionText(
  criterion: PlannedCriterionView,
  style: { paint: ReturnType<typeof palette>; width: number; anyway: boolean },
): string {
  const { paint, width, anyway } = style;
  const after = criterion.dependsOn.length > 0 ? ` (after ${criterion.dependsOn.join(", ")})` : "";
  const lines = [
    `  ${paint.strong(criterion.id)}  ${
      clip(criterion.description, width - 4 - visible(criterion.id) - after.length)
    }${after}`,
    ...criterion.checks.map((check) => `       ${checkText(check, { paint, width: width - 7 })}`),
  ];
  if (criterion.foregone !== null) {
    const what = anyway ? "an agent starts all the same" : "no agent is started";
    lines.push(
      `       ${paint.unsure(what)}: ${clip(criterion.foregone, width - 10 - what.length)}`,
    );
  }
  return lines.join("\n") + "\n";
}

function checkText(
  check: PlannedCheckView,
  style: { paint: ReturnType<typeof palette>; width: number },
): string {
  const { paint, width } = style;
  if (check.kind === "human") return `a person decides: ${clip(check.title, width - 18)}`;
  const marks = [check.hidden ? "hidden" : "", check.preserve ? "preserve" : ""].filter(Boolean);
  const tail = marks.length > 0 ? ` [${marks.join(", ")}]` : "";
  // What runs is never cut: a command that is too long to say the rest beside it says it below.
  const block = commandBlock(check.title, { indent: 0, width, tail });
  const title = block.join(`\n${" ".repeat(7)}`);
  const below = check.protects.length === 0
    ? []
    : wrap(`protects ${printable(check.protects.join(", "))}`, width - 2);
  const whole = (lines: string[]) =>
    [...lines, ...below.map((text) => `${" ".repeat(9)}${text}`)].join("\n");
  if (!check.now) return whole([title]);
  const { says, line, cause, durationMs } = check.now;
  const word = says === "cannot run" ? says : `${says} now`;
  const painted = says === "fails" ? word : paint.unsure(word);
  const took = `(${duration(durationMs)})`;
  const told = (room: number) =>
    `${painted}${line ? `: ${clip(line, room - word.length - took.length - 3)}` : ""} ${
      paint.dim(took)
    }`;
  const beside = block.length > 1 ? 0 : width - visible(title) - 2;
  // On a narrow screen what it says goes below.
  const said = beside < 40
    ? `${title}\n${" ".repeat(9)}${told(width - 2)}`
    : `${title}  ${told(beside)}`;
  const causes = cause === undefined ? [] : wrap(cause, width - 2);
  return whole([said, ...causes.map((text) => `${" ".repeat(9)}${text}`)]);
}

function closing(plan: PlanView): string {
  const all = plan.criteria.length;
  if (plan.agents === 0) {
    return `No agent will be started for ${counted(all, "criterion", "criteria")}`;
  }
  return `${plan.runtime.title} will work on ${plan.agents} of ${
    counted(all, "criterion", "criteria")
  }, in folders of ours; your files change only with "ouroboros apply"`;
}
