import { HOST_RUNTIME } from "../../app/host/host_runtime.ts";
import type { CriterionView, RunView } from "../../app/run/views.ts";
import { changedToolsText } from "../../kernel/changed_tools_text.ts";
import { guardedText } from "../../kernel/guarded_path.ts";
import { outsideLinksText } from "../../kernel/outside_link.ts";
import { putBackText } from "../../kernel/put_back.ts";
import { localTime } from "../../kernel/local_time.ts";
import { usageText } from "../../kernel/usage_text.ts";
import { asTyped } from "../as_typed.ts";
import { paintState, type Palette, palette } from "./color.ts";
import { clip, counted, facts, printable, visible, wrap } from "./text.ts";

/** A run for people: its state, each criterion with the reason, what was used, what to type next. */
export function runText(
  run: RunView,
  /**
   * `next`: whether to say what can be typed next; left out, it is said. `name`: what this program is
   * to be typed as.
   */
  options: { color: boolean; columns: number; next?: boolean; name?: string },
): string {
  const paint = palette(options.color);
  const width = Math.max(30, options.columns);
  const head = facts([
    ["Run", run.runId],
    ["Goal", clip(run.goal, width * 2)],
    ["State", stateText(run, paint)],
    ["Agent", `${run.runtime}, permission ${run.permission}, ${counted(run.attempts, "start")}`],
    ["Used", usageText(run.usage)],
    ...(run.applyCutOff
      ? [["Apply", paint.unsure("cut off before its end; undo takes back what it did")] as const]
      : []),
    ["Project", printable(run.project)],
    ["Times", `${localTime(run.createdAt)} to ${localTime(run.updatedAt)}`],
  ], width);
  const idWidth = Math.max(...run.criteria.map((one) => one.id.length), 1);
  const criteria = run.criteria.map((one) => {
    const facts = `  ${one.id.padEnd(idWidth)}  ${paintState(paint, one.state)}${triesText(one)}`;
    const indent = idWidth + 4;
    const room = width - visible(facts) - 2;
    // On a narrow screen the description goes below.
    const description = room < 20
      ? `\n${" ".repeat(indent)}${clip(one.description, width - indent)}`
      : `  ${clip(one.description, room)}`;
    const notes = notesOf(one).map((note) => reasonText(note, { indent, width })).join("");
    return `${facts}${description}\n${reasonText(reasonOf(one), { indent, width })}${notes}`;
  }).join("");
  const next = options.next === false
    ? []
    : nextCommands(run).map((line) => asTyped(line, options.name ?? "ouroboros"));
  return `${head}\n${criteria}${
    next.length > 0 ? `\nNext:\n${next.map((line) => `  ${line}\n`).join("")}` : ""
  }`;
}

/** What was cut off uses up no try: two of them under `--tries 1` are no mistake. */
function triesText({ tries, cutOff }: CriterionView): string {
  if (tries === 0) return "";
  const not = cutOff === 0 ? "" : ` (${cutOff} cut off, not counted)`;
  return `, ${counted(tries, "try", "tries")}${not}`;
}

/** Why a criterion stands where it stands; of one that a person closed, who that was. */
function reasonOf(criterion: CriterionView): string {
  const { acceptedBy, withoutWork, reason } = criterion;
  if (acceptedBy === null) return reason;
  return `accepted by ${acceptedBy}${withoutWork ? ", without its work" : ""}: ${reason}`;
}

/** What people should know of its work before they take it. */
function notesOf({ putBack, guarded, links, toolchains }: CriterionView): string[] {
  return [
    ...(putBack === null ? [] : [putBackText(putBack)]),
    ...(guarded.length === 0 ? [] : [guardedText(guarded)]),
    ...(links.length === 0 ? [] : [outsideLinksText(links)]),
    ...(toolchains.length === 0 ? [] : [changedToolsText(toolchains)]),
  ];
}

function stateText(run: RunView, paint: Palette): string {
  // The state is the word before: "interrupted: Interrupted by Ctrl-C" would say it twice.
  const reason = run.state === "interrupted"
    ? run.reason.replace(/^Interrupted(: | (?=by))/, "")
    : run.reason;
  return `${paintState(paint, run.state)}${reason ? `: ${clip(reason, 500)}` : ""}`;
}

/** At most three lines: a check's complaint is often longer than one. */
function reasonText(reason: string, at: { indent: number; width: number }): string {
  if (reason === "") return "";
  const room = Math.max(20, at.width - at.indent);
  return wrap(clip(reason, room * 3 - 10), room)
    .map((line) => `${" ".repeat(at.indent)}${line}\n`).join("");
}

/** What can be typed next, given where a run stands. */
export function nextCommands(run: RunView): string[] {
  if (run.discarded) return [];
  if (run.state === "running") {
    const own = run.runtime === HOST_RUNTIME ? ["attempt"] : [];
    const verbs = [...own, "watch", "status", "cancel"]
      .map((verb) => `ouroboros ${verb} ${run.runId}`);
    return run.hint === null ? verbs : [run.hint, ...verbs];
  }
  // A recording that is at its end, or files that are gone: this run cannot go on.
  if (run.hint?.startsWith("Start a new run")) return [run.hint];
  if (run.state === "interrupted") {
    const resume = `ouroboros resume ${run.runId}`;
    if (run.hint === null || run.hint.includes(resume)) return [run.hint ?? resume];
    return [run.hint, `then: ${resume}`];
  }
  if (run.applied || run.applyCutOff) return [`ouroboros undo ${run.runId}`];
  const skipped = run.criteria.find((one) => one.state === "skipped");
  const open = run.criteria.find((one) => one.state === "unverified" || one.state === "failed") ??
    skipped;
  return [
    ...(run.state === "cancelled" ? [`ouroboros resume ${run.runId}, which goes on with it`] : []),
    ...(run.unblocked.length > 0
      ? [`ouroboros resume ${run.runId}, which works on: ${run.unblocked.join(", ")}`]
      : []),
    ...(run.changed ? [`ouroboros diff ${run.runId}`, `ouroboros apply ${run.runId}`] : []),
    ...(open ? [acceptHint(run.runId, open)] : []),
    ...(skipped ? ["or a new run, with a check that can decide, or with --anyway"] : []),
    ...(run.attempts > 0 ? [`ouroboros receipts ${run.runId}`] : []),
  ];
}

/** What no agent worked on has no work that could come along. */
function acceptHint(runId: string, { id, tries }: RunView["criteria"][number]): string {
  return `ouroboros accept ${runId} ${id}${tries === 0 ? " --without-work" : ""} --reason "…"`;
}
