import { withoutEscapes } from "../kernel/escape_sequences.ts";
import type { ChildEnd, ChildLimits } from "./child.ts";

/** What {@link whyLine} tells people about. */
export type WhyFacts =
  & Pick<
    ChildEnd,
    | "reason"
    | "limit"
    | "code"
    | "signal"
    | "durationMs"
    | "stdoutTail"
    | "stderrTail"
    | "reaped"
    | "spoolError"
  >
  & {
    label: string;
    limits: ChildLimits;
    /** What is known beyond the reason. */
    detail?: string;
    /** Processes that could not be ended. */
    left: number;
  };

/** One line for people: why a child ended and what was seen. */
export function whyLine(facts: WhyFacts): string {
  let line = `${facts.label} ended after ${seconds(facts.durationMs)}: ${cause(facts)}`;
  const words = lastWords(facts.stderrTail) || lastWords(facts.stdoutTail);
  if (facts.reason !== "completed" && words !== "") line += `; last words: "${words}"`;
  if (facts.reaped > 0) line += `; ended ${processCount(facts.reaped)} that it left running`;
  if (facts.left > 0) line += `; ${processCount(facts.left)} could not be ended`;
  if (facts.spoolError !== undefined) line += `; its output could not be kept: ${facts.spoolError}`;
  return line;
}

function cause(facts: WhyFacts): string {
  const { limits, detail } = facts;
  switch (facts.limit) {
    case "start":
    case "idle":
      return detail ?? "no output";
    case "total":
      return `total limit of ${seconds(limits.totalMs)} reached`;
    case "output":
      return `more output than its limit of ${detail ?? bytes(limits.outputBytes)}`;
    case "line":
      return `a line longer than its limit of ${bytes(limits.lineBytes)}`;
  }
  if (detail !== undefined) return detail;
  if (facts.reason === "completed" || facts.reason === "failed") {
    if (facts.signal !== null) return `killed by ${facts.signal}`;
    return facts.code === null ? "its end could not be seen" : `exit code ${facts.code}`;
  }
  return facts.reason.replace("_", " ");
}

/** The last line that says something, without colours and control characters, 200 characters at most. */
export function lastWords(tail: string): string {
  const lines = withoutEscapes(tail)
    .split("\n")
    // deno-lint-ignore no-control-regex -- control characters are what is removed
    .map((line) => line.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ").trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const last = [...(lines.at(-1) ?? "")];
  return last.length > 200 ? `${last.slice(0, 200).join("")}…` : last.join("");
}

function seconds(ms: number): string {
  const text = ms < 100 ? (ms / 1000).toFixed(3) : (ms / 1000).toFixed(1);
  return `${text.replace(/\.?0+$/, "")} s`;
}

/** A number of bytes for people, in powers of 1000. */
export function bytes(count: number): string {
  if (count >= 1e9) return `${trim(count / 1e9)} GB`;
  if (count >= 1e6) return `${trim(count / 1e6)} MB`;
  if (count >= 1e3) return `${trim(count / 1e3)} kB`;
  return `${count} bytes`;
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A number of processes for people. */
export function processCount(count: number): string {
  return count === 1 ? "1 process" : `${count} processes`;
}
