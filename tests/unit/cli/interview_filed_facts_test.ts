import { assertEquals, assertThrows } from "@std/assert";
import { parseAnswers } from "../../../lib/cli/interview_answers.ts";
import { filedFacts } from "../../../lib/cli/interview_filed_facts.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { InterviewStory } from "../engine/interview/interview_story.ts";
import { askedStory, viewOf } from "../../helpers/interview_stories.ts";

const filed = (text: string) => parseAnswers(text, "a.yaml");

Deno.test("facts are named by id or by text, taken away, added, and left alone where they are so", async () => {
  const file = await filed(`
facts:
  test: make check
  TypeScript (40 files): Rust
  said: false
  deploy: ./ship.sh
brownfield: true
`);
  const view = viewOf(askedStory());
  const told = filedFacts(file, view);
  assertEquals(told, {
    corrections: [
      { id: "test", text: "make check" },
      { id: "language", text: "Rust" },
      { id: "said", text: null },
      { id: "deploy", text: "./ship.sh" },
    ],
    brownfield: true,
  });
  // Said and kept: the same file says nothing that is new. What it named by its text has another now.
  const story = askedStory().add("facts.corrected", { ...told!, by: "file" });
  const again = await filed("{ facts: { test: make check, deploy: ./ship.sh }, brownfield: true }");
  assertEquals(filedFacts(again, viewOf(story)), undefined);
  story.answer({ question: "q1", choices: [1] });
  assertEquals(filedFacts(await filed("facts: { said: false }"), viewOf(story)), undefined);
});

Deno.test("a name that is misspelt, or takes away what is not there, is refused", async () => {
  const view = viewOf(askedStory());
  const refused = (file: Parameters<typeof filedFacts>[0]) => {
    const { message, hint, exitCode } = assertThrows(() => filedFacts(file, view), OuroborosError);
    return [message, hint, exitCode];
  };
  assertEquals(refused(await filed("facts: { tset: make check }")), [
    'Use the answers "a.yaml": facts: "tset" is not known',
    'Did you mean "test"?',
    2,
  ]);
  assertEquals(
    refused(await filed("facts: { deployment: null }"))[1],
    "The facts are language, test, said",
  );
  const nothing = viewOf(new InterviewStory());
  assertThrows(
    () => filedFacts({ name: "a", facts: new Map([["x", null]]), brownfield: null }, nothing),
    OuroborosError,
    "is not known",
  );
});
