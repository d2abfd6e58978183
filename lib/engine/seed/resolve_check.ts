import { documentPath, type DocumentProblem } from "../../kernel/document_problem.ts";
import { durationMs } from "../../kernel/duration.ts";
import { plainPath } from "./portable_path.ts";
import type { Check, OutputExpectation, SeedWarning } from "./seed.ts";
import type { CheckDocument } from "./seed_document.ts";

/** Time limit of a check that names none: ten minutes. */
export const CHECK_TIMEOUT_MS = 600_000;
/** The longest time limit that a seed may set: a day. */
export const LONGEST_TIMEOUT_MS = 86_400_000;

/** Where problems and warnings are put down while a seed is resolved. */
export interface Remarks {
  problems: DocumentProblem[];
  warnings: SeedWarning[];
}

/** A check as written → with defaults filled in; null after a problem was put down. */
export function resolveCheck(
  written: string | CheckDocument,
  path: readonly PropertyKey[],
  remarks: Remarks,
): Check | null {
  const document: CheckDocument = typeof written === "string" ? { run: written } : written;
  const problem = (key: string | null, message: string) => {
    remarks.problems.push({ path: documentPath(key === null ? path : [...path, key]), message });
    return null;
  };
  if (document.human !== undefined) {
    const mixed = [
      "run",
      "timeout",
      "protect",
      "files",
      "expect",
      "hidden",
      "preserve",
      "report",
      "network",
    ]
      .find((key) => document[key] !== undefined);
    if (mixed) return problem(mixed, `must not stand beside "human": a person decides alone`);
    return { kind: "human", human: document.human };
  }
  if (document.run === undefined) return problem(null, `must have "run" or "human"`);
  const timeoutMs = timeoutOf(document.timeout, CHECK_TIMEOUT_MS);
  if (timeoutMs === null) return problem("timeout", "must be more than 0 and at most 24h");
  if (Object.keys(document.files ?? {}).length > 100) {
    return problem("files", "must have at most 100 entries");
  }
  return {
    kind: "command",
    run: document.run,
    timeoutMs,
    protect: listOf(document.protect).map(plainPath),
    files: Object.fromEntries(
      Object.entries(document.files ?? {}).map(([file, text]) => [plainPath(file), text]),
    ),
    ...(document.expect === undefined ? {} : { expect: expectationOf(document.expect) }),
    hidden: document.hidden ?? false,
    preserve: document.preserve ?? false,
    ...(document.report === undefined ? {} : { report: reportOf(document.report) }),
    ...(document.network === "none" ? { network: document.network } : {}),
  };
}

function reportOf(written: NonNullable<CheckDocument["report"]>) {
  if (typeof written === "string") return { path: plainPath(written), tests: [] };
  return { path: plainPath(written.path), tests: listOf(written.tests) };
}

/** Milliseconds of a written time limit; null when it is out of range. */
export function timeoutOf(written: string | number | undefined, defaultMs: number): number | null {
  if (written === undefined) return defaultMs;
  const ms = durationMs(written);
  return ms === null || ms <= 0 || ms > LONGEST_TIMEOUT_MS ? null : ms;
}

/** One or many, as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function expectationOf(written: NonNullable<CheckDocument["expect"]>): OutputExpectation {
  if (typeof written === "string") return { contains: [written] };
  const expectation: OutputExpectation = {};
  if (written.exit !== undefined) expectation.exit = written.exit;
  if (written.contains !== undefined) expectation.contains = listOf(written.contains);
  if (written.excludes !== undefined) expectation.excludes = listOf(written.excludes);
  if (written.matches !== undefined) expectation.matches = written.matches;
  if (written.stdout !== undefined) expectation.stdout = written.stdout;
  return expectation;
}
