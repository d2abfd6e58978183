import { assertEquals, assertStringIncludes } from "@std/assert";
import { askQuestion, saysEnough } from "../../../lib/cli/interview_question.ts";
import { askedStory, viewOf } from "../../helpers/interview_stories.ts";
import { Screen } from "../../helpers/screen.ts";

const [ONE, MANY, FREE] = viewOf(askedStory()).questions;

async function asked(question: typeof ONE, ...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  const reply = await askQuestion(question!, { output, interrupt: new AbortController().signal });
  return { reply, stderr: output.stderr };
}

const answerOf = async (question: typeof ONE, ...answers: string[]) => {
  const { reply } = await asked(question, ...answers);
  return typeof reply === "object" ? reply.answer : reply;
};

Deno.test("what is recommended stands first, and is picked by the number that it has in the file", async () => {
  const { reply, stderr } = await asked(ONE, "");
  assertStringIncludes(
    stderr,
    "  1  Those with a date  (recommended)\n  2  All of them\n  3  In my own words\n" +
      "  4  I don't know: you decide\n  5  Skip for now\n",
  );
  assertEquals(reply, { answer: { question: "q1", choices: [2] } });
  assertEquals(await answerOf(ONE, "2"), { question: "q1", choices: [1] });
});

Deno.test("own words, you decide and skip are always offered", async () => {
  assertEquals(await answerOf(ONE, "Only mine"), { question: "q1", text: "Only mine" });
  assertEquals(await answerOf(ONE, "3", "Mine"), { question: "q1", text: "Mine" });
  assertEquals(await answerOf(ONE, "4"), { question: "q1", delegate: true });
  assertEquals(await answerOf(ONE, "5"), { question: "q1", skip: true });
});

Deno.test("of many several are picked, words may stand beside them, and skip stands alone", async () => {
  assertEquals(await answerOf(MANY, ""), { question: "q2", choices: [1] });
  assertEquals(await answerOf(MANY, "1,2"), { question: "q2", choices: [1, 2] });
  assertEquals(await answerOf(MANY, "2,4", "And a call"), {
    ...{ question: "q2", choices: [2], text: "And a call" },
  });
  assertEquals(await answerOf(MANY, "4", "A call"), { question: "q2", text: "A call" });
  const { reply, stderr } = await asked(MANY, "1,6", "5");
  assertEquals(reply, { answer: { question: "q2", delegate: true } });
  assertStringIncludes(stderr, "stand alone: pick again");
});

Deno.test("without choices a line answers: empty skips, done alone finishes", async () => {
  assertEquals(await answerOf(FREE, ""), { question: "q3", skip: true });
  assertEquals(await answerOf(FREE, "The API"), { question: "q3", text: "The API" });
  assertEquals((await asked(FREE, "Done")).reply, "finish");
  assertEquals((await asked(ONE, "enough")).reply, "finish");
  assertEquals((await asked(FREE, null)).reply, undefined);
});

Deno.test("only the word alone says that it is enough", () => {
  assertEquals(["done", " ENOUGH. ", '"done"'].map(saysEnough), [true, true, true]);
  assertEquals(
    ["nothing else is done", "not enough", "done by hand", ""].map(saysEnough),
    [false, false, false, false],
  );
});
