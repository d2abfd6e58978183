import type { WatchProgress } from "../../app/watch_run.ts";
import type { RunView } from "../../app/run/views.ts";
import { changedToolsText } from "../../kernel/changed_tools_text.ts";
import { guardedText } from "../../kernel/guarded_path.ts";
import { outsideLinksText } from "../../kernel/outside_link.ts";
import { putBackText } from "../../kernel/put_back.ts";
import { paintState, type Palette } from "./color.ts";
import { clip, counted, duration, printable } from "./text.ts";

/** The lasting line for a piece of progress, without its line break; null for what is not worth one. */
export function progressLine(
  progress: WatchProgress,
  style: { paint: Palette; columns: number },
): string | null {
  const { paint, columns } = style;
  const room = Math.max(30, columns - 14);
  if (progress.type === "notice") return `${paint.unsure("Note")}  ${printable(progress.text)}`;
  if (progress.type === "waiting") {
    return `${paint.unsure("Waits")} ${duration(progress.seconds * 1000)}: ${
      clip(progress.reason, room * 2)
    }`;
  }
  if (progress.type === "standing") return standingLine(progress.run, paint);
  if (progress.type === "detached") {
    return `Process ${progress.pid} goes on with the run, and needs no terminal`;
  }
  if (progress.type === "agent") {
    const { event } = progress;
    if (event.type === "notice" && event.level === "warning") {
      return `  ${progress.criterion}  ${paint.unsure("agent")}  ${clip(event.text, room)}`;
    }
    return null;
  }
  if (progress.type !== "event") return null;
  const { event } = progress;
  switch (event.type) {
    case "run.created":
      return `Run ${event.data.runId}`;
    case "attempt.started": {
      const { criterion, attempt, retry, fresh } = event.data;
      // From untouched files: whoever watches is told that the work so far is not lost.
      const afresh = fresh ? ", afresh; the work so far is kept aside" : "";
      return `  ${criterion}  try ${attempt} starts${retry ? ", told why" : ""}${afresh}`;
    }
    case "attempt.ended": {
      const { criterion, outcome, durationMs } = event.data;
      if (outcome.reason === "completed") {
        const words = outcome.finalText ? `: ${clip(outcome.finalText, room)}` : "";
        return `  ${criterion}  the agent says that it is done, after ${
          duration(durationMs)
        }${words}`;
      }
      const why = outcome.message ?? event.data.why;
      return `  ${criterion}  ${paint.unsure(`the agent ended: ${outcome.reason}`)}: ${
        clip(why, room)
      }`;
    }
    case "attempt.recorded": {
      const { criterion, changed, paths, ignored = [], nested = [] } = event.data;
      const { tooLarge = [], links = [], guarded = [], putBack } = event.data;
      const told = [
        changed === 0
          ? paint.unsure("it changed no file")
          : `${counted(changed, "file")} changed: ${clip(paths.join(", "), room)}`,
      ];
      if (ignored.length > 0) {
        told.push(`left out, because git ignores it: ${clip(ignored.join(", "), room)}`);
      }
      if (nested.length > 0) {
        const where = clip(nested.join(", "), room);
        told.push(`${paint.unsure("a repository was made")}, taken as plain files: ${where}`);
      }
      if (tooLarge.length > 0) {
        told.push(`${paint.unsure("left out, too large")}: ${clip(tooLarge.join(", "), room)}`);
      }
      if (putBack) told.push(paint.unsure(clip(putBackText(putBack), room * 2)));
      if (guarded.length > 0) told.push(paint.unsure(clip(guardedText(guarded), room * 2)));
      if (links.length > 0) told.push(paint.unsure(clip(outsideLinksText(links), room * 2)));
      return told.map((line) => `  ${criterion}  ${line}`).join("\n");
    }
    case "attempt.checked": {
      const { criterion, decision, toolchains = [] } = event.data;
      const painter = { passed: paint.good, failed: paint.bad, unverified: paint.unsure };
      const told = [painter[decision.verdict](clip(decision.reason, room * 2))];
      if (toolchains.length > 0) {
        told.push(paint.unsure(clip(changedToolsText(toolchains), room * 2)));
      }
      return told.map((line) => `  ${criterion}  ${line}`).join("\n");
    }
    case "attempt.conflicted":
      return `  ${event.data.criterion}  ${paint.bad("conflicts")} in ${
        clip(event.data.paths.join(", "), room)
      }`;
    case "branch.rechecked": {
      const { criterion, with: before = [], regressions: broken, undecided = [] } = event.data;
      const told = undecided.map((one) =>
        `  ${one.criterion}  ${paint.unsure("in doubt")}: ${clip(one.reason, room * 2)}`
      );
      if (broken.length > 0) {
        const what = broken.map((one) => `criterion ${one.criterion} (${clip(one.line, room)})`)
          .join(", ");
        // Which of them it was is told once each has been looked at by itself.
        const who = [...before.map((one) => one.criterion), criterion].join(", ");
        told.push(
          before.length === 0
            ? `  ${criterion}  ${paint.bad("breaks")} ${what}`
            : `  ${who}  together ${paint.bad("break")} ${what}; each is looked at by itself`,
        );
      }
      return told.length === 0 ? null : told.join("\n");
    }
    case "criterion.settled": {
      const { criterion, state, before, reason } = event.data;
      const why = state === "passed" ? "" : `: ${clip(reason, room * 2)}`;
      const change = before === undefined ? "" : ` now, ${before} before`;
      return `  ${criterion}  ${paintState(paint, state)}${change}${why}`;
    }
    case "criterion.accepted": {
      const { criterion, by, reason } = event.data;
      return `  ${criterion}  ${paintState(paint, "accepted")} by ${clip(by, 40)}: ${
        clip(reason, room)
      }`;
    }
    case "criterion.reopened":
      return `  ${event.data.criterion}  no longer blocked: ${clip(event.data.reason, room)}`;
    case "acceptance.refused":
      return `  ${event.data.criterion}  ${paint.unsure("not accepted")}: ${
        clip(event.data.reason, room * 2)
      }`;
    case "run.reopened":
      return `Was cancelled; ${clip(event.data.by, 40)} goes on with it`;
    case "run.interrupted":
      return interruptedLine(event.data.reason, { paint, room });
    default:
      return null;
  }
}

/** Where a run stands, in one line: "Run run_…  running: 1 of 3 settled, two working". */
function standingLine(run: RunView, paint: Palette): string {
  const open = run.criteria.filter((one) => OPEN.has(one.state));
  const settled = `${run.criteria.length - open.length} of ${run.criteria.length} settled`;
  const moving = open.filter((one) => one.state !== "pending");
  const now = moving.map((one) => `${one.id} ${one.state}, try ${one.tries}`);
  return `Run ${run.runId}  ${paintState(paint, run.state)}: ${[settled, ...now].join("; ")}`;
}

/** States of criteria that are not settled. */
const OPEN: ReadonlySet<string> = new Set([
  ...["pending", "working", "claimed", "checking"],
  "interrupted",
]);

/** Reasons that begin with the word itself are not led in by it again. */
function interruptedLine(reason: string, style: { paint: Palette; room: number }): string {
  const rest = clip(reason, style.room * 3);
  const word = style.paint.unsure("Interrupted");
  return rest.startsWith("Interrupted") ? word + rest.slice(11) : `${word}: ${rest}`;
}

/** What an agent is doing right now, for a line that is overwritten; null when it does not change. */
export function activityOf(progress: WatchProgress): string | null {
  if (progress.type === "checking") {
    return `${progress.criterion}: check ${
      progress.index + 1
    } runs on the ${progress.on}: ${progress.title}`;
  }
  if (progress.type !== "agent") return null;
  const { criterion, event } = progress;
  switch (event.type) {
    case "started":
      return `${criterion}: the agent is at work`;
    case "tool_started":
      return `${criterion}: ${event.tool} ${event.summary}`;
    case "tool_finished":
      return `${criterion}: ${event.tool} ${event.ok ? "done" : "failed"} ${event.summary}`;
    case "text":
      return `${criterion}: ${event.text}`;
    case "thinking":
      return `${criterion}: thinks: ${event.text}`;
    default:
      return null;
  }
}
