import { assertEquals } from "@std/assert";
import { approveReview, declineReview } from "../../../../lib/engine/interview/decide.ts";
import { agreedLines } from "../../../../lib/engine/interview/agreed_lines.ts";
import { attemptPrompt } from "../../../../lib/engine/run/prompt.ts";
import { parseSeedAnswer } from "../../../../lib/engine/interview/seed_answer.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { reviewedStory } from "../../../helpers/interview_stories.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

const ANSWERS = [
  "Agreed: Which coupons are meant? Those with a date",
  "Agreed: What must stay as it is? The API",
];
const ASSUMED = ["Agreed: Dates are in UTC", "Agreed: Where is it said? On the page"];

Deno.test("answers are agreed to, and assumptions where they were confirmed", () => {
  const story = reviewedStory();
  assertEquals(agreedLines(story.state), ANSWERS);
  story.append(...approveReview(story.state, 1, "person"));
  assertEquals(agreedLines(story.state), [...ANSWERS, ...ASSUMED]);
});

Deno.test("how it is verified, and what was skipped or denied, is no line", () => {
  const story = new InterviewStory().screen({
    questions: ["verification: How is it seen?", "scope: Which?"],
    verification: TESTED,
    assumptions: [{ text: "Dates are in UTC", reason: "r" }],
  });
  story.answer({ question: "q1", text: "By a secret test" }, { question: "q2", skip: true });
  assertEquals(agreedLines(story.state), []);
});

Deno.test("where something was said besides, what the seed says outweighs the lines", () => {
  const story = reviewedStory();
  const said = { rejected: ["a2"], remark: "The API may change", by: "person" } as const;
  story.append(...declineReview(story.state, 1, said));
  const [first, ...lines] = agreedLines(story.state);
  assertEquals(first?.startsWith("Where a criterion or another constraint says otherwise"), true);
  assertEquals(lines, ANSWERS);
});

Deno.test("a seed whose model leaves out what was agreed tells it to whoever works", () => {
  const story = reviewedStory();
  story.append(...approveReview(story.state, 1, "person"));
  const { value } = parseSeedAnswer(story.state, {
    goal: "g",
    constraints: ["No new package"],
    criteria: [{ description: "It is rejected", run: "npm test" }],
  });
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(value)), { name: "s" });
  assertEquals(seed.constraints, ["No new package", ...ANSWERS, ...ASSUMED]);
  const prompt = attemptPrompt({
    ...{ goal: seed.goal, constraints: seed.constraints, context: [], artifacts: [] },
    ...{ criterion: { id: "1", description: "d" }, visibleChecks: [], humanChecks: [] },
    ...{ protectedPaths: [], done: [], retry: null, resumed: false, fresh: false, merged: false },
  });
  for (const line of [...ANSWERS, ...ASSUMED]) assertEquals(prompt.includes(`- ${line}`), true);
});
