import type { ControlState } from "../../kernel/check_run.ts";
import { ERROR_CODES } from "../../kernel/error.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import type { Usage } from "../../kernel/outcome.ts";
import type { GuardedPath } from "../../kernel/guarded_path.ts";
import type { OutsideLink } from "../../kernel/outside_link.ts";
import type { PutBack } from "../../kernel/put_back.ts";
import { isTry } from "./attempt_kind.ts";
import { recordedWork } from "./recorded_work.ts";
import { runResult } from "./run_result.ts";
import type { AttemptState, RunState } from "./state.ts";
import { unblocked } from "./unblocked.ts";
import { workToBring } from "./work_to_bring.ts";

/** What people and programs are told about a criterion. */
export interface CriterionView {
  id: string;
  description: string;
  /** Settled state, or where its work stands now. */
  state: string;
  reason: string;
  /** Agents started for it, those that were cut off too. */
  tries: number;
  /** How many of them were cut off and so count against no limit. */
  cutOff: number;
  receipt: string | null;
  /** What negative controls showed of the checks that decided it; null where none passed it. */
  control: ControlState | null;
  acceptedBy: string | null;
  /** Of the try whose work stands for it: protected paths that were put back; null: none. */
  putBack: PutBack | null;
  /** Of the same try: what it changed and the checks of other criteria protect. */
  guarded: readonly GuardedPath[];
  /** Of the same try: links that lead out of the project. */
  links: readonly OutsideLink[];
  /** Files in the home folder that change how checks run and changed since the admission. */
  toolchains: readonly string[];
  /** Accepted, although changes of that try are not on the run's branch. */
  withoutWork: boolean;
}

/** What people and programs are told about a run. */
export interface RunView {
  runId: string;
  goal: string;
  seed: { id: string; digest: string; name: string };
  project: string;
  runtime: string;
  permission: string;
  state: "running" | "interrupted" | "passed" | "failed" | "unverified" | "cancelled";
  reason: string;
  hint: string | null;
  criteria: CriterionView[];
  usage: Usage;
  /** Agents started. */
  attempts: number;
  /** Criteria that were blocked and no longer are: a resume works on them. */
  unblocked: readonly string[];
  createdAt: string;
  updatedAt: string;
  /** Whether the run's branch differs from its base. */
  changed: boolean;
  applied: boolean;
  /** An apply was cut off before it was written down; what it did is taken back by an undo. */
  applyCutOff: boolean;
  discarded: boolean;
  exit: ExitCode;
}

/** A run for people and programs. */
export function viewRun(state: RunState): RunView {
  return {
    runId: state.created.runId,
    goal: state.created.seed.goal,
    seed: {
      id: state.created.seed.id,
      digest: state.created.seed.digest,
      name: state.created.seed.name,
    },
    project: state.created.project,
    runtime: state.created.runtime.id,
    permission: state.created.permission.effective,
    state: overall(state),
    reason: reasonOf(state),
    hint: state.interrupted?.hint ?? null,
    criteria: state.criteria.map((criterion) => ({
      id: criterion.id,
      description: criterion.description,
      state: criterion.settled?.state ?? open(state, criterion.attempts.at(-1)),
      reason: criterion.settled?.reason ?? "",
      tries: criterion.attempts.length,
      cutOff: criterion.attempts.filter((one) => one.outcome !== null && !isTry(one)).length,
      receipt: criterion.settled?.receipt ?? null,
      control: criterion.attempts.at(-1)?.decision?.control ?? null,
      acceptedBy: criterion.accepted?.by ?? null,
      putBack: recordedWork(criterion)?.putBack ?? null,
      guarded: recordedWork(criterion)?.guarded ?? [],
      links: recordedWork(criterion)?.links ?? [],
      toolchains: recordedWork(criterion)?.toolchains ?? [],
      withoutWork: criterion.accepted !== null && workToBring(criterion) !== undefined,
    })),
    usage: state.usage,
    attempts: state.criteria.flatMap((one) => one.attempts)
      .filter((one) => one.outcome?.reason !== "not_started").length,
    unblocked: unblocked(state),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    changed: state.headTree !== state.created.base.tree,
    applied: state.applied !== null,
    // Only the run's folder knows.
    applyCutOff: false,
    discarded: state.discarded,
    exit: runExit(state),
  };
}

/** Nothing is worked on in a run that stopped. */
function open(state: RunState, attempt: AttemptState | undefined): string {
  const now = working(attempt);
  if (state.ended?.result === "cancelled") return "cancelled";
  return state.interrupted && now === "working" ? "interrupted" : now;
}

/** Where unsettled work stands: the words of the criterion's life, in order. */
function working(attempt: AttemptState | undefined): string {
  if (!attempt) return "pending";
  // An agent that was cut off claims nothing, and one whose work failed is about to try again.
  if (attempt.outcome?.reason !== "completed") return "working";
  if (attempt.decision?.verdict === "failed") return "working";
  return attempt.tree === null ? "claimed" : "checking";
}

/** A person may have closed a criterion since the run ended. */
function reasonOf(state: RunState): string {
  // An interrupted run may have been cancelled since.
  if (state.ended?.result === "cancelled") return state.ended.reason;
  if (state.interrupted) return state.interrupted.reason;
  if (!state.ended) return waitsFor(state);
  return runResult(state.criteria).reason;
}

/** The end of a provider's limit is known to whoever reads; whether it is over is for them to see. */
function waitsFor({ pause }: RunState): string {
  return pause ? `Waits until ${new Date(pause.untilMs).toISOString()}: ${pause.reason}` : "";
}

function overall(state: RunState): RunView["state"] {
  if (state.ended?.result === "cancelled") return "cancelled";
  if (state.interrupted) return "interrupted";
  return state.ended ? runResult(state.criteria).result : "running";
}

/** The exit code of a command that ends with this run. */
export function runExit(state: RunState): ExitCode {
  switch (overall(state)) {
    case "passed":
      return EXIT.done;
    case "failed":
      return EXIT.checkSaidNo;
    case "cancelled":
      return EXIT.cancelled;
    case "interrupted":
      return ERROR_CODES[state.interrupted!.code];
    default:
      return EXIT.undecided;
  }
}
