import { OuroborosError } from "../../kernel/error.ts";

/** An archive of receipts that is not as it was written. */
export function archiveInvalid(detail: string): OuroborosError {
  return new OuroborosError({
    code: "receipt_invalid",
    message: `Read the receipts' archive: ${detail}`,
    hint: "Have it exported again: ouroboros receipts export RUN FILE",
  });
}
