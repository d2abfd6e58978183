import { canonicalJson } from "../kernel/canonical_json.ts";
import { sha256 } from "../kernel/digest.ts";
import type { CheckInput } from "./check_input.ts";

/** Raised when a part that changes a check's verdict is added, so that old results are not reused. */
const FORMAT = "ouroboros-check-1";

/**
 * SHA-256 over the canonical JSON of what a check does: command, limit, protected paths, files and
 * expectation. `hidden` and `preserve` say what a result is good for, not what it is, and stay out:
 * the same command with another role need not run again.
 */
export function checkDigest(check: CheckInput): string {
  if (check.kind === "human") {
    return sha256(canonicalJson({ format: FORMAT, human: check.human }));
  }
  return sha256(canonicalJson({
    format: FORMAT,
    run: check.run,
    timeoutMs: check.timeoutMs,
    protect: [...check.protect].sort(),
    files: check.files,
    expect: check.expect ?? null,
    ...(check.report ? { report: check.report } : {}),
    ...(check.network ? { network: check.network } : {}),
  }));
}
