import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { commandText } from "../../../../lib/skills/dispatch/command_text.ts";

Deno.test("the first line decides, and all behind the word belongs to it", () => {
  assertEquals(commandText(" ooo Run-It  a\n b \n"), { word: "run-it", rest: "a\n b" });
  assertEquals(commandText("/ouroboros:run"), { word: "run", rest: "" });
  assertEquals(commandText("OOO"), { word: "", rest: "" });
});

Deno.test("a prompt that does not begin with the prefix is no command, whatever it holds", () => {
  const lead = fc.string({ minLength: 1 }).filter((text) => text.trim() !== "")
    .map((text) => `${text.trim()} `);
  fc.assert(
    fc.property(lead, (before) => {
      const found = commandText(`${before}ooo run x`);
      const begins = /^(ooo|\/ouroboros:)/i.test(before);
      if (!begins) assertEquals(found, undefined);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("any text behind a word comes back as it is, but for blanks around it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assertEquals(commandText(`ooo interview ${text}`), { word: "interview", rest: text.trim() });
    }),
    { numRuns: 2_000 },
  );
});
