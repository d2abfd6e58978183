import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseScreen } from "../../../../lib/engine/interview/screen_answer.ts";
import { InterviewStory, screenAnswer, type ScreenParts, TESTED } from "./interview_story.ts";

function screenOf(story: InterviewStory, parts: ScreenParts) {
  const event = story.proposed(parts);
  if (event.type !== "screen.proposed") throw new Error(event.type);
  return event.data;
}

Deno.test("ids are ours and go on through the interview", () => {
  const story = new InterviewStory().screen({
    questions: ["scope: A?", "goal: B?"],
    assumptions: [{ text: "X", reason: "Y" }],
    verification: TESTED,
  });
  const { screen, questions, assumptions } = screenOf(story, {
    questions: ["scope: C?"],
    assumptions: [{ text: "Z", reason: "Y" }, { text: " x. ", reason: "Again" }],
    verification: TESTED,
  });
  assertEquals(screen, 2);
  assertEquals(questions.map((one) => one.id), ["q3"]);
  assertEquals(assumptions.map((one) => [one.id, one.text]), [["a3", "Z"]]);
});

Deno.test("what was asked is not asked again, however it is spelled", () => {
  const story = new InterviewStory().screen({
    questions: ["scope: Which pages?", "goal: Why?"],
    verification: TESTED,
  });
  story.answer({ question: "q1", text: "All" });
  const again = ["scope: WHICH  pages", "goal: why", "goal: Really why?", "goal: really: why?"];
  assertEquals(
    screenOf(story, { questions: again, verification: TESTED }).questions.map((one) => one.text),
    ["Really why?", "really"],
  );
  const named = [{ topic: "scope", text: "All pages?", replaces: "q1" }];
  assertEquals(screenOf(story, { questions: named, verification: TESTED }).questions, []);
});

Deno.test("five questions at most: contradictions, then verification, then what a model asks", () => {
  const { questions } = screenOf(new InterviewStory(), {
    contradictions: [{ text: "A and B", sides: ["A", "B"] }],
    questions: ["scope: 1?", "scope: 2?", "scope: 3?", "scope: 4?", "scope: 5?"],
  });
  assertEquals(questions.map((one) => one.topic), [
    "scope",
    "verification",
    "scope",
    "scope",
    "scope",
  ]);
  assertEquals(questions[0]!.resolves, "c1");
});

Deno.test("six choices at most, none twice, and no recommended one is left out", () => {
  const choices = ["a", "A", "b", "c", "d", "e", "f", "g"].map((text) => ({
    text,
    recommended: text === "b" || text === "g",
  }));
  const [question] = screenOf(new InterviewStory(), {
    questions: [{ topic: "verification", text: "Which?", choices, many: true }],
  }).questions;
  assertEquals(question!.choices.map((one) => one.text), ["a", "b", "c", "d", "e", "g"]);
  assert(question!.many);
});

Deno.test("of choices that leave each other out the first recommended one is", () => {
  const choices = ["a", "b", "c"].map((text) => ({ text, recommended: text !== "a" }));
  const asked = { topic: "verification" as const, text: "Which?", choices };
  const recommended = (many: boolean) =>
    screenOf(new InterviewStory(), { questions: [{ ...asked, many }] }).questions[0]!.choices
      .filter((one) => one.recommended).map((one) => one.text);
  assertEquals(recommended(false), ["b"]);
  assertEquals(recommended(true), ["b", "c"]);
});

Deno.test("a screen of any shape is read or is a problem, and never has more than it may", () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    const parsed = parseScreen(value);
    assert((parsed.value === null) !== (parsed.problems === null));
  }));
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const questions = fc.array(fc.record({ topic: fc.constant("goal"), text }), { maxLength: 12 });
  fc.assert(fc.property(questions, (list) => {
    const { value } = parseScreen(screenAnswer({ questions: list }));
    if (!value) return;
    const story = new InterviewStory().screen({ questions: list });
    assert(story.state.questions.length <= 5);
    assertEquals(
      new Set(story.state.questions.map((one) => one.id)).size,
      story.state.questions.length,
    );
  }));
});

Deno.test("a refusal, a cut answer and one without a goal are problems in words", () => {
  assertEquals(parseScreen("I am sorry, but I cannot.").problems, [
    "the answer holds no JSON object",
  ]);
  assertEquals(parseScreen({ draft: { goal: "  " } }).problems, [
    "draft.goal: must not be empty",
  ]);
  assertEquals(parseScreen("{}").problems, ["draft: is missing"]);
});
