/** Why a check could not decide, where that can be told. */
export interface CannotRun {
  kind:
    | "missing_tool"
    | "missing_module"
    | "refused_connection"
    /** The check's own time limit. */
    | "timed_out"
    /** By SIGKILL, as a machine does whose memory is used up. */
    | "killed"
    | "too_much_output"
    /** An expression of `expect` that did not end. */
    | "endless_match"
    | "not_started";
  /** The tool, module or address. */
  what: string;
  /** Equal text on two trees means: the same trouble, so probably not the work's. */
  signature: string;
}

/** How single tests ended, by the names that a report gives them. */
export interface TestResults {
  passed: readonly string[];
  failed: readonly string[];
  skipped: readonly string[];
}

/** One run of one command check on one tree. */
export interface CheckRun {
  /** Digest of the check (command, files, protect, expectation). */
  checkDigest: string;
  /** Tree on which it ran, before protected files were put back. */
  tree: string;
  verdict: "pass" | "fail" | "cannot_run";
  exit: number | null;
  signal: string | null;
  durationMs: number;
  /** Last part of what it printed, stdout and stderr as they came, at most 8 KiB. */
  outputTail: string;
  /** The line that says most about a failure; empty for a pass. */
  line: string;
  cannotRun?: CannotRun;
  /** Which part of `expect` did not hold. */
  unmet?: string;
  /** Number of tests that the output reports; left out where no runner's summary was recognised. */
  testsRan?: number;
  /** Single tests, where the check leaves a report. */
  tests?: TestResults;
  /** The verdict is by single tests: how many of those that pass show that something was done. */
  byTests?: { gained: number };
  /** The check said one thing and another of the very same tree. */
  flaky?: { passed: number; of: number };
  /** A source that was another one when the command had ended; looked for after a pass, and on the base. */
  rewritten?: string;
  /** Whether the network was walled off, where the check asks for it. */
  network?: "walled" | "open";
  /** True when this result was taken from an earlier run of the same check on the same tree. */
  reused: boolean;
}

/**
 * What a negative control showed of a pass. `full`: the check notices when its own sources fail,
 * at their start and at their end. `partial`: at their start only, so that something may have ended
 * it early, or that it rests on something of the work's own (a build result, an assertion that was
 * replaced). `missed`: not at all, so that it never ran them, or it rests on what lies outside of
 * the project. `none`: nothing can be said.
 */
export type ControlState = "full" | "partial" | "missed" | "none";

/** The negative control of one check on one tree. */
export interface ControlRun {
  checkDigest: string;
  tree: string;
  state: ControlState;
  /** One line for people: what was made to fail and what was seen, or why nothing was. */
  reason: string;
  /** The source that is named, relative to the project; left out for `none`. */
  file?: string;
  /** Number of sources that were made to fail, and the digest of their names and bytes. */
  sources: { count: number; digest: string } | null;
  /** How often the check ran for it. */
  runs: number;
  durationMs: number;
}

/** What a check is good for, as the base showed. */
export type Admission = "can_decide" | "can_only_preserve" | "cannot_run";

/** A criterion's state after its checks ran on an attempt's tree. */
export type Verdict = "passed" | "failed" | "unverified";

/** The decision on a criterion, with the reason in one line. */
export interface Decision {
  verdict: Verdict;
  reason: string;
  /** What negative controls showed of the checks; left out before they were asked. */
  control?: ControlState;
  /** Indexes of checks that never could run, on the base and on this tree alike. */
  broken: readonly number[];
}
