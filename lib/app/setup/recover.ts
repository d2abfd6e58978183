import { OuroborosError } from "../../kernel/error.ts";
import { recoverTransaction } from "../../setup/write/recover_transaction.ts";
import type { App } from "../app.ts";
import { lookForUnfinished } from "./unfinished.ts";

/** An earlier set-up or uninstall that was cut off, and what became of it. */
export interface Recovered {
  step: "recovered";
  outcome: "completed" | "rolled_back";
  files: readonly string[];
  /** Files that somebody changed since; they stayed. */
  kept: readonly string[];
}

/**
 * Ends what an earlier set-up left half done; undefined where there is nothing. With `dryRun`
 * nothing is written. Errors: setup_unfinished when another process is at work, when its record is
 * damaged, and in a dry run.
 */
export async function recover(
  app: Pick<App, "paths">,
  options: { dryRun: boolean },
): Promise<Recovered | undefined> {
  const { root } = app.paths;
  if (options.dryRun) {
    const found = await lookForUnfinished(app);
    if (found === null) return undefined;
    const { text, hint } = found;
    throw new OuroborosError({ code: "setup_unfinished", message: text, hint });
  }
  const { outcome, files, kept } = await recoverTransaction(root);
  return outcome === "none" ? undefined : { step: "recovered", outcome, files, kept };
}
