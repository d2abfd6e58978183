import { assertEquals } from "@std/assert";
import type { AnswerSchema } from "../../../../lib/app/complete/completion.ts";
import { readAnswer } from "../../../../lib/app/complete/read_answer.ts";

const YES: AnswerSchema<string> = {
  jsonSchema: { type: "object" },
  parse: (value) => {
    const { yes } = Object(value) as { yes?: unknown };
    if (Array.isArray(yes)) return { problems: yes.map(String) };
    return yes === "yes" ? { value: yes } : { problems: [`yes: is ${JSON.stringify(yes)}`] };
  },
};

Deno.test("the first candidate that fits is the answer, and not the first one", () => {
  const text = 'Not {"yes": "no, not at all, never"} but {"yes": "yes"}';
  assertEquals(readAnswer(text, YES), { value: "yes" });
});

Deno.test("two answers that fit and differ are none, and neither is one that gives a key twice", () => {
  const either: AnswerSchema<unknown> = { jsonSchema: {}, parse: (value) => ({ value }) };
  assertEquals(readAnswer('{"a": 0.1}\nwait:\n{"a": 0.9}', either), {
    problems: ["it holds two answers that differ: give one JSON object alone"],
  });
  assertEquals(readAnswer('{"a": 1} that is {"a": 1}', either), { value: { a: 1 } });
  assertEquals(readAnswer('{"a": 0.1, "a": 0.9}', either), { problems: ['it gives "a" twice'] });
});

Deno.test("of answers that do not fit, the likeliest one's problems are told", () => {
  const text = '{"a": 1} and then {"yes": "no, never"}';
  assertEquals(readAnswer(text, YES), { problems: ['yes: is "no, never"'] });
});

Deno.test("there is always a problem to be told, and never too many", () => {
  assertEquals(readAnswer("I will not", YES), {
    problems: ["it holds no JSON object"],
  });
  assertEquals(readAnswer('{"yes": []}', YES), { problems: ["it is not as asked"] });
  const many = readAnswer(JSON.stringify({ yes: Array(500).fill("no") }), YES);
  assertEquals("problems" in many && [many.problems.length, many.problems.at(-1)], [
    21,
    "and 480 more",
  ]);
  const long = readAnswer(`{"yes": "${"y".repeat(1_000_000)}"}`, YES);
  assertEquals(long, { problems: ["it has more than 1000000 characters"] });
});
