import { canonicalJson } from "../kernel/canonical_json.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { SetupDraft } from "./setup_draft.ts";
import type { SetupAround } from "./setup_plan.ts";
import { decodeReceipt, receiptPath } from "./write/install_receipt.ts";

/**
 * Throws conflict when the receipt on the disk is not the one that a plan is made from: another setup
 * may have been at work since it was read.
 */
export async function assertHandedOver(
  draft: SetupDraft,
  { root, receipt, stored: handed = receipt }: Pick<SetupAround, "root" | "receipt" | "stored">,
): Promise<void> {
  const path = receiptPath(root);
  const file = await draft.file(path);
  if (file === undefined) return;
  const stored = file.bytes === null ? null : decodeReceipt(file.bytes, path);
  if (canonicalJson(stored) === canonicalJson(handed)) return;
  throw new OuroborosError({
    code: "conflict",
    message: `Read "${path}": it was changed since the plan began`,
    hint: "Run the same command again",
    retryable: true,
  });
}
