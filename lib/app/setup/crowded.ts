import { OuroborosError } from "../../kernel/error.ts";
import { busy } from "../../setup/write/pending.ts";
import { receiptPath } from "../../setup/write/install_receipt.ts";
import { digestAt } from "../../setup/write/pending_files.ts";
import { seePending } from "../../setup/write/see_pending.ts";
import type { App } from "../app.ts";

/** Digest of the receipt, by which another ouroboros is known to have been at work meanwhile. */
export async function receiptMark(app: Pick<App, "paths">): Promise<string | null | undefined> {
  return await digestAt(receiptPath(app.paths.root));
}

/**
 * A conflict that another ouroboros is behind, told as that: it holds the record of changes still,
 * or the receipt is another than `mark`. Other errors as they are.
 */
export async function crowded(
  app: Pick<App, "paths">,
  mark: string | null | undefined,
  thrown: unknown,
): Promise<unknown> {
  if (!(thrown instanceof OuroborosError) || thrown.code !== "conflict") return thrown;
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
