import type { Admission, CheckRun, ControlRun, Decision } from "../../kernel/check_run.ts";
import type { ErrorCode } from "../../kernel/error.ts";
import type { NewEvent, StoredEvent } from "../../kernel/event.ts";
import type { Outcome, Usage } from "../../kernel/outcome.ts";
import type { GuardedPath } from "../../kernel/guarded_path.ts";
import type { OutsideLink } from "../../kernel/outside_link.ts";
import type { PutBack } from "../../kernel/put_back.ts";
import type { Permission } from "../../kernel/runtime_event.ts";
import type { AttemptAt } from "./step.ts";

/** What the plan keeps of a check; its whole text is in the seed's blob. */
export interface PlannedCheck {
  digest: string;
  kind: "command" | "human";
  /** The command, or what a person is asked. */
  title: string;
  hidden: boolean;
  preserve: boolean;
}

/** What the plan keeps of a criterion. */
export interface PlannedCriterion {
  id: string;
  description: string;
  dependsOn: readonly string[];
  checks: readonly PlannedCheck[];
}

/** Limits of a run. */
export interface RunLimits {
  /** Tries per criterion. */
  attempts: number;
  /** Wall-clock minutes of one worker on this run. */
  minutes: number;
  /** Input and output tokens of all attempts together; null: no limit. */
  maxTokens: number | null;
  /** US dollars of all attempts together, as reported; null: no limit. */
  maxUsd: number | null;
  /** Criteria that are worked on at once. */
  jobs: number;
  /** Minutes that a worker may wait in all for limits of the provider; they do not count as its minutes. */
  waitMinutes: number;
}

/** Limits as events hold them; earlier versions knew fewer. */
export type StoredLimits =
  & Pick<RunLimits, "attempts" | "minutes" | "maxTokens">
  & Partial<RunLimits>;

/** Where a run starts from; see BaseSnapshot of the workspace. */
export interface RunBase {
  commit: string;
  tree: string;
  head: string | null;
  branch: string | null;
  /** The ref that was asked for; null: the working tree as it was. */
  ref: string | null;
  dirty: number;
  files: number;
  notices: readonly string[];
}

/** What one check is good for, as its run on the base showed. */
export interface AdmittedCheck {
  criterion: string;
  index: number;
  admission: Admission;
  run: CheckRun;
}

/** Why an attempt is made again; goes into its prompt. */
export interface RetryReason {
  kind:
    | "check_failed"
    | "not_checked"
    | "conflict"
    | "regression"
    | "agent_failed"
    | "interrupted";
  /** One line for people. */
  line: string;
  /** What the agent is told: command and output, conflicting paths, … */
  detail: string;
  /** That attempt left every file as it was. */
  idle?: true;
}

/** How a criterion ends. */
export type SettledState =
  | "passed"
  | "failed"
  | "unverified"
  | "accepted"
  | "blocked"
  | "skipped"
  | "cancelled";

/** How a whole run ends. */
export type RunResult = "passed" | "failed" | "unverified" | "cancelled";

/** Data of every event of a run's stream, by type. */
export interface RunEventData {
  "run.created": {
    runId: string;
    /** Absolute path of the project at that time. */
    project: string;
    /** The home folder that agents and checks had. */
    home?: string;
    seed: { id: string; name: string; digest: string; blob: string; goal: string };
    criteria: readonly PlannedCriterion[];
    stages: readonly (readonly string[])[];
    /** Dependencies that were dropped to break a cycle: "2 -> 1". */
    dropped: readonly string[];
    runtime: { id: string; title: string; version: string | null; program: string };
    permission: { asked: Permission; effective: Permission; confinement: string };
    model: string | null;
    /** Names of variables that are handed on to agents and checks beside the usual ones. */
    passEnv: readonly string[];
    /** Ignored paths that are copied from the user's project into worktrees and checkouts. */
    carry: readonly string[];
    /** Blob of the recording that is played in place of an agent. */
    recording: string | null;
    limits: StoredLimits;
    /** Asked for by flag: attempts are made even where the admission says that nothing can be decided. */
    anyway: boolean;
    /** A pass that its control confirms in part only decides nothing. */
    strict?: boolean;
    base: RunBase;
    version: string;
  };
  "run.admitted": {
    checks: readonly AdmittedCheck[];
    /** What there was of files in the home folder that change how checks run: name → word. */
    toolchains?: Readonly<Record<string, string>>;
  };
  /** The plan was shown; agents may start. `asked`: a person pressed Enter. */
  "run.confirmed": { anyway: boolean; how: "asked" | "flag" | "not_asked" };
  "worker.started": {
    epoch: number;
    pid: number;
    startTime: string;
    marker: string;
    /** New limits, where the person who resumed gave some. */
    limits?: StoredLimits;
  };
  "attempt.started": {
    criterion: string;
    attempt: number;
    /** Commit on which the worktree stands when the agent starts. */
    from: string;
    /** Head of the run's branch on which the criterion's work is based. */
    base: string;
    /** Session that is resumed; null: a new one. */
    session: string | null;
    fresh: boolean;
    retry: RetryReason | null;
    prompt: string;
    argv: readonly string[];
    /** Where the agent's raw output goes, below the run's folder. */
    spool: string;
  };
  "child.started": {
    criterion: string;
    attempt: number;
    pid: number;
    startTime: string;
    marker: string;
  };
  "attempt.ended": {
    criterion: string;
    attempt: number;
    outcome: Outcome;
    usage: Usage;
    durationMs: number;
    /** One line: why the child ended and what was seen. */
    why: string;
  };
  "attempt.recorded": {
    criterion: string;
    attempt: number;
    commit: string;
    tree: string;
    /** Number of paths that differ from `base`, and the first of them. */
    changed: number;
    paths: readonly string[];
    /** Paths that git ignores, and so no part of the work. */
    ignored?: readonly string[];
    /** Folders in which the agent made a repository; their files are plain files of the work. */
    nested?: readonly string[];
    /** Paths that are larger than what a run takes, and so as they were before. */
    tooLarge?: readonly string[];
    /** Links of the work that lead out of the project. */
    links?: readonly OutsideLink[];
    /** What the criterion's checks protect and the agent had changed. */
    putBack?: PutBack;
    /** What it changed and the checks of other criteria protect. */
    guarded?: readonly GuardedPath[];
  };
  "attempt.checked": {
    criterion: string;
    attempt: number;
    runs: readonly (CheckRun | null)[];
    /** Negative controls of those runs that passed, where the criterion did. */
    controls?: readonly (ControlRun | null)[];
    /** Files in the home folder that change how checks run and changed since the admission. */
    toolchains?: readonly string[];
    decision: Decision;
    /** What the next attempt is told. */
    counterexample: string;
  };
  "attempt.integrated": {
    criterion: string;
    attempt: number;
    before: string;
    head: string;
    tree: string;
  };
  "attempt.conflicted": { criterion: string; attempt: number; paths: readonly string[] };
  "branch.rechecked": {
    criterion: string;
    attempt: number;
    /** Attempts that came onto the branch before it, since the last look; left out: none. */
    with?: readonly AttemptAt[];
    tree: string;
    /** Criteria that had passed and of which a check says no now, with the counterexample. */
    regressions: readonly { criterion: string; line: string; counterexample: string }[];
    /** Criteria that had passed, and of which a check can no longer run: neither yes nor no. */
    undecided: readonly { criterion: string; reason: string }[];
  };
  "attempt.reverted": { criterion: string; attempt: number; head: string; tree: string };
  /** Attempts that broke something together were taken off the branch: each is looked at alone now. */
  "batch.reverted": { members: readonly AttemptAt[]; head: string; tree: string };
  "criterion.settled": {
    criterion: string;
    state: SettledState;
    /** How it was settled before, where this is not the first time. */
    before?: SettledState;
    reason: string;
    /** Digest of the receipt's blob. */
    receipt: string | null;
  };
  "criterion.accepted": {
    criterion: string;
    by: string;
    reason: string;
    receipt: string | null;
    /** Tree of the run's branch that holds its work; null or left out: none of it was brought in. */
    tree?: string | null;
  };
  /** It was blocked, and what it depends on holds now; a run that had ended goes on with it. */
  "criterion.reopened": { criterion: string; reason: string };
  /** A person's wish to accept could not be met; `request` is the version of that request. */
  "acceptance.refused": {
    request: number;
    criterion: string;
    by: string;
    code: ErrorCode;
    reason: string;
    hint: string | null;
  };
  /** The worker stopped before the end; the run can be resumed. */
  "run.interrupted": { code: ErrorCode; reason: string; hint: string | null };
  "run.ended": { result: RunResult; reason: string };
  "run.reopened": { by: string }; // It was cancelled, and somebody goes on with it all the same.
  "run.applied": { mode: string; undo: string; paths: number };
  "run.undone": { undo: string };
  "run.discarded": { bytes: number };
}

/** Every event type of a run's stream. */
export type RunEventType = keyof RunEventData;

/** A stored event of a run's stream, told apart by `type`. */
export type RunEvent = {
  [T in RunEventType]: StoredEvent<T, RunEventData[T]>;
}[RunEventType];

/** An event of a run's stream before it is appended. */
export type NewRunEvent = {
  [T in RunEventType]: NewEvent<T, RunEventData[T]>;
}[RunEventType];

/** Makes an event of a run's stream; the schema number is the present one of that type. */
export function runEvent<T extends RunEventType>(
  type: T,
  data: RunEventData[T],
): NewEvent<T, RunEventData[T]> {
  return { type, schema: 1, data };
}

/** Name of a run's stream. */
export function runStream(runId: string): string {
  return `run:${runId}`;
}

/** Name of the stream into which anyone may write requests to a run's worker. */
export function requestStream(runId: string): string {
  return `requests:${runId}`;
}
