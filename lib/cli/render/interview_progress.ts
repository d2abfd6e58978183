import type { InterviewProgress } from "../../app/interview/interview_hooks.ts";
import type { Output } from "../../kernel/output.ts";
import type { InterviewStyle } from "../interview_view.ts";
import { palette } from "./color.ts";
import { interviewCommandsText } from "./interview_commands.ts";
import { interviewFactsText } from "./interview_facts.ts";
import { clip, counted, duration, printable } from "./text.ts";

/** Shows an interview's progress as it comes. */
export interface InterviewProgressView {
  show(progress: InterviewProgress): void;
  /** Takes away what is not lasting; before a question and at the end. */
  clear(): void;
}

/** How often the line that is overwritten is drawn anew, in milliseconds. */
const REDRAW_MS = 250;

/** The view for an output: JSON lines on stdout, else talk on stderr, live on a terminal. */
export function interviewProgress(
  output: Output,
  options: { json: boolean; nowMs(): number },
): InterviewProgressView {
  if (options.json) {
    return {
      show: (progress) => output.out(`${JSON.stringify(progressJson(progress))}\n`),
      clear() {},
    };
  }
  return output.talksToTerminal ? liveView(output, options.nowMs) : plainView(output);
}

/** A piece of progress for programs: events as they stand in the journal, the rest by its type. */
function progressJson(progress: InterviewProgress): Record<string, unknown> {
  if (progress.type !== "event") return { ...progress };
  const { type, at, version, data } = progress.event;
  return { type, at, version, data };
}

/** The lasting text for a piece of progress, with its line break; empty for what is not worth one. */
export function interviewProgressText(
  progress: InterviewProgress,
  style: InterviewStyle,
): string {
  const paint = palette(style.color);
  const room = Math.max(30, style.columns - 14);
  if (progress.type === "notice") return `${paint.unsure("Note")}  ${printable(progress.text)}\n`;
  if (progress.type === "waiting") {
    // How long is not always known.
    const { seconds, reason } = progress;
    const time = seconds === 0 ? "" : ` ${duration(seconds * 1000)}`;
    return `${paint.unsure("Waits")}${time}: ${clip(reason, room)}\n`;
  }
  if (progress.type === "commands") return interviewCommandsText(progress.commands, style);
  if (progress.type === "working") return "";
  const { event } = progress;
  switch (event.type) {
    case "facts.found":
      return interviewFactsText(event.data.facts, style);
    case "thought.failed":
      return `${paint.unsure("No answer of use")}: ${clip(event.data.reason, room * 2)}\n`;
    case "seed.refused": {
      const [first = "", ...more] = event.data.problems;
      const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
      return `${paint.unsure("Asked for once more")}: ${clip(first, room * 2)}${rest}\n`;
    }
    case "answers.given":
      return event.data.by === "person"
        ? ""
        : `Took ${counted(event.data.answers.length, "answer")} (${event.data.by})\n`;
    case "review.approved": {
      const { by, confirmed } = event.data;
      if (by === "person") return "";
      return `Approved (${by}), which confirms ${counted(confirmed.length, "assumption")}\n`;
    }
    case "interview.forced":
      return `${paint.unsure("Forced")} at ${event.data.score.toFixed(2)}: ${
        clip(event.data.reason, room)
      }\n`;
    default:
      return "";
  }
}

function plainView(output: Output): InterviewProgressView {
  return {
    show(progress) {
      const style = { color: output.talkColor, columns: 200 };
      const text = progress.type === "working"
        ? `${printable(progress.text)}\n`
        : interviewProgressText(progress, style);
      if (text !== "") output.err(text);
    },
    clear() {},
  };
}

function liveView(output: Output, nowMs: () => number): InterviewProgressView {
  const paint = palette(output.talkColor);
  let activity = "";
  let since = nowMs();
  let timer: number | undefined;
  const draw = () => {
    const elapsed = duration(Math.floor((nowMs() - since) / 1000) * 1000);
    // The width is asked for each time: the terminal may have been resized.
    output.err(`\r\x1b[K${paint.dim(clip(`${elapsed}  ${activity}`, output.columns() - 1))}`);
  };
  const clear = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    output.err("\r\x1b[K");
  };
  return {
    show(progress) {
      const text = interviewProgressText(progress, {
        color: output.talkColor,
        columns: output.columns(),
      });
      const was = timer !== undefined;
      if (text !== "") {
        clear();
        output.err(text);
      }
      if (progress.type === "working") [activity, since] = [progress.text, nowMs()];
      else if (text === "" || !was) return;
      timer ??= setInterval(draw, REDRAW_MS);
      draw();
    },
    clear,
  };
}
