import { assertEquals } from "@std/assert";
import { autoAnswers } from "../../../../lib/engine/interview/auto_answers.ts";
import { InterviewStory } from "./interview_story.ts";

Deno.test("recommended choices are taken as assumptions; without one the question stays open", () => {
  const choices = [
    { text: "JSON", recommended: true },
    { text: "CSV", recommended: true },
    { text: "XML", recommended: false },
  ];
  const { questions } = new InterviewStory().screen({
    questions: [
      { topic: "outputs", text: "Which format?", choices },
      { topic: "outputs", text: "Which formats?", choices, many: true },
      { topic: "verification", text: "Why?", choices: [{ text: "So", recommended: false }] },
    ],
  }).state;
  const reason = "the recommended answer was taken without asking";
  assertEquals(autoAnswers(questions), [
    { question: "q1", kind: "delegated", assumption: "Which format? JSON", reason },
    { question: "q2", kind: "delegated", assumption: "Which formats? JSON; CSV", reason },
    { question: "q3", kind: "skipped" },
  ]);
});
