import type { Receipt } from "../checks/receipt.ts";
import { renderReceipt } from "../checks/render_receipt.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";

/** The receipts of a run, as records and as text. */
export interface RunReceipts {
  runId: string;
  receipts: { digest: string; receipt: Receipt }[];
  text: string;
}

/** Errors: not_found (run, criterion), usage, journal_unusable. */
export async function runReceipts(
  app: App,
  word: string | undefined,
  options: { criterion?: string | undefined; width: number },
): Promise<RunReceipts> {
  const journal = await app.journal();
  const state = await findRun(app, word);
  const { runId } = state.created;
  const wanted = options.criterion;
  if (wanted !== undefined && !state.criteria.some((one) => one.id === wanted)) {
    throw new OuroborosError({
      code: "not_found",
      message: `Find criterion "${wanted}" in run "${runId}"`,
      hint: `ouroboros status ${runId}`,
    });
  }
  const receipts: RunReceipts["receipts"] = [];
  for (const criterion of state.criteria) {
    if (wanted !== undefined && criterion.id !== wanted) continue;
    const digest = criterion.settled?.receipt;
    if (!digest) continue;
    const bytes = await journal.getBlob(digest);
    if (!bytes) {
      throw new OuroborosError({
        code: "journal_unusable",
        message: `Read receipt ${digest} of run "${runId}": it is missing from the journal`,
      });
    }
    receipts.push({ digest, receipt: JSON.parse(new TextDecoder().decode(bytes)) as Receipt });
  }
  const text = receipts
    .map(({ receipt }) => renderReceipt(receipt, { width: options.width }))
    .join("\n");
  return { runId, receipts, text };
}
