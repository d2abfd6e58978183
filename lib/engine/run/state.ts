import type { CheckRun, ControlRun, Decision } from "../../kernel/check_run.ts";
import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome, Usage } from "../../kernel/outcome.ts";
import type { GuardedPath } from "../../kernel/guarded_path.ts";
import type { OutsideLink } from "../../kernel/outside_link.ts";
import type { PutBack } from "../../kernel/put_back.ts";
import type {
  AdmittedCheck,
  PlannedCriterion,
  RetryReason,
  RunEventData,
  RunLimits,
  RunResult,
  SettledState,
} from "./events.ts";
import type { AttemptAt } from "./step.ts";

/** One try of an agent on a criterion. */
export interface AttemptState {
  number: number;
  from: string;
  base: string;
  session: string | null;
  fresh: boolean;
  retry: RetryReason | null;
  spool: string;
  argv: readonly string[];
  startedAt: string;
  /** Which worker made it; attempts of an earlier worker are judged as interrupted. */
  workerEpoch: number;
  /** Session id that the agent reported. */
  sessionId: string | null;
  outcome: Outcome | null;
  usage: Usage;
  why: string;
  endedAt: string | null;
  durationMs: number;
  commit: string | null;
  tree: string | null;
  changed: number;
  paths: readonly string[];
  /** Links of its work that lead out of the project. */
  links: readonly OutsideLink[];
  /** Protected paths that it had changed; null: none. */
  putBack: PutBack | null;
  /** What it changed and the checks of other criteria protect. */
  guarded: readonly GuardedPath[];
  runs: readonly (CheckRun | null)[] | null;
  /** Negative controls of its passes; null where there was none to be confirmed. */
  controls: readonly (ControlRun | null)[] | null;
  /** Such files that had changed when its checks had run. */
  toolchains: readonly string[];
  decision: Decision | null;
  counterexample: string;
  conflict: readonly string[] | null;
  integrated: { before: string; head: string; tree: string } | null;
  regressions: RunEventData["branch.rechecked"]["regressions"] | null;
  reverted: boolean;
  /** It broke something together with others: the branch is looked at with it alone. */
  alone: boolean;
}

/** One criterion of a run. */
export interface CriterionState extends PlannedCriterion {
  /** Null until it is settled. */
  settled: { state: SettledState; reason: string; receipt: string | null } | null;
  /** `tree`: of the branch with its work; null: none of its work is there. */
  accepted: { by: string; reason: string; at: string; tree: string | null } | null;
  attempts: AttemptState[];
  admission: AdmittedCheck[];
}

/** A run, folded from its events. */
export interface RunState {
  created: RunEventData["run.created"];
  createdAt: string;
  /** Of the creation, or of the last resume that changed them. */
  limits: RunLimits;
  admitted: boolean;
  /** What the admission saw of files in the home folder that change how checks run. */
  toolchains: Readonly<Record<string, string>> | null;
  /** The plan was shown and agents may start. */
  confirmed: boolean;
  /** Attempts are made even where the admission says that nothing can be decided. */
  anyway: boolean;
  worker: (RunEventData["worker.started"] & { at: string }) | null;
  /** Children that were started and whose ends are not known. */
  children: RunEventData["child.started"][];
  /** Head and tree of the run's branch. */
  head: string;
  headTree: string;
  /** The branch when it was last looked at and nothing was broken: where new work begins. */
  sound: { head: string; tree: string };
  /** Attempts on the branch that broke something together, and are to be taken off it. */
  together: readonly AttemptAt[];
  /** A provider's limit that the present worker met, until it ends. */
  pause: { untilMs: number; seconds: number; reason: string } | null;
  /** Seconds that the present worker has waited, or will, for limits of the provider. */
  waitedSeconds: number;
  criteria: CriterionState[];
  /** Of the last look at the present branch: what had passed, and could not be checked there. */
  undecided: RunEventData["branch.rechecked"]["undecided"];
  /** Requests to accept that were refused, by their versions. */
  refused: RunEventData["acceptance.refused"][];
  usage: Usage;
  interrupted: { code: ErrorCode; reason: string; hint: string | null } | null;
  ended: { result: RunResult; reason: string; at: string } | null;
  applied: { mode: string; undo: string; at: string } | null;
  discarded: boolean;
  version: number;
  updatedAt: string;
}
