import type { WatchProgress } from "../../app/watch_run.ts";
import type { Output } from "../../kernel/output.ts";
import { palette } from "./color.ts";
import { activityOf, progressLine } from "./progress_line.ts";
import { clip, duration } from "./text.ts";

/** Shows a run's progress as it comes. */
export interface ProgressView {
  show(progress: WatchProgress): void;
  /** Takes away what is not lasting; before a question and at the end. */
  clear(): void;
}

/** How often the line that is overwritten is drawn anew, in milliseconds. */
const REDRAW_MS = 250;

/**
 * The view for an output: one JSON object a line with `json`; lasting lines and one that is
 * overwritten on a terminal; lasting lines elsewhere. Talk goes to stderr, JSON to stdout.
 */
export function progressView(
  output: Output,
  options: { json: boolean; nowMs(): number },
): ProgressView {
  if (options.json) {
    return {
      show: (progress) => output.out(`${JSON.stringify(progressJson(progress))}\n`),
      clear() {},
    };
  }
  return output.talksToTerminal ? liveView(output, options.nowMs) : plainView(output);
}

/** A piece of progress for programs: events as they stand in the journal, the rest by its type. */
function progressJson(progress: WatchProgress): Record<string, unknown> {
  if (progress.type !== "event") return { ...progress };
  const { type, at, version, data } = progress.event;
  return { type, at, version, data };
}

function plainView(output: Output): ProgressView {
  const style = { paint: palette(output.talkColor), columns: 200 };
  return {
    show(progress) {
      const line = progressLine(progress, style);
      if (line !== null) output.err(`${line}\n`);
    },
    clear() {},
  };
}

function liveView(output: Output, nowMs: () => number): ProgressView {
  const paint = palette(output.talkColor);
  let activity = "";
  let since = nowMs();
  let timer: number | undefined;
  const erase = () => output.err("\r\x1b[K");
  const draw = () => {
    if (activity === "") return;
    const elapsed = duration(Math.floor((nowMs() - since) / 1000) * 1000);
    // The width is asked for each time: the terminal may have been resized.
    output.err(`\r\x1b[K${paint.dim(clip(`${elapsed}  ${activity}`, output.columns() - 1))}`);
  };
  const stop = () => {
    if (timer !== undefined) clearInterval(timer);
    timer = undefined;
    erase();
  };
  return {
    show(progress) {
      const line = progressLine(progress, { paint, columns: output.columns() });
      if (line !== null) {
        erase();
        output.err(`${line}\n`);
      }
      if (progress.type === "event") {
        activity = progress.event.type === "attempt.started" ? "the agent starts" : "";
        since = nowMs();
      }
      const doing = activityOf(progress);
      if (doing !== null) activity = doing;
      if (activity === "") return stop();
      timer ??= setInterval(draw, REDRAW_MS);
      draw();
    },
    clear: stop,
  };
}
