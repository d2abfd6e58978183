import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { tokens, withoutQuotes } from "../../../../lib/skills/dispatch/argument_text.ts";

Deno.test("quotes go where they enclose all of a text, and nowhere else", () => {
  for (
    const [text, wanted] of [
      ['"a b"', "a b"],
      ["' a '", "a"],
      ["“a”", "a"],
      ['""', ""],
      ['"', '"'],
      ["'", "'"],
      ['"a', '"a'],
      ['"a" "b"', '"a" "b"'],
      ["'don't'", "'don't'"],
      ["\"a'", "\"a'"],
      ["“a “b” c”", "“a “b” c”"],
    ] as const
  ) assertEquals(withoutQuotes(text), wanted, text);
});

Deno.test("pieces stand between blanks, or between quotes with blanks around them", () => {
  const pieces = (text: string) => tokens(text).map((one) => one.text);
  assertEquals(pieces(`a 'b c' "d"e don't C:\\x\n "f`), [
    "a",
    "b c",
    '"d"e',
    "don't",
    "C:\\x",
    '"f',
  ]);
  assertEquals(pieces(" \n "), []);
});

Deno.test("pieces never overlap, and hold all that is not blank", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab '\"“”\n\\-") }), (text) => {
      let rest = text;
      for (const { start, end } of tokens(text).toReversed()) {
        rest = rest.slice(0, start) + rest.slice(end);
      }
      assertEquals(rest.trim(), "");
    }),
    { numRuns: 5_000 },
  );
});
