import type { CheckRun } from "../kernel/check_run.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { ObjectId } from "../workspace/run_workspace.ts";
import { byTests } from "./by_tests.ts";
import { checkDigest } from "./check_digest.ts";
import type { CheckCache } from "./check_cache.ts";
import type { CheckInput, CommandInput, PrepareInput } from "./check_input.ts";
import { ownPaths } from "./own_paths.ts";
import { prepareKey, runPrepare } from "./prepare.ts";
import { protectedPaths } from "./protected_paths.ts";
import type { CheckWorkspace } from "./put_back.ts";
import { withEarlier } from "./flipped.ts";
import { runCheck, type RunCheckOptions } from "./run_check.ts";

/** How the checks of a criterion are run on a tree. */
export interface CheckTreeOptions extends
  Pick<
    RunCheckOptions,
    "surroundings" | "processes" | "scratch" | "signal" | "dir" | "label"
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
  /** Told before a command starts; not for results that are known. */
  onStart?(index: number): void;
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
    const known = await options.cache.get(checkDigest(check), tree);
    const label = `check ${index + 1} of ${options.label}`;
    const usable = known && known.verdict !== "cannot_run" && !options.again;
    if (!usable) options.onStart?.(index);
    const run = usable
      ? { ...known, reused: true }
      : withEarlier(await runJudged(check, tree, { ...options, label }), known);
    if (!run.reused) await options.cache.put(run);
    options.onRun?.(index, run);
    runs.push(run);
  }
  return runs;
}

/** A fresh run, decided by single tests where the check leaves a report of them. */
async function runJudged(
  check: CommandInput,
  tree: ObjectId,
  options: CheckTreeOptions,
): Promise<CheckRun> {
  const run = await runFresh(check, tree, options);
  if (!check.report || tree === options.base) return run;
  return byTests(check, run, await options.cache.get(checkDigest(check), options.base) ?? null);
}

/** What is done to a checkout before a check runs there. */
export interface Alteration {
  /** Only when the checkout was made ready: what was built there is of the files as they were. */
  late?: boolean;
  /** Called with the real path of the checkout, its protected and own files in place. */
  apply(checkout: string): Promise<void>;
}

/**
 * Runs one check once in a clean checkout, whatever is known of it, and keeps nothing.
 * Throws as {@link checkTree}.
 */
export async function runFresh(
  check: CommandInput,
  tree: ObjectId,
  options: Omit<CheckTreeOptions, "cache">,
  alteration?: Alteration,
): Promise<CheckRun> {
  const { prepare, base, workspace } = options;
  // What is built from altered files is used for nothing else.
  const keep = prepare && !alteration
    ? await prepareKey(prepare, { check, base, tree, workspace })
    : undefined;
  const purpose = options.purpose ?? (alteration ? "control" : "checks");
  const guards = check.protect.length > 0 ? protectedPaths(check.protect).covers : undefined;
  const work = { base, ...(guards ? { guards } : {}) };
  const checkout = await workspace.checkout(tree, purpose, { keep, work });
  let ready = prepare === undefined || checkout.prepared;
  try {
    const place = { ...options, checkout: await Deno.realPath(checkout.path), tree };
    return await runCheck(check, {
      ...place,
      disturbed: checkout.prepared,
      async alter(path) {
        if (ready || !alteration?.late) await alteration?.apply(path);
      },
      ...(ready || prepare === undefined ? {} : {
        async makeReady(cwd: string) {
          const label = `preparation for ${place.label}`;
          const result = await runPrepare(prepare, { ...place, cwd, label });
          ready = result.cannotRun === undefined;
          if (ready) await checkout.keep(ownPaths(check).covers);
          return result;
        },
      }),
    });
  } finally {
    await checkout.release();
  }
}
