import type { CheckRun, ControlRun } from "../kernel/check_run.ts";
import { checkDigest } from "./check_digest.ts";
import type { CheckInput } from "./check_input.ts";
import { checkTree, type CheckTreeOptions } from "./check_tree.ts";
import { runControl } from "./control.ts";

/** Controls that are known: one for each (check, tree). */
export interface ControlCache {
  get(checkDigest: string, tree: string): ControlRun | undefined;
  put(control: ControlRun): void;
}

/** A cache in memory. */
export function memoryControlCache(): ControlCache {
  const known = new Map<string, ControlRun>();
  return {
    get: (digest, tree) => known.get(`${digest} ${tree}`),
    put(control) {
      known.set(`${control.checkDigest} ${control.tree}`, control);
    },
  };
}

/** How passes are confirmed. */
export interface ConfirmOptions extends CheckTreeOptions {
  controls: ControlCache;
  /**
   * Each check runs once more on its tree, so that a flaky one shows, and an early end is looked for
   * whatever the runner's summary says.
   */
  strict?: boolean;
}

/** Passes that were looked at; lists run parallel to the checks. */
export interface Confirmed {
  runs: (CheckRun | null)[];
  controls: (ControlRun | null)[];
}

/**
 * Confirms those runs that passed by a negative control. The tree is a part of what a control is
 * known by: work that ends the runner early is found only on its own tree.
 * Throws OuroborosError: cancelled, depth_exceeded, and those of the workspace.
 */
export async function confirmPasses(
  checks: readonly CheckInput[],
  runs: readonly (CheckRun | null)[],
  options: ConfirmOptions,
): Promise<Confirmed> {
  const seen: Confirmed = { runs: [...runs], controls: runs.map(() => null) };
  for (const [index, check] of checks.entries()) {
    let run = runs[index];
    if (check.kind !== "command" || run?.verdict !== "pass") continue;
    const label = `check ${index + 1} of ${options.label}`;
    if (options.strict) {
      [run] = await checkTree([check], run.tree, { ...options, label, again: true });
      seen.runs[index] = run!;
      if (run!.verdict !== "pass" || run!.flaky) continue;
    }
    const digest = checkDigest(check);
    const known = options.controls.get(digest, run!.tree);
    const control = known ?? await runControl(check, run!, {
      ...options,
      label,
      thorough: options.strict === true,
    });
    options.controls.put(control);
    seen.controls[index] = control;
  }
  return seen;
}
