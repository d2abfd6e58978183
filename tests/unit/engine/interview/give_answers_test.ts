import { assertEquals, assertThrows } from "@std/assert";
import { giveAnswers, type GivenAnswer } from "../../../../lib/engine/interview/give_answers.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { InterviewStory } from "./interview_story.ts";

function asked(): InterviewStory {
  return new InterviewStory().screen({
    questions: [
      "scope: All?",
      {
        topic: "outputs",
        text: "Which formats?",
        many: true,
        choices: [
          { text: "JSON", recommended: true },
          { text: "CSV", recommended: true },
          { text: "XML" },
        ],
      },
      { topic: "goal", text: "Why?" },
      "verification: How is it tested?",
    ],
  });
}

function answer(given: GivenAnswer, story = asked()) {
  const [event] = giveAnswers(story.state, [given], { by: "person" });
  return event!.type === "answers.given" ? event!.data.answers[0] : undefined;
}

function refusal(given: GivenAnswer | GivenAnswer[], remark?: string): OuroborosError {
  const list = Array.isArray(given) ? given : [given];
  return assertThrows(
    () => giveAnswers(asked().state, list, { by: "person", remark }),
    OuroborosError,
  );
}

Deno.test("choices are picked by number or text, and kept as texts in their order", () => {
  assertEquals(answer({ question: "q1", choices: [2] }), {
    question: "q1",
    kind: "choice",
    choices: ["No"],
    text: "",
  });
  assertEquals(answer({ question: "q2", choices: ["XML", 1], text: " with a header " }), {
    question: "q2",
    kind: "choice",
    choices: ["JSON", "XML"],
    text: "with a header",
  });
});

Deno.test('"you decide" takes what is recommended, and says so where nothing is', () => {
  assertEquals(answer({ question: "q2", delegate: true }), {
    question: "q2",
    kind: "delegated",
    assumption: "Which formats? JSON; CSV",
    reason: "you left it to us",
  });
  assertEquals(answer({ question: "q3", text: "I don’t know." }), {
    question: "q3",
    kind: "delegated",
    assumption: "Why? (whatever is usual)",
    reason: "you left it to us",
  });
});

Deno.test("own words are an answer, unless they say that they are none", () => {
  assertEquals(answer({ question: "q3", text: " Because. " })?.kind, "text");
  assertEquals(answer({ question: "q3", text: "TBD" })?.kind, "skipped");
  assertEquals(answer({ question: "q3", skip: true })?.kind, "skipped");
  assertEquals(answer({ question: "q3", text: "なぜなら" })?.kind, "text");
});

Deno.test("a later answer takes the place of the earlier one, and of its assumption", () => {
  const story = asked().answer({ question: "q1", delegate: true });
  assertEquals(story.state.assumptions.map((one) => one.id), ["q1"]);
  story.answer({ question: "q1", text: "Only old ones" });
  assertEquals(story.state.assumptions, []);
  assertEquals(story.state.questions[0]!.answer?.kind, "text");
});

Deno.test("what cannot be meant is refused, with a way out", () => {
  const unknown = refusal({ question: "q44", text: "x" });
  assertEquals([unknown.code, unknown.hint], ["not_found", 'Did you mean "q4"?']);
  assertEquals(refusal({ question: "q1", choices: [3] }).hint, 'The choices are 1 "Yes", 2 "No"');
  assertEquals(refusal({ question: "q1", choices: [0] }).code, "usage");
  assertEquals(refusal({ question: "q1", choices: [1, 2] }).code, "usage");
  assertEquals(refusal({ question: "q3", choices: [1] }).code, "usage");
  assertEquals(
    refusal({ question: "q3", text: "  " }).message,
    'Answer question "q3": the answer is empty',
  );
  assertEquals(refusal({ question: "q3" }).code, "usage");
  assertEquals(refusal({ question: "q3", text: "x", skip: true }).code, "usage");
  assertEquals(refusal({ question: "q1", choices: [1], delegate: true }).code, "usage");
  assertEquals(refusal([]).code, "nothing_to_do");
  assertEquals(
    refusal({ question: "q3", text: "x".repeat(10_001) }).message,
    'Answer question "q3": it has 10,001 characters',
  );
  assertEquals(refusal([], "x".repeat(10_001)).code, "usage");
});

Deno.test("nothing is taken of a list of which one answer is refused", () => {
  assertEquals(
    refusal([{ question: "q1", text: "x" }, { question: "nothing", text: "x" }]).hint,
    "The questions are q1, q2, q3, q4",
  );
});

Deno.test("a remark alone is enough", () => {
  const [event] = giveAnswers(asked().state, [], { by: "host", remark: " Smaller " });
  assertEquals(event!.data, { answers: [], remark: "Smaller", by: "host" });
});

Deno.test("an answer ends the wait for a host's model, and its late answer is refused", () => {
  const story = asked();
  story.add("thought.asked", {
    thought: 2,
    kind: "score",
    basis: "b",
    request: "r",
    by: { kind: "host", name: "n" },
  });
  story.answer({ question: "q3", text: "Because" });
  assertEquals(story.events.slice(-2).map((one) => one.type), ["thought.failed", "answers.given"]);
  assertEquals(story.state.failures, 0);
});

Deno.test("facts are corrected beside answers, in one step, and alone", () => {
  const story = new InterviewStory({
    facts: {
      brownfield: true,
      facts: [{ id: "test", topic: "test_command", text: "npm test", source: "package.json" }],
    },
  }).screen({ questions: ["goal: Which shop?"] });
  const corrections = [{ id: "test", text: "make check" }];
  const given = [{ question: "q1", text: "Ours" }];
  const events = giveAnswers(story.state, given, { facts: { corrections }, by: "person" });
  assertEquals(events.map((one) => one.type), ["facts.corrected", "answers.given"]);
  story.append(...events);
  assertEquals(story.state.facts?.[0], {
    ...{ id: "test", topic: "test_command", text: "make check", source: null },
  });
  const alone = giveAnswers(story.state, [], {
    facts: { corrections: [], brownfield: false },
    by: "file",
  });
  assertEquals(alone.map((one) => one.type), ["facts.corrected"]);
  assertEquals(story.append(...alone).state.brownfield, false);
  // A correction of nothing says nothing.
  assertThrows(
    () => giveAnswers(story.state, [], { facts: { corrections: [] }, by: "person" }),
    OuroborosError,
    "neither an answer nor a remark",
  );
});
