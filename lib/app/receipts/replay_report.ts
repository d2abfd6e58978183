import type { Receipt, ReceiptRun } from "../../checks/receipt.ts";
import type { CheckRun, ControlState } from "../../kernel/check_run.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import type { ReceiptArchive } from "./receipt_archive.ts";

/** How a replay, or a part of it, came out. */
export type ReplayResult = "matches" | "differs" | "cannot_replay";

/** One check that ran again on one tree. */
export interface ReplayedRun {
  /** From 1, as the seed has them. */
  check: number;
  on: "base" | "work";
  /** Null for a hidden check. */
  command: string | null;
  result: ReplayResult;
  before: ReceiptRun;
  now: ReceiptRun;
  /** What differs, or what is missing; "" for a match. */
  why: string;
  /** Whether the check noticed when it had to fail; left out where the receipt has no control. */
  control?: { before: ControlState; now: ControlState | null };
}

/** One receipt that was replayed. */
export interface ReplayedCriterion {
  id: string;
  description: string;
  /** As the receipt has it. */
  state: Receipt["replayable"]["decision"]["state"];
  /** Null: the receipt has no run of a command that could be made again. */
  result: ReplayResult | null;
  runs: ReplayedRun[];
}

/** The checks of all criteria that hold, on the files that the run delivers. */
export interface ReplayedBranch {
  tree: string;
  /** Null: no criterion holds there. */
  result: ReplayResult | null;
  /** `command`: null for a hidden check. `why`: "" where it passes, as it did. */
  runs: {
    criterion: string;
    check: number;
    command: string | null;
    result: ReplayResult;
    now: ReceiptRun;
    why: string;
  }[];
}

/** What came of a replay. */
export interface ReplayReport {
  result: ReplayResult;
  digest: string;
  criteria: ReplayedCriterion[];
  /** Null: the run delivers nothing, or the file does not cover it, which a notice says then. */
  branch: ReplayedBranch | null;
  /** What this machine lacks, each named once. */
  missing: string[];
  notices: string[];
  /** Nobody can find it out again. */
  claimed: {
    run: string;
    /** `changed`: it is not what it was when the file was exported. */
    criteria: { id: string; changed: boolean; claimed: Receipt["claimed"] }[];
  };
  exit: ExitCode;
}

const NOT_COVERED = "Not covered: the files that apply brings, with the work of all criteria " +
  "together; only those of each criterion by itself are";

const EXITS: Readonly<Record<ReplayResult, ExitCode>> = {
  matches: EXIT.done,
  differs: EXIT.checkSaidNo,
  cannot_replay: EXIT.undecided,
};

/** A run as a receipt keeps it, but for what only the recording side knows. */
export function shortOf(run: CheckRun): ReceiptRun {
  const { verdict, exit, testsRan, cannotRun, tests, byTests } = run;
  const counts = byTests && tests && {
    passed: tests.passed.length,
    failed: tests.failed.length,
    skipped: tests.skipped.length,
  };
  return {
    verdict,
    exit,
    ...(testsRan === undefined ? {} : { testsRan }),
    ...(counts ? { tests: counts } : {}),
    ...(cannotRun ? { cannotRun: cannotRun.kind } : {}),
  };
}

/** What differs between two runs, in words; "" where nothing does. */
export function differenceOf(before: ReceiptRun, now: ReceiptRun): string {
  const said = (run: ReceiptRun) => {
    const { tests: single } = run;
    const tests = single
      ? `, ${single.passed} tests passed, ${single.failed} failed, ${single.skipped} skipped`
      : run.testsRan === undefined
      ? ""
      : `, ${run.testsRan} tests`;
    const verb = { pass: "passed", fail: "failed", cannot_run: "could not run" }[run.verdict];
    return `${verb} (exit ${run.exit ?? "none"}${tests})`;
  };
  return said(before) === said(now) ? "" : `before ${said(before)}, now ${said(now)}`;
}

/** The result of several; null for none. */
export function worst(results: readonly ReplayResult[]): ReplayResult | null {
  if (results.includes("differs")) return "differs";
  if (results.includes("cannot_replay")) return "cannot_replay";
  return results.length > 0 ? "matches" : null;
}

/** The report of a whole replay. */
export function reportOf(
  archive: ReceiptArchive,
  criteria: ReplayedCriterion[],
  found: { branch: ReplayedBranch | null; missing: string[]; lacking: readonly string[] },
): ReplayReport {
  const { manifest, receipts, reclaimed } = archive;
  const parts = [...criteria, ...(found.branch ? [found.branch] : [])];
  const overall = worst(parts.flatMap((one) => one.result ?? []));
  const result = overall ?? "cannot_replay";
  const nothing = overall === null ? ["A check that ran: these receipts have none"] : [];
  return {
    result,
    digest: manifest.digest,
    criteria,
    branch: found.branch,
    missing: [...found.missing, ...nothing],
    notices: [
      ...found.lacking.map((one) => `Not here: ${one}`),
      ...reclaimedNotices(reclaimed),
      ...(manifest.branch === undefined ? [NOT_COVERED] : []),
    ],
    claimed: {
      run: manifest.claimed.run,
      criteria: receipts.map(({ replayable, claimed }) => ({
        id: replayable.criterion.id,
        changed: reclaimed.includes(replayable.criterion.id),
        claimed,
      })),
    },
    exit: EXITS[result],
  };
}

/** What to say of criteria of which the claimed part is not what was exported. */
export function reclaimedNotices(reclaimed: ReceiptArchive["reclaimed"]): string[] {
  return reclaimed.map((id) => `What is claimed of criterion ${id} was changed after the export`);
}
