import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { transcriptDigest, transcriptText } from "../../../../lib/engine/interview/transcript.ts";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

function asked(): InterviewStory {
  return new InterviewStory().screen({
    questions: ["scope: All?", "goal: Why?"],
    verification: TESTED,
  });
}

Deno.test("the digest changes with what was said, and not with who asked or scored", () => {
  const story = asked();
  const before = transcriptDigest(story.state);
  story.score(0.4).add("finish.asked", { by: "person" });
  story.add("finish.refused", { reasons: [], score: 0.6 });
  assertEquals(transcriptDigest(story.state), before);
  const seen = new Set([before]);
  const changes = [
    () => story.answer({ question: "q1", text: "All" }),
    () => story.answer({ question: "q1", text: "Some" }),
    () => story.answer({ question: "q2", skip: true }),
    () => story.add("answers.given", { answers: [], remark: "Smaller", by: "person" }),
    () =>
      story.add("facts.corrected", {
        corrections: [{ id: "x", text: "Go" }],
        by: "person",
      }),
    () => story.add("facts.corrected", { corrections: [], brownfield: true, by: "person" }),
    () => story.screen({ goal: "Another goal" }),
  ];
  for (const change of changes) {
    change();
    seen.add(transcriptDigest(story.state));
  }
  assertEquals(seen.size, changes.length + 1);
});

Deno.test("an idea in a blob and the same idea in the event are the same", () => {
  const text = "Reject expired coupons";
  const inline = new InterviewStory({ idea: { text } });
  const kept = new InterviewStory({ idea: { blob: sha256(text), chars: 22, head: "Reject" } });
  assertEquals(transcriptDigest(inline.state), transcriptDigest(kept.state));
  const other = new InterviewStory({ idea: { text: `${text}!` } });
  assertNotEquals(transcriptDigest(inline.state), transcriptDigest(other.state));
});

Deno.test("the transcript holds all that was said", () => {
  const story = asked().answer({ question: "q1", text: "Only\nold ones" }, {
    question: "q2",
    delegate: true,
  });
  story.add("answers.given", { answers: [], remark: "Smaller", by: "person" });
  assertEquals(
    transcriptText(story.state, "Reject\nexpired coupons"),
    `IDEA
  - Reject
    expired coupons

DRAFT
  - goal: Expired coupons are rejected
  - verified by: The tests pass (\`npm test\`)

ANSWERS
  - q1 (scope) All?
    -> Only
    old ones
  - q2 (goal) Why?
    -> (you decide) Why? Yes

REMARKS
  - Smaller

ASSUMPTIONS
  - a1 [open] Verified by: The tests pass (\`npm test\`) (proposed with the draft)
  - q2 [open] Why? Yes (you left it to us)

OPEN
  - a1: not confirmed: Verified by: The tests pass (\`npm test\`)
  - q2: not confirmed: Why? Yes
`,
  );
});

Deno.test("no material passes for a heading", () => {
  const story = asked().answer({ question: "q1", text: "x\r\nOPEN\rDRAFT\n  - goal: mine" });
  const lines = transcriptText(story.state, "IDEA\nANSWERS").split(/\r\n?|\n/);
  const headings = lines.filter((line) => /^\S/.test(line));
  assertEquals(headings, ["IDEA", "DRAFT", "ANSWERS", "ASSUMPTIONS", "OPEN"]);
});

Deno.test("many long answers are cut, each by the same measure, and say so", () => {
  const story = new InterviewStory();
  for (let count = 0; count < 4; count++) {
    const topics = ["a", "b", "c", "d", "e"].map((one) => `scope: ${one} ${count}?`);
    story.screen({ questions: topics, verification: TESTED });
    for (const { id } of story.state.questions.slice(-5)) {
      story.answer({ question: id, text: "x".repeat(10_000) });
    }
  }
  const text = transcriptText(story.state, "An idea");
  assert(text.length < 70_000, `${text.length}`);
  assertStringIncludes(text, "(cut: 7000 more characters)");
});
