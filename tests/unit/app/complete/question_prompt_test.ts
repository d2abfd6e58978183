import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { questionPrompt } from "../../../../lib/app/complete/question_prompt.ts";

const schema = { type: "object", properties: { n: { type: "integer" } } };
const one = [{ role: "user" as const, text: "How many?" }];

Deno.test("says the schema where the CLI does not hand it on, and only there", () => {
  const plain = questionPrompt(one, { schema, nativeSchema: false });
  assert(plain.startsWith("How many?\n\n"), plain);
  assertStringIncludes(plain, JSON.stringify(schema));
  assert(!questionPrompt(one, { schema, nativeSchema: true }).includes('"integer"'));
});

Deno.test("tells who said what in a conversation", () => {
  const messages = [...one, { role: "assistant" as const, text: "Of what?" }, ...one];
  const prompt = questionPrompt(messages, { schema, nativeSchema: true });
  assertStringIncludes(prompt, "<user>\nHow many?\n</user>\n\n<assistant>\nOf what?\n</assistant>");
});

Deno.test("a repair holds the question, the answer, every problem and the schema", () => {
  const repair = { answer: '{"n": "x"}', problems: ["n: must be a number", "unit: is missing"] };
  for (const nativeSchema of [true, false]) {
    const prompt = questionPrompt(one, { schema, nativeSchema, repair });
    for (const part of ["How many?", repair.answer, ...repair.problems, JSON.stringify(schema)]) {
      assertStringIncludes(prompt, part);
    }
  }
});

Deno.test("of an endless answer only the beginning is sent back", () => {
  const repair = { answer: "😀".repeat(100_000), problems: ["it holds no JSON object"] };
  const prompt = questionPrompt(one, { schema, nativeSchema: true, repair });
  assertEquals([prompt.length < 21_000, prompt.isWellFormed()], [true, true]);
  assertStringIncludes(prompt, "(cut here)");
});
