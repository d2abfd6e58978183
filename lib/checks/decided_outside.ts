import type { CommandInput } from "./check_input.ts";
import { onlyReads } from "./only_reads.ts";

/** Words of a command that runs tests: they decide in a process of the project's own. */
const TESTS = /tests?(?![a-z])|spec|check|verif|jest|mocha/i;
/** Parts that only make what a later one looks at. */
const BUILDS =
  /^(?:make|ninja|cmake|cargo build|go build|(?:npm|pnpm|yarn|bun)(?: run)? build)(?=\s|$)/;
/** Parts that prepare for others. A command behind `NAME=value` is one of its own. */
const BESIDE = /^(?:(?:cd|set|exit|true)(?:\s|$)|\w+=(?:\S*|"?\$\(.*\)"?)$)/;

/**
 * Why a check needs no control: what decides it runs none of the work. The check itself compares
 * what the work printed (`expect`, `… | grep -q`), or looks at files with tools of the system, so
 * that nothing in the work could end it early. Undefined where the work's own process decides.
 */
export function decidedOutside(check: Pick<CommandInput, "run" | "expect">): string | undefined {
  const { run, expect } = check;
  const steps = run.split(/&&|\|\||[;\n]/).map((step) => step.trim())
    .filter((step) => step !== "" && !BESIDE.test(step));
  const started = steps.flatMap((step) => step.split("|")).map((part) => part.trim())
    .filter((part) => !onlyReads(part));
  if (started.some((part) => TESTS.test(part))) return undefined;
  const reads = expect?.stdout ?? expect?.matches ?? expect?.contains?.[0];
  if (reads !== undefined && reads !== "") return "What it prints is compared outside of the work";
  // Nothing ends with such a code by an early end that means to look well.
  if (expect?.exit !== undefined && expect.exit !== 0) {
    return "Its exit code is compared outside of the work";
  }
  const last = (step: string) => step.slice(step.lastIndexOf("|") + 1).trim();
  const looks = steps.filter((step) => onlyReads(last(step)));
  if (looks.length === 0 || !steps.every((step) => looks.includes(step) || BUILDS.test(step))) {
    return undefined;
  }
  return started.length === 0
    ? "Its command looks at files and runs none of the work"
    : "What the work prints is compared outside of it";
}
