import type { CannotRun } from "../kernel/check_run.ts";
import { canonicalJson } from "../kernel/canonical_json.ts";
import { sha256 } from "../kernel/digest.ts";
import type { TreeFile } from "../workspace/run_workspace.ts";
import type { PrepareInput } from "./check_input.ts";
import { protectedPaths } from "./protected_paths.ts";
import { type CommandSpec, runCommand } from "./run_command.ts";
import { trouble } from "./trouble.ts";

/** Where a preparation runs. */
export type PrepareOptions = Omit<CommandSpec, "run" | "timeoutMs" | "keepOutput" | "cwd"> & {
  /** Folder in which the command runs. */
  cwd: string;
};

/** How a preparation ended; `cannotRun` is set when it failed, whatever the cause. */
export interface PrepareResult {
  durationMs: number;
  outputTail: string;
  cannotRun?: CannotRun;
}

/**
 * Runs a seed's prepare command in a checkout. A check whose checkout could not be made ready has
 * decided nothing, so that every failure here is a reason for `cannot_run`.
 * Throws OuroborosError: cancelled, depth_exceeded.
 */
export async function runPrepare(
  prepare: PrepareInput,
  options: PrepareOptions,
): Promise<PrepareResult> {
  const result = await runCommand({ ...options, run: prepare.run, timeoutMs: prepare.timeoutMs });
  const { durationMs, outputTail } = result;
  if (!result.stopped && result.exit === 0) return { durationMs, outputTail };
  const cause = result.stopped ?? await result.missing();
  const detail = cause ? `${cause.kind.replaceAll("_", " ")}: ${cause.what}` : result.line;
  return {
    durationMs,
    outputTail,
    // The time that a preparation takes says nothing of the check.
    cannotRun: trouble(
      cause === undefined || cause.kind === "timed_out" ? "not_started" : cause.kind,
      `preparation failed: ${detail}`,
    ),
  };
}

/**
 * What a preparation depends on: its command and the files in `when`. Equal text means that a
 * folder that was prepared before is still ready, as far as the seed says.
 */
export function prepareKey(
  prepare: Pick<PrepareInput, "run" | "when">,
  entries: readonly Pick<TreeFile, "path" | "kind" | "id">[],
): string {
  const when = protectedPaths(prepare.when);
  const files = entries.filter((entry) => when.covers(entry.path))
    .map(({ path, kind, id }) => [path, kind, id]).sort();
  return sha256(canonicalJson({ run: prepare.run, files }));
}
