import { type Receipt, receiptDigest } from "../checks/receipt.ts";
import { renderReceipt } from "../checks/render_receipt.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { readReceiptFile } from "./receipts/read_receipt_file.ts";

export type { Receipt, ReceiptCheck, ReceiptRun } from "../checks/receipt.ts";

/** The receipts of a run, as records and as text. */
export interface RunReceipts {
  runId: string;
  receipts: { digest: string; receipt: Receipt }[];
  text: string;
  /** What is odd about an exported file. */
  notices: string[];
}

/**
 * The receipts of a run, or those in an exported file. Errors: not_found (run, file, criterion),
 * usage, journal_unusable, receipt_invalid.
 */
export async function runReceipts(
  app: App,
  word: string | undefined,
  options: { criterion?: string | undefined; width: number },
): Promise<RunReceipts> {
  const file = word === undefined ? undefined : await readReceiptFile(app.cwd, word);
  const found = file === undefined ? await ofRun(app, word) : await ofFile(file);
  const { criterion } = options;
  if (criterion !== undefined && !found.criteria.includes(criterion)) {
    throw new OuroborosError({
      code: "not_found",
      message: `Find criterion "${criterion}" in run "${found.runId}"`,
      hint: `ouroboros status ${found.runId}`,
    });
  }
  const receipts = found.receipts.filter(({ receipt }) =>
    criterion === undefined || receipt.replayable.criterion.id === criterion
  );
  const text = receipts
    .map(({ receipt }) => renderReceipt(receipt, { width: options.width }))
    .join("\n");
  return { runId: found.runId, receipts, text, notices: found.notices };
}

type Found = Pick<RunReceipts, "runId" | "receipts" | "notices"> & { criteria: string[] };

async function ofRun(app: App, word: string | undefined): Promise<Found> {
  const state = await findRun(app, word);
  const journal = await app.journal();
  const { runId } = state.created;
  const receipts: RunReceipts["receipts"] = [];
  for (const criterion of state.criteria) {
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
  return { runId, receipts, notices: [], criteria: state.criteria.map((one) => one.id) };
}

async function ofFile(bytes: Uint8Array): Promise<Found> {
  const [{ readArchive }, { reclaimedNotices }] = await Promise.all([
    import("./receipts/receipt_archive.ts"),
    import("./receipts/replay_report.ts"),
  ]);
  const { manifest, receipts, reclaimed } = readArchive(bytes);
  return {
    runId: manifest.claimed.run,
    receipts: receipts.map((receipt) => ({
      digest: receiptDigest(receipt),
      receipt,
    })),
    notices: reclaimedNotices(reclaimed),
    criteria: receipts.map((receipt) => receipt.replayable.criterion.id),
  };
}
