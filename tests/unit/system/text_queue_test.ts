import { assertEquals, assertRejects } from "@std/assert";
import { textQueue } from "../../../lib/system/text_queue.ts";

const clock = { sleep: () => Promise.resolve() };

/** Takes what each step says: a number of bytes, or an error to throw; afterwards all. */
function writer(steps: (number | Error)[]) {
  let taken = "";
  return {
    text: () => taken,
    write(part: Uint8Array) {
      const step = steps.shift() ?? part.length;
      if (step instanceof Error) return Promise.reject(step);
      const count = Math.min(step, part.length);
      taken += new TextDecoder().decode(part.slice(0, count));
      return Promise.resolve(count);
    },
  };
}

Deno.test("texts are written whole and in order, however few bytes are taken at once", async () => {
  const one = writer([1, 0, 3, new Deno.errors.WouldBlock(), 2]);
  const write = textQueue(one, clock);
  await Promise.all(["abcdefg", "hij", "k"].map(write));
  assertEquals(one.text(), "abcdefghijk");
});

Deno.test("once the reader is gone nothing is written any more, and each writer is told", async () => {
  const one = writer([2, new Deno.errors.BrokenPipe()]);
  const write = textQueue(one, clock);
  const [first, second] = [write("abcd"), write("ef")];
  await assertRejects(() => first, Deno.errors.BrokenPipe);
  await assertRejects(() => second, Deno.errors.BrokenPipe);
  await assertRejects(() => write("gh"), Deno.errors.BrokenPipe);
  assertEquals(one.text(), "ab");
});
