import type { CannotRun } from "../kernel/check_run.ts";
import type { ExpectInput } from "./check_input.ts";
import { matchOutput } from "./match_output.ts";
import { shortened } from "./plain_text.ts";
import { trouble } from "./trouble.ts";

/** What a check left behind. */
export interface Printed {
  exit: number | null;
  /** stdout and stderr as they came. */
  all: string;
  stdout: string;
}

/** Whether an expectation looks at output at all, so that all of it must be kept. */
export function readsOutput(expect: ExpectInput | undefined): boolean {
  return expect !== undefined &&
    (expect.contains !== undefined || expect.excludes !== undefined ||
      expect.matches !== undefined || expect.stdout !== undefined);
}

/** What an expectation came to: all of it holds, a part does not, or one could not be decided. */
export type Expected = { unmet?: string; undecided?: CannotRun };

/**
 * Holds what was printed against an expectation; an unmet part is told in words, the first of them.
 * Throws OuroborosError: cancelled.
 */
export async function judgeExpectation(
  expect: ExpectInput | undefined,
  printed: Printed,
  signal?: AbortSignal,
): Promise<Expected> {
  const unmet = unmetPart(expect, printed);
  if (unmet !== undefined) return { unmet };
  if (expect?.matches === undefined) return {};
  const match = await matchOutput(expect.matches, printed.all, signal ? { signal } : {});
  if ("undecided" in match) return { undecided: trouble("endless_match", match.undecided) };
  return match.found ? {} : { unmet: `output must match /${shortened(expect.matches, 80)}/` };
}

/** The parts that take no time. */
function unmetPart(expect: ExpectInput | undefined, printed: Printed): string | undefined {
  const exit = expect?.exit ?? 0;
  if (printed.exit !== exit) return `exit code ${exit} expected, got ${printed.exit ?? "none"}`;
  for (const part of expect?.contains ?? []) {
    if (!printed.all.includes(part)) return `output must contain ${quoted(part)}`;
  }
  for (const part of expect?.excludes ?? []) {
    if (printed.all.includes(part)) return `output must not contain ${quoted(part)}`;
  }
  if (expect?.stdout !== undefined && trimmed(printed.stdout) !== trimmed(expect.stdout)) {
    return differingLine(trimmed(expect.stdout), trimmed(printed.stdout));
  }
  return undefined;
}

function trimmed(text: string): string {
  return text.split("\n").map((line) => line.trimEnd()).join("\n").trimEnd();
}

function differingLine(expected: string, actual: string): string {
  const want = expected.split("\n");
  const got = actual.split("\n");
  const at = want.findIndex((line, index) => line !== got[index]);
  const index = at < 0 ? want.length : at;
  return `stdout line ${index + 1}: ${quoted(want[index])} expected, got ${quoted(got[index])}`;
}

function quoted(text: string | undefined): string {
  return text === undefined ? "the end" : JSON.stringify(shortened(text, 80));
}
