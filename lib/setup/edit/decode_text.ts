import type { EditProblem } from "./edit_problem.ts";

/** Bytes of the largest file that is edited. */
export const EDIT_BYTES = 4 * 1024 * 1024;

/**
 * Bytes → text with its byte order mark; a problem with line and column when it is not UTF-8, or
 * holds a NUL byte: no format allows it, and one of our parsers lets it through.
 */
export function decodeText(
  bytes: Uint8Array,
): { ok: true; text: string } | { ok: false; problem: EditProblem } {
  if (bytes.length > EDIT_BYTES) return { ok: false, problem: tooLarge(bytes.length) };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.includes("\0")) {
      return { ok: false, problem: badByte(bytes, bytes.indexOf(0), "text") };
    }
    return { ok: true, text };
  } catch {
    return { ok: false, problem: badByte(bytes, firstBadByte(bytes), "UTF-8") };
  }
}

/** The problem of a text that is larger than what is edited. */
export function tooLarge(size: number): EditProblem {
  return {
    code: "too_large",
    path: [],
    found: `${size.toLocaleString("en-US")} bytes`,
    expected: `at most ${EDIT_BYTES.toLocaleString("en-US")}`,
    hint: "Make the file smaller, or add the entry by hand",
  };
}

function badByte(bytes: Uint8Array, offset: number, expected: string): EditProblem {
  const before = new TextDecoder().decode(bytes.subarray(0, offset));
  const byte = bytes[offset]!.toString(16).padStart(2, "0");
  return {
    code: "encoding",
    path: [],
    found: `the byte 0x${byte} at offset ${offset}`,
    expected,
    line: before.split("\n").length,
    column: before.length - before.lastIndexOf("\n"),
    hint: "Save the file as UTF-8, then run the same command again",
  };
}

/** The longest beginning that is UTF-8, by halves: a decoder does not say where it stopped. */
function firstBadByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      // A character that is cut at the end is not wrong yet.
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  // What is wrong began with the first byte of the character that was not finished.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = good; at > Math.max(0, good - 4); at--) {
    try {
      decoder.decode(bytes.subarray(0, at));
      return at;
    } catch {
      continue;
    }
  }
  return good;
}
