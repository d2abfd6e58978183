import { OuroborosError } from "../../kernel/error.ts";
import { busy } from "../../setup/write/pending.ts";
import { receiptPath } from "../../setup/write/install_receipt.ts";
import { digestAt } from "../../setup/write/pending_files.ts";
import { seePending } from "../../setup/write/see_pending.ts";
import type { App } from "../app.ts";
import { rootTrouble } from "../root_trouble.ts";

/**
 * Does the work of a set-up or an uninstall, beside which another ouroboros may be at work: a
 * conflict that it is behind is told as that, and what comes of OUROBOROS_HOME as
 * {@link rootTrouble} tells it. Other errors as they are.
 */
export async function* amongOthers<Step, Result>(
  app: Pick<App, "paths">,
  work: () => AsyncGenerator<Step, Result>,
): AsyncGenerator<Step, Result> {
  const mark = await receiptMark(app);
  try {
    return yield* work();
  } catch (thrown) {
    throw await crowded(app, mark, await rootTrouble(app, thrown));
  }
}

/** Digest of the receipt, by which another ouroboros is known to have been at work meanwhile. */
async function receiptMark(app: Pick<App, "paths">): Promise<string | null | undefined> {
  return await digestAt(receiptPath(app.paths.root));
}

/** The other one holds the record of changes still, or the receipt is another than `mark`. */
async function crowded(
  app: Pick<App, "paths">,
  mark: string | null | undefined,
  thrown: unknown,
): Promise<unknown> {
  if (!(thrown instanceof OuroborosError) || thrown.code !== "conflict") return thrown;
  // A record that cannot be looked at names nobody; the conflict is what matters.
  const seen = await seePending(app.paths.root).catch(() => undefined);
  if (seen?.state === "held") return busy(seen.path, seen.record.pid);
  if (await receiptMark(app) === mark) return thrown;
  return new OuroborosError({
    code: "conflict",
    message: `${thrown.message}; another ouroboros was at work meanwhile`,
    hint: "Run the same command again: what it did is shown then",
    retryable: true,
    cause: thrown,
  });
}
