import { assertEquals, assertStringIncludes } from "@std/assert";
import { askText, pickOne } from "../../../lib/cli/interview_prompts.ts";
import { Screen } from "../../helpers/screen.ts";

const NEVER = new AbortController().signal;
const QUESTION = {
  text: "Which?",
  choices: [{ value: "ant", label: "Ant", hint: "recommended" }, { value: "bee", label: "Bee" }],
  preset: "ant",
};

async function picked(free: boolean, ...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  const answer = await pickOne({ ...QUESTION, free }, { output, interrupt: NEVER });
  return { answer, stderr: output.stderr };
}

Deno.test("one thing is picked by a line with its number; Enter is the preset", async () => {
  assertEquals((await picked(false, "2")).answer, { value: "bee" });
  const { answer, stderr } = await picked(false, "");
  assertEquals(answer, { value: "ant" });
  assertEquals(stderr, "  1  Ant  (recommended)\n  2  Bee\nWhich? [1] ");
});

Deno.test("words are taken where they may be, and a number that is none is asked again", async () => {
  assertEquals((await picked(true, "A wasp")).answer, { words: "A wasp" });
  const { answer, stderr } = await picked(true, "3", "0", "2");
  assertEquals(answer, { value: "bee" });
  assertStringIncludes(stderr, '"3" is none of them');
  assertStringIncludes((await picked(false, "A wasp", "1")).stderr, '"A wasp" is none of them');
});

Deno.test("who leaves has picked nothing and said nothing", async () => {
  assertEquals((await picked(true, null)).answer, undefined);
  const output = new Screen();
  assertEquals(await askText({ text: "Why?" }, { output, interrupt: NEVER }), undefined);
  const gone = { output: new Screen(), interrupt: AbortSignal.abort() };
  assertEquals(await askText({ text: "Why?" }, gone), undefined);
  assertEquals(await pickOne(QUESTION, gone), undefined);
  assertEquals(gone.output.stderr, "");
});

Deno.test("Ctrl-C ends a line that is waited for", async () => {
  const controller = new AbortController();
  const output = Object.assign(new Screen(), {
    askLine: () => {
      queueMicrotask(() => controller.abort());
      return new Promise<string | null>(() => {});
    },
  });
  assertEquals(
    await askText({ text: "Why?" }, { output, interrupt: controller.signal }),
    undefined,
  );
});

Deno.test("a line says what Enter means, and is given without blanks around it", async () => {
  const output = Object.assign(new Screen(), { answers: ["  so it is "] });
  const question = { text: "Why?", placeholder: "Enter: no reason" };
  assertEquals(await askText(question, { output, interrupt: NEVER }), "so it is");
  assertEquals(output.stderr, "Why? (Enter: no reason): ");
});
