/**
 * Decodes UTF-8 that arrives in chunks: a character cut by a chunk border comes out whole, bytes
 * that are no UTF-8 become U+FFFD and are counted, a byte order mark at the start is dropped.
 */
export class Utf8Stream {
  // Never told that this is a stream, which sends it a slower way: what a border cuts is held back
  // here instead.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** Bytes at the end of what was pushed that may still become a character: at most 3. */
  #open: Uint8Array = new Uint8Array(0);
  #atStart = true;
  #strayBytes = 0;

  /** Bytes so far that were not UTF-8. */
  get strayBytes(): number {
    return this.#strayBytes;
  }

  /** The text that `chunk` completes. */
  push(chunk: Uint8Array): string {
    const bytes = this.#open.length === 0 ? chunk : joined(this.#open, chunk);
    const end = bytes.length - openBytes(bytes);
    this.#open = bytes.slice(end);
    return this.#decode(bytes.subarray(0, end));
  }

  /** The text of what was left open at the end. */
  end(): string {
    const left = this.#open;
    this.#open = new Uint8Array(0);
    return this.#decode(left);
  }

  #decode(bytes: Uint8Array): string {
    if (bytes.length === 0) return "";
    const text = this.#decoder.decode(bytes);
    // Counting looks at every byte, so it is done only where the decoder had to replace something
    // (or where U+FFFD itself was sent, which then counts as nothing).
    if (text.includes("\ufffd")) this.#strayBytes += strayBytes(bytes);
    const marked = this.#atStart && text.startsWith("\ufeff");
    this.#atStart = false;
    return marked ? text.slice(1) : text;
  }
}

/** How many bytes at the end begin a character that is not finished. */
function openBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    // A byte that goes on with a character: its beginning is further back.
    if (byte < 0xc0) continue;
    return scanUtf8(bytes.subarray(bytes.length - back)).open === back ? back : 0;
  }
  return 0;
}

/** How many bytes belong to no character, those of an unfinished one at the end included. */
function strayBytes(bytes: Uint8Array): number {
  const { stray, open } = scanUtf8(bytes);
  return stray + open;
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
