import type { CannotRun, CheckRun } from "../kernel/check_run.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { ObjectId } from "../workspace/run_workspace.ts";
import { join } from "@std/path";
import { checkDigest } from "./check_digest.ts";
import type { CheckCache } from "./check_cache.ts";
import type { CheckInput, CommandInput, PrepareInput } from "./check_input.ts";
import { runPrepare } from "./prepare.ts";
import { folderIn } from "./inside.ts";
import type { CheckWorkspace } from "./put_back.ts";
import { couldNotRun, runCheck, type RunCheckOptions } from "./run_check.ts";

/** How the checks of a criterion are run on a tree. */
export interface CheckTreeOptions extends
  Pick<
    RunCheckOptions,
    "surroundings" | "processes" | "scratch" | "signal" | "prefix" | "dir" | "label"
  > {
  workspace: CheckWorkspace;
  /** Tree of the base snapshot, from which protected files come. */
  base: ObjectId;
  prepare?: PrepareInput;
  cache: CheckCache;
  /** Which checkout folder of the workspace is used. */
  purpose?: string;
  /** Run even where a result is known: a base is looked at again, or a flip is looked for. */
  again?: boolean;
  /** Told of each result as it comes. */
  onRun?(index: number, run: CheckRun): void;
}

/**
 * Runs the checks of a criterion on a tree, one after the other, each in a clean checkout, and
 * gives a result for each; null for those that only a person can do. A check that ran on this tree
 * before is not run again, unless it could not run then: what was missing may be there now.
 * Throws OuroborosError: cancelled, depth_exceeded, and those of the workspace.
 */
export async function checkTree(
  checks: readonly CheckInput[],
  tree: ObjectId,
  options: CheckTreeOptions,
): Promise<(CheckRun | null)[]> {
  const runs: (CheckRun | null)[] = [];
  for (const [index, check] of checks.entries()) {
    if (options.signal?.aborted) {
      throw new OuroborosError({ code: "cancelled", message: `Cancelled ${options.label}` });
    }
    if (check.kind === "human") {
      runs.push(null);
      continue;
    }
    const known = options.again ? undefined : await options.cache.get(checkDigest(check), tree);
    const label = `check ${index + 1} of ${options.label}`;
    const run = known && known.verdict !== "cannot_run"
      ? { ...known, reused: true }
      : await runFresh(check, tree, { ...options, label });
    if (!run.reused) await options.cache.put(run);
    options.onRun?.(index, run);
    runs.push(run);
  }
  return runs;
}

async function runFresh(
  check: CommandInput,
  tree: ObjectId,
  options: CheckTreeOptions,
): Promise<CheckRun> {
  const checkout = await options.workspace.checkout(tree, options.purpose ?? "checks");
  try {
    const place = { ...options, checkout: await Deno.realPath(checkout.path), tree };
    if (!options.prepare) return await runCheck(check, { ...place, disturbed: false });
    const failed = await prepareIn(options.prepare, place);
    if (failed) return couldNotRun(check, tree, failed.cannotRun, failed.outputTail);
    return await runCheck(check, { ...place, disturbed: true });
  } finally {
    await checkout.release();
  }
}

/**
 * Makes a clean checkout ready; gives the result where that failed. A clean checkout holds nothing
 * of an earlier preparation, so this runs for each: what one check left in a prepared folder must
 * not be seen by the next.
 */
async function prepareIn(
  prepare: PrepareInput,
  place: CheckTreeOptions & { checkout: string },
): Promise<{ cannotRun: CannotRun; outputTail: string } | undefined> {
  const cwd = await folderIn(place.checkout, join(place.prefix, place.dir));
  if ("missing" in cwd) return undefined;
  const result = await runPrepare(prepare, {
    ...place,
    cwd: cwd.path,
    label: `preparation for ${place.label}`,
  });
  return result.cannotRun && { cannotRun: result.cannotRun, outputTail: result.outputTail };
}
