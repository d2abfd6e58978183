import type { Confirmed } from "../../checks/confirm_passes.ts";
import type { ToolchainFiles } from "../../checks/toolchain_files.ts";
import type { Criterion, Seed } from "../../engine/seed/seed.ts";
import type { CheckRun } from "../../kernel/check_run.ts";
import type { Clock } from "../../kernel/clock.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { ChildEnv } from "../../process/child.ts";
import type { Processes } from "../../process/processes.ts";
import type { SpoolMask } from "../../process/spool.ts";
import type { RuntimeDefinition, RuntimeLimits } from "../../runtimes/definition.ts";
import type { Journal } from "../../store/journal.ts";
import type { ObjectId, RunWorkspace } from "../../workspace/run_workspace.ts";
import type { MachineSlot } from "./machine_slots.ts";
import type { Recorder } from "../recorder.ts";
import type { EmitProgress } from "./progress.ts";
import type { RunLog } from "./run_log.ts";
import type { Spend } from "./spend.ts";
import type { Wishes } from "./wishes.ts";

/** Everything that a worker's steps need of one run. */
export interface RunContext {
  runId: string;
  /** Our folder of this run. */
  dir: string;
  seed: Seed;
  log: RunLog;
  journal: Journal;
  workspace: RunWorkspace;
  processes: Processes;
  /** Takes known secrets out of what an agent prints, on its way to the disk. */
  spoolMask: () => SpoolMask;
  clock: Clock;
  /** The system's folder for temporary files. */
  systemTmp: string;
  /** Waits for one of the runtime's places on this machine; undefined: the worker has to stop. */
  slot(at: { criterion: string }): Promise<MachineSlot | undefined>;
  runtime: {
    definition: RuntimeDefinition;
    program: readonly [string, ...string[]];
    limits: RuntimeLimits;
    env: ChildEnv;
    /** Names of our own skills in this host, which its workers are not shown. */
    hiddenSkills: readonly string[];
    /** Free data for embedded runtimes, by attempt. */
    embedded(criterion: string, attempt: number): Readonly<Record<string, string>> | undefined;
  };
  /** Runs a criterion's checks on a tree; a (check, tree) pair runs once. */
  check(
    criterion: Criterion,
    tree: ObjectId,
    options: { on: "base" | "work"; again?: boolean },
  ): Promise<(CheckRun | null)[]>;
  /** Confirms a criterion's passes by negative controls, once for each (check, tree). */
  confirm(criterion: Criterion, runs: readonly (CheckRun | null)[]): Promise<Confirmed>;
  /** What there is of the toolchains' files in the home folder, which checks get as it is. */
  toolchains(): Promise<ToolchainFiles>;
  /** What people accepted meanwhile; the worker, the one writer, takes it in between steps. */
  wishes: Wishes;
  /** What its attempts cost, against its ceilings. */
  spend: Spend;
  recorder: Recorder | undefined;
  emit: EmitProgress;
  /** Aborts when this worker has to stop. */
  stop: AbortSignal;
}

/** A criterion of the seed. */
export function criterionOf(
  context: Pick<RunContext, "seed" | "runId">,
  id: string,
): Criterion {
  const criterion = context.seed.criteria.find((one) => one.id === id);
  if (criterion) return criterion;
  throw new OuroborosError({
    code: "internal",
    message: `Find criterion "${id}": the seed of run "${context.runId}" does not have it`,
  });
}

/** A criterion's state together with one of its attempts. */
export function stateOf(
  context: Pick<RunContext, "log" | "runId">,
  at: { criterion: string; attempt: number },
) {
  const criterion = context.log.state.criteria.find((one) => one.id === at.criterion);
  const attempt = criterion?.attempts.find((one) => one.number === at.attempt);
  if (criterion && attempt) return { criterion, attempt };
  throw new OuroborosError({
    code: "internal",
    message: `Find attempt ${at.attempt} of criterion "${at.criterion}" in run "${context.runId}"`,
  });
}

/** Name of a criterion's worktree: criterion ids are safe as file names by their grammar. */
export function worktreeName(criterion: string): string {
  return `c-${criterion}`;
}
