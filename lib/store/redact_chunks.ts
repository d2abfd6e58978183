import { REDACTED, secretForms } from "./redact.ts";

/** Takes secrets out of a stream of bytes, also where a chunk ends in the middle of one. */
export interface ChunkRedactor {
  /** What of the stream can be handed on by now: all of it, but for what may be a secret's beginning. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back, at the stream's end. */
  end(): Uint8Array;
}

/** A form of a secret as bytes, and what is known for looking for it quickly. */
interface Form {
  bytes: Uint8Array;
  /** By last byte of a window: how far the window can be moved on. */
  skip: Uint32Array;
  instead: Uint8Array;
}

/**
 * Gives a maker of redactors, one for each stream. They look at bytes, at a fraction of what decoding
 * costs; a chunk in which nothing is found comes back as it is.
 */
export function chunkRedactors(secrets: readonly string[]): () => ChunkRedactor {
  const forms = secretForms(secrets).map(formOf);
  return () => forms.length === 0 ? PASSING : new Redactor(forms);
}

const NOTHING = new Uint8Array();
const PASSING: ChunkRedactor = { push: (chunk) => chunk, end: () => NOTHING };

function formOf(text: string): Form {
  const bytes = new TextEncoder().encode(text);
  const last = bytes.length - 1;
  const skip = new Uint32Array(256).fill(bytes.length);
  for (let at = 0; at < last; at++) skip[bytes[at]!] = last - at;
  // In a line of JSON it may be a number: that must stay one, or the line is lost.
  const instead = /^[0-9]+$/.test(text) ? "1".repeat(text.length) : REDACTED;
  return { bytes, skip, instead: new TextEncoder().encode(instead) };
}

class Redactor implements ChunkRedactor {
  readonly #forms: readonly Form[];
  #held = NOTHING;

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
  }

  push(chunk: Uint8Array): Uint8Array {
    const bytes = this.#held.length === 0 ? chunk : joined([this.#held, chunk]);
    return this.#redact(bytes, (from) => heldFrom(bytes, from, this.#forms));
  }

  end(): Uint8Array {
    const bytes = this.#held;
    return this.#redact(bytes, () => bytes.length);
  }

  #redact(bytes: Uint8Array, holdFrom: (from: number) => number): Uint8Array {
    const out: Uint8Array[] = [];
    const next = this.#forms.map((form) => find(bytes, form, 0));
    let from = 0;
    let hold = holdFrom(0);
    while (true) {
      let first = -1;
      for (const [index, form] of this.#forms.entries()) {
        if (next[index]! < from) next[index] = find(bytes, form, from);
        if (first < 0 || next[index]! < next[first]!) first = index;
      }
      const start = next[first]!;
      if (start >= hold) break;
      out.push(bytes.subarray(from, start), this.#forms[first]!.instead);
      from = start + this.#forms[first]!.bytes.length;
      if (from > hold) hold = holdFrom(from);
    }
    // A copy: the chunk is somebody else's, and may be filled anew.
    this.#held = bytes.slice(hold);
    const rest = bytes.subarray(from, hold);
    return out.length === 0 ? rest : joined([...out, rest]);
  }
}

/** Place of a form at or after `from`; Infinity where there is none. Horspool's search. */
function find(bytes: Uint8Array, { bytes: form, skip }: Form, from: number): number {
  const last = form.length - 1;
  const end = bytes.length - form.length;
  let at = from;
  while (at <= end) {
    const seen = bytes[at + last]!;
    if (seen === form[last] && isAt(bytes, at, form, last)) return at;
    at += skip[seen]!;
  }
  return Infinity;
}

/** Where the longest end of `bytes` begins that is the beginning of a form, and not all of it. */
function heldFrom(bytes: Uint8Array, from: number, forms: readonly Form[]): number {
  const longest = Math.max(...forms.map((form) => form.bytes.length)) - 1;
  for (let at = Math.max(from, bytes.length - longest); at < bytes.length; at++) {
    const length = bytes.length - at;
    for (const { bytes: form } of forms) {
      if (form.length > length && isAt(bytes, at, form, length)) return at;
    }
  }
  return bytes.length;
}

function isAt(bytes: Uint8Array, at: number, form: Uint8Array, length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (bytes[at + index] !== form[index]) return false;
  }
  return true;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
