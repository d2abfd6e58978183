import type { CheckRun } from "../kernel/check_run.ts";

/**
 * Results of earlier runs of the same check on the same tree, within one run of a seed (so: with
 * the same base, the same preparation and the same machine). The journal is behind it in the
 * program.
 */
export interface CheckCache {
  get(checkDigest: string, tree: string): CheckRun | undefined | Promise<CheckRun | undefined>;
  put(run: CheckRun): void | Promise<void>;
}

/** A cache in memory. */
export function memoryCheckCache(): CheckCache {
  const runs = new Map<string, CheckRun>();
  return {
    get: (checkDigest, tree) => runs.get(`${checkDigest} ${tree}`),
    put(run) {
      runs.set(`${run.checkDigest} ${run.tree}`, run);
    },
  };
}
