import { assertEquals, assertThrows } from "@std/assert";
import { writeAll } from "../../../lib/system/write_all.ts";

const bytes = new TextEncoder().encode("abcdefghij");

/** Takes what each step says: a number of bytes, or an error to throw. */
function writer(steps: (number | Error)[]) {
  const taken: number[] = [];
  return {
    taken,
    writeSync(part: Uint8Array) {
      const step = steps.shift() ?? part.length;
      if (step instanceof Error) throw step;
      const count = Math.min(step, part.length);
      taken.push(...part.subarray(0, count));
      return count;
    },
  };
}

Deno.test("all bytes are written once, in order, however few are taken at once", () => {
  const one = writer([1, 0, 3, new Deno.errors.WouldBlock(), 2]);
  assertEquals(writeAll(one, bytes), true);
  assertEquals(new Uint8Array(one.taken), bytes);
});

Deno.test("a reader that is gone is told apart from a real failure", () => {
  for (
    const error of [
      new Deno.errors.BrokenPipe(),
      new Deno.errors.BadResource(),
      new Error("Input/output error (os error 5)"),
    ]
  ) assertEquals(writeAll(writer([3, error]), bytes), false);
  assertThrows(() => writeAll(writer([new Error("No space left on device (os error 28)")]), bytes));
});
