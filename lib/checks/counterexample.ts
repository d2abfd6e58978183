import type { CheckRun } from "../kernel/check_run.ts";
import type { CheckInput } from "./check_input.ts";
import { lastBytes } from "./output_tail.ts";
import { plainText, shortened } from "./plain_text.ts";

/** Most that the next attempt is told, in bytes. */
export const COUNTEREXAMPLE_BYTES = 4 * 1024;
const COMMAND_CHARACTERS = 600;

/**
 * What the next attempt is told: each check that does not pass, with its command and the last part
 * of its output. Of a hidden check nothing but that the criterion is not met as it says: neither
 * command nor output. Empty when every check passes.
 */
export function counterexample(
  checks: readonly CheckInput[],
  runs: readonly (CheckRun | null)[],
): string {
  const parts: { head: string; output: string }[] = [];
  let hidden = false;
  for (const [index, check] of checks.entries()) {
    const run = runs[index];
    if (check.kind !== "command" || !run || run.verdict === "pass") continue;
    if (check.hidden) {
      // Whatever a hidden check says, also why it could not run, could give it away.
      hidden ||= run.verdict === "fail";
      continue;
    }
    parts.push({ head: headOf(check.run, run), output: plainLines(run.outputTail) });
  }
  const last = hidden ? "The criterion is not met as its description says." : "";
  const fixed = parts.reduce((sum, part) => sum + byteLength(part.head) + 40, byteLength(last));
  const each = Math.max(0, Math.floor((COUNTEREXAMPLE_BYTES - fixed) / Math.max(1, parts.length)));
  const texts = parts.map(({ head, output }) => {
    const tail = lastBytes(output, each);
    if (tail.trim() === "") return head;
    return `${head}\n${tail.length < output.length ? "[…]\n" : ""}${tail.trimEnd()}`;
  });
  return lastKept([...texts, last].filter((text) => text !== "").join("\n\n"));
}

function headOf(command: string, run: CheckRun): string {
  const ended = run.verdict === "cannot_run"
    ? `could not run: ${run.line}`
    : run.byTests
    ? run.line
    : run.unmet && !run.unmet.startsWith("exit code")
    ? `ended with exit code ${run.exit ?? "none"}, but its ${run.unmet}`
    : run.exit !== null
    ? `ended with exit code ${run.exit}`
    : run.signal
    ? `was ended by ${run.signal}`
    : `did not run: ${run.line}`;
  return `$ ${shortened(command, COMMAND_CHARACTERS)}\n(${ended})`;
}

function plainLines(text: string): string {
  return text.split("\n").map(plainText).join("\n");
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Many checks with long commands: the first ones are told whole. */
function lastKept(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= COUNTEREXAMPLE_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, COUNTEREXAMPLE_BYTES - 3))
    .replace(/\ufffd+$/, "") + "…";
}
