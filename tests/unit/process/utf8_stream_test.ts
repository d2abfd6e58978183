import { assertEquals } from "@std/assert";
import { Utf8Stream } from "../../../lib/process/utf8_stream.ts";

/** Decodes in chunks of `size`. */
function decode(bytes: Uint8Array, size: number): { text: string; stray: number } {
  const stream = new Utf8Stream();
  let text = "";
  for (let at = 0; at < bytes.length; at += size) {
    text += stream.push(bytes.subarray(at, at + size));
  }
  return { text: text + stream.end(), stray: stream.strayBytes };
}

Deno.test("L2.a a character that is cut by chunk borders comes out whole", () => {
  const bytes = new TextEncoder().encode("aé€🐍漢字 \ufffd z");
  for (const size of [1, 2, 3, 4, 5, 100]) {
    assertEquals(decode(bytes, size), { text: "aé€🐍漢字 \ufffd z", stray: 0 }, `size ${size}`);
  }
});

Deno.test("L2.a stray bytes become U+FFFD and are counted, wherever the chunks end", () => {
  const cases: [number[], number][] = [
    [[0x61, 0xff, 0x62], 1],
    [[0xc3, 0x28], 1],
    [[0xe2, 0x82, 0x28], 2],
    [[0xf0, 0x9f, 0x90, 0x0a], 3],
    [[0xed, 0xa0, 0x80], 3], // a surrogate
    [[0xc0, 0xaf], 2], // overlong
    [[0xf5, 0x80, 0x80, 0x80], 4],
    [[0x61, 0xe2, 0x82], 2], // cut at the end
    [[0xef, 0xbf, 0xbd, 0xfe], 1], // a real U+FFFD is none
  ];
  for (const [numbers, stray] of cases) {
    const bytes = new Uint8Array(numbers);
    const whole = decode(bytes, 100);
    assertEquals(whole.stray, stray, `bytes ${numbers}`);
    assertEquals(whole.text, new TextDecoder().decode(bytes));
    for (const size of [1, 2, 3]) {
      assertEquals(decode(bytes, size), whole, `size ${size}: ${numbers}`);
    }
  }
});

Deno.test("the count equals a slow reference on random bytes in random chunks", () => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round++) {
    const pool = [0x41, 0x0a, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x90, 0x8d, 0xff, 0xed];
    const bytes = new Uint8Array(next(40)).map(() => pool[next(pool.length)]!);
    const whole = decode(bytes, 1000);
    // Every byte is either part of a character of the output or stray.
    const kept = new TextEncoder().encode(whole.text.replaceAll("\ufffd", "")).length;
    assertEquals(whole.stray, bytes.length - kept, `bytes ${bytes}`);
    assertEquals(decode(bytes, 1 + next(5)), whole, `bytes ${bytes}`);
  }
});

Deno.test("a byte order mark at the start is dropped, and counts as nothing", () => {
  assertEquals(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b]), 1), { text: "{", stray: 0 });
});
