import { assertEquals } from "@std/assert";
import { TailBuffer } from "../../../lib/process/tail_buffer.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a tail is the last bytes, however they came", () => {
  for (const size of [1, 3, 9, 10, 11, 500]) {
    const tail = new TailBuffer(10);
    const text = Array.from({ length: 300 }, (_, i) => i % 10).join("");
    for (let at = 0; at < text.length; at += size) tail.push(bytes(text.slice(at, at + size)));
    assertEquals(tail.text(), "0123456789", `size ${size}`);
  }
});

Deno.test("less than the limit is there whole", () => {
  const tail = new TailBuffer(10);
  assertEquals(tail.text(), "");
  tail.push(bytes("abc"));
  assertEquals(tail.text(), "abc");
});

Deno.test("a character that the beginning cuts is left out", () => {
  const tail = new TailBuffer(4);
  tail.push(bytes("€€"));
  assertEquals(tail.text(), "€");
});
