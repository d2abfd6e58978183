import { assertEquals, assertStringIncludes } from "@std/assert";
import { answerValue, MAX_MODEL_CHARS } from "../../../../lib/engine/interview/answer_value.ts";

Deno.test("a value is taken as it is, and JSON out of what surrounds it", () => {
  const value = { a: { b: "}{" } };
  const json = JSON.stringify(value);
  const texts = [
    json,
    `  ${json}\n`,
    `Here it is:\n\n\`\`\`json\n${json}\n\`\`\`\nAnything else?`,
    `\`\`\`\n${json}\n\`\`\``,
    `I think ${json}, more or less`,
    `\`\`\`sh\nls\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``,
  ];
  for (const text of [value, ...texts]) assertEquals(answerValue(text).value, value);
});

Deno.test("a fence that is not JSON does not hide an object that stands elsewhere", () => {
  assertEquals(answerValue('```js\n{ a: 1 }\n```\n{"a": 1}').value, null);
  assertEquals(answerValue('```js\n{ a: 1 }\n```\n```json\n{"a": 1}\n```').value, { a: 1 });
});

Deno.test("what holds no object is a problem in words", () => {
  assertEquals(answerValue(null).problem, "the answer is empty");
  assertEquals(answerValue(" \n").problem, "the answer is empty");
  assertEquals(answerValue("no").problem, "the answer holds no JSON object");
  assertStringIncludes(answerValue('{"a": 1').problem!, "the answer is not JSON");
  assertEquals(answerValue('{"a": 0.1, "a": 0.9}').problem, 'the answer gives "a" twice');
});

Deno.test("the limit counts characters of text and of a value alike", () => {
  const most = `{"a":"${"x".repeat(MAX_MODEL_CHARS - 8)}"}`;
  assertEquals(most.length, MAX_MODEL_CHARS);
  assertEquals(answerValue(most).problem, null);
  assertEquals(answerValue(JSON.parse(most)).problem, null);
  const more = most.replace("x", "xx");
  for (const answer of [more, JSON.parse(more)]) {
    assertStringIncludes(answerValue(answer).problem!, "has 100001 characters");
  }
});
