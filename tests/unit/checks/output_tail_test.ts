import { assert, assertEquals } from "@std/assert";
import { lastBytes, OutputTail, TAIL_BYTES } from "../../../lib/checks/output_tail.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("A short output is kept whole, a long one from the start of a line", () => {
  const short = new OutputTail();
  for (const line of ["a", "", "b"]) short.add(line);
  assertEquals(short.text(), "a\n\nb");
  const long = new OutputTail();
  for (let i = 0; i < 5000; i++) long.add(`line ${i} é`);
  assert(bytes(long.text()) <= TAIL_BYTES && bytes(long.text()) > TAIL_BYTES / 2);
  assert(/^line \d+ é\n/.test(long.text()) && long.text().endsWith("line 4999 é"));
});

Deno.test("One endless line stays within its bounds", () => {
  const tail = new OutputTail();
  tail.add("é".repeat(1_000_000));
  assert(bytes(tail.text()) <= TAIL_BYTES && bytes(tail.text()) > TAIL_BYTES - 4);
  assert(!tail.text().includes("\ufffd"));
});

Deno.test("The last bytes of a text never end in half a character", () => {
  for (let max = 1; max < 12; max++) {
    const cut = lastBytes("äöüäöü", max);
    assert(bytes(cut) <= max && !cut.includes("\ufffd"), `${max}: ${cut}`);
  }
});
