import { OuroborosError } from "../../kernel/error.ts";
import { CHECKSUMS } from "./release.ts";

/**
 * Compares bytes with what a list in the form of `sha256sum` says of `name`, and gives their SHA-256.
 * Errors: not_found when the list does not name it; checksum_mismatch when it is another one, no
 * checksum, or named twice.
 */
export async function verifyChecksum(
  bytes: Uint8Array<ArrayBuffer>,
  options: { list: string; name: string },
): Promise<string> {
  const { list, name } = options;
  const named = new Set(
    list.split(/\r?\n/).map((line) => line.trim().split(/\s+/))
      .filter(([, file]) => file?.replace(/^\*/, "") === name)
      .map(([hash = ""]) => hash.toLowerCase()),
  );
  const [expected] = named;
  if (expected === undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Check "${name}": ${CHECKSUMS} does not name it; nothing was changed`,
    });
  }
  if (named.size > 1 || !/^[0-9a-f]{64}$/.test(expected)) {
    throw new OuroborosError({
      code: "checksum_mismatch",
      message: `Check "${name}": ${CHECKSUMS} holds no single checksum of it; nothing was changed`,
    });
  }
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  if (found !== expected) {
    throw new OuroborosError({
      code: "checksum_mismatch",
      message: `Check "${name}": it is not the file that was published; nothing was changed` +
        ` (SHA-256 is ${found}, not ${expected})`,
      retryable: true,
    });
  }
  return found;
}
