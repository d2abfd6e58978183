import type { CannotRun, CheckRun } from "../kernel/check_run.ts";
import { canonicalJson } from "../kernel/canonical_json.ts";
import { sha256 } from "../kernel/digest.ts";
import type { ObjectId, RunWorkspace, TreeFile } from "../workspace/run_workspace.ts";
import type { CommandInput, PrepareInput } from "./check_input.ts";
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

const FAILED = "preparation failed: ";

/** Whether a check could not run because its checkout could not be made ready. */
export function isUnprepared(run: Pick<CheckRun, "cannotRun">): boolean {
  return run.cannotRun?.what.startsWith(FAILED) === true;
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
      `${FAILED}${detail}`,
    ),
  };
}

/** The check for which a checkout is made ready, and between which trees its work lies. */
export interface PreparedFor {
  check: Pick<CommandInput, "protect" | "files">;
  base: ObjectId;
  tree: ObjectId;
  workspace: Pick<RunWorkspace, "listEntries" | "changed">;
}

/**
 * What a prepared checkout may be used again for: the same preparation of the same tree, with the
 * same files put back in it. For another tree it is made anew, although its `when` files may be
 * equal: between trees, ignored files that a check built (`dist/`, a cache) would let the old work
 * speak for the new.
 */
export async function prepareKey(
  prepare: Pick<PrepareInput, "run" | "when">,
  { check, base, tree, workspace }: PreparedFor,
): Promise<string> {
  const entries = await workspace.listEntries(tree);
  const when = protectedPaths(prepare.when);
  const files = entries.filter((entry) => when.covers(entry.path))
    .map(({ path, kind, id }) => [path, kind, id]).sort();
  return sha256(canonicalJson({
    run: prepare.run,
    tree,
    files,
    given: check.files,
    ...await putBackIn(entries, { check, base, tree, workspace }),
  }));
}

/** What is put back: nothing, as a rule, so that checks with other protected paths share a checkout. */
async function putBackIn(
  entries: readonly Pick<TreeFile, "path" | "kind">[],
  { check, base, tree, workspace }: PreparedFor,
): Promise<{ base: ObjectId; protect: readonly string[] } | undefined> {
  if (check.protect.length === 0) return undefined;
  const guarded = protectedPaths(check.protect);
  const links = new Set(entries.filter(({ kind }) => kind === "link").map(({ path }) => path));
  // A link may hide protected files, whatever its own name is.
  const differs = (await workspace.changed(base, tree))
    .some(({ path }) => guarded.covers(path) || links.has(path));
  return differs ? { base, protect: check.protect } : undefined;
}
