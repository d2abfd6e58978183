import { assert, assertEquals } from "@std/assert";
import { CUT_MARK, LineDecoder } from "../../../lib/process/line_decoder.ts";

/** Lines of `bytes` in chunks of `size`. */
function lines(bytes: Uint8Array | string, size: number, lineBytes = 1000) {
  const all = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const out: string[] = [];
  const decoder = new LineDecoder({ lineBytes, onLine: (line) => out.push(line) });
  for (let at = 0; at < all.length; at += size) decoder.push(all.subarray(at, at + size));
  decoder.end();
  return { out, cut: decoder.cutLines, stray: decoder.strayBytes };
}

Deno.test("lines are the same however the bytes arrive", () => {
  const text = "one\n\ntwo é\r\n{}\nlast";
  for (let size = 1; size < 25; size++) {
    assertEquals(lines(text, size).out, ["one", "", "two é\r", "{}", "last"], `size ${size}`);
  }
});

Deno.test("a carriage return before the break stays: decoration is told from answer by it", () => {
  assertEquals(lines("┌─ Reasoning\r\nanswer\n", 3).out, ["┌─ Reasoning\r", "answer"]);
});

Deno.test("coverage 3: a missing last line break loses nothing, and an empty end gives no line", () => {
  assertEquals(lines("a", 1).out, ["a"]);
  assertEquals(lines("a\n", 1).out, ["a"]);
  assertEquals(lines("", 1).out, []);
});

Deno.test("coverage 3: NUL bytes and binary noise are lines like others", () => {
  const noise = new Uint8Array([0, 1, 0x0a, 0xff, 0xfe, 0x0a, 0x1b, 0x5b, 0x33, 0x31, 0x6d]);
  assertEquals(lines(noise, 2), { out: ["\0\x01", "\ufffd\ufffd", "\x1b[31m"], cut: 0, stray: 2 });
});

Deno.test("a line over the limit is given once, cut and marked, and the next one is whole", () => {
  for (const size of [1, 7, 1000]) {
    const got = lines(`${"x".repeat(50)}\nshort\n${"y".repeat(11)}`, size, 10);
    assertEquals(got.out, [
      `${"x".repeat(10)}${CUT_MARK}`,
      "short",
      `${"y".repeat(10)}${CUT_MARK}`,
    ]);
    assertEquals(got.cut, 2);
  }
});

Deno.test("a line of exactly the limit is whole", () => {
  assertEquals(lines(`${"x".repeat(10)}\n`, 3, 10), { out: ["x".repeat(10)], cut: 0, stray: 0 });
});

Deno.test("a cut never splits a character", () => {
  const [line] = lines("🐍🐍🐍\n", 4, 3).out;
  assertEquals(line, `🐍${CUT_MARK}`);
});

Deno.test("a line without end takes no more memory than its limit", () => {
  const chunk = new Uint8Array(65536).fill(0x78);
  let length = 0;
  const decoder = new LineDecoder({ lineBytes: 100_000, onLine: (line) => length = line.length });
  const before = Deno.memoryUsage().external + Deno.memoryUsage().heapUsed;
  for (let i = 0; i < 3200; i++) decoder.push(chunk); // 200 MB
  const grown = Deno.memoryUsage().external + Deno.memoryUsage().heapUsed - before;
  decoder.end();
  assertEquals(length, 100_000 + CUT_MARK.length);
  assertEquals(decoder.cutLines, 1);
  assert(grown < 100e6, `grew by ${grown} bytes`);
});
