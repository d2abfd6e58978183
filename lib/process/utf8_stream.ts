/**
 * Decodes UTF-8 that arrives in chunks: a character cut by a chunk border comes out whole, bytes
 * that are no UTF-8 become U+FFFD and are counted, a byte order mark at the start is dropped.
 */
export class Utf8Stream {
  #decoder = new TextDecoder("utf-8");
  /** Bytes at the end of what was pushed that may still become a character: at most 3. */
  #open: Uint8Array = new Uint8Array(0);
  #strayBytes = 0;

  /** Bytes so far that were not UTF-8. */
  get strayBytes(): number {
    return this.#strayBytes;
  }

  /** The text that `chunk` completes. */
  push(chunk: Uint8Array): string {
    const text = this.#decoder.decode(chunk, { stream: true });
    // Counting looks at every byte, so it is done only where the decoder had to replace something
    // (or where U+FFFD itself was sent, which then counts as nothing).
    const bytes = this.#open.length === 0 && !text.includes("\ufffd")
      ? chunk.subarray(Math.max(0, chunk.length - 3))
      : joined(this.#open, chunk);
    const scan = scanUtf8(bytes);
    if (text.includes("\ufffd")) this.#strayBytes += scan.stray;
    this.#open = bytes.slice(bytes.length - scan.open);
    return text;
  }

  /** The text of what was left open at the end. */
  end(): string {
    this.#strayBytes += this.#open.length;
    this.#open = new Uint8Array(0);
    return this.#decoder.decode();
  }
}

/** Counts bytes that belong to no character, and the bytes of an unfinished one at the end. */
function scanUtf8(bytes: Uint8Array): { stray: number; open: number } {
  let stray = 0;
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const need = lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
      ? 3
      : lead >= 0xf0 && lead <= 0xf4
      ? 4
      : 0;
    let have = 1;
    while (have < need && at + have < bytes.length && fits(lead, have, bytes[at + have]!)) have++;
    if (have === need) {
      at += need;
    } else if (need > 0 && at + have === bytes.length) {
      return { stray, open: have };
    } else {
      stray += have;
      at += have;
    }
  }
  return { stray, open: 0 };
}

/** Whether `byte` may stand at `index` of a character that starts with `lead` (Unicode table 3-7). */
function fits(lead: number, index: number, byte: number): boolean {
  if (index > 1) return byte >= 0x80 && byte <= 0xbf;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
