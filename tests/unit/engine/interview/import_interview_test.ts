import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { importInterview } from "../../../../lib/engine/interview/import_interview.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { trueScore } from "../../../../lib/engine/interview/open_things.ts";
import { viewInterview } from "../../../../lib/engine/interview/view.ts";
import { InterviewStory } from "./interview_story.ts";

const OPTIONS = {
  interviewId: "interview_1",
  screens: 10,
  version: "1",
};

function part(clarity: number) {
  return { name: "x", clarity_score: clarity, weight: 0.4, justification: "So it is" };
}

/** A file as the original writes it. */
function file(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    interview_id: "interview_20260401_120000",
    status: "in_progress",
    rounds: [
      { round_number: 1, question: "Which shop?", user_response: "Ours", timestamp: "2026-04-01" },
      { round_number: 2, question: "When?", user_response: "you decide", timestamp: "2026-04-01" },
      { round_number: 3, question: "How tested?", user_response: null, timestamp: "2026-04-01" },
    ],
    initial_context: "Reject expired coupons",
    created_at: "2026-04-01T12:00:00Z",
    updated_at: "2026-04-01T12:30:00Z",
    is_brownfield: true,
    codebase_paths: [{ path: "/shop", role: "primary" }],
    codebase_context: "",
    explore_completed: false,
    ambiguity_score: 0.12,
    ambiguity_breakdown: {
      goal_clarity: part(0.9),
      constraint_clarity: part(0.9),
      success_criteria_clarity: part(0.9),
      context_clarity: part(0.8),
    },
    completion_candidate_streak: 1,
    ...more,
  };
}

function imported(more: Record<string, unknown> = {}): InterviewStory {
  const { value, problems } = importInterview(file(more), OPTIONS);
  assertEquals(problems, null);
  const story = new InterviewStory();
  story.events.length = 0;
  return story.append(...value!);
}

Deno.test("an interview goes on at the question that waited", () => {
  const { state } = imported();
  assertEquals(nextStep(state), { do: "ask", questions: ["q3"] });
  assertEquals(state.begun.project, "/shop");
  assertEquals(state.brownfield, true);
  assertEquals(state.questions.map((one) => one.answer?.kind ?? null), [
    "text",
    "delegated",
    null,
  ]);
});

Deno.test("its score is shown with what is open, and taken anew before it counts", () => {
  const story = imported();
  const { clarity } = viewInterview(story.state);
  // One question, no verification, one assumption.
  assertEquals([clarity.score, clarity.modelScore, clarity.stale], [0.23, 0.115, true]);
  assertEquals(story.state.streak, 0);
  assertEquals(story.state.begun.imported?.score, 0.12);
  story.answer({ question: "q3", text: "npm test" });
  const step = nextStep(story.state);
  assertEquals([step.do, "kind" in step && step.kind], ["think", "screen"]);
});

Deno.test("what was completed there is not approved here; what was aborted is over", () => {
  const rounds = [{ round_number: 1, question: "Which?", user_response: "This" }];
  assertEquals(nextStep(imported({ status: "completed", rounds }).state).do, "think");
  assertEquals(nextStep(imported({ status: "aborted" }).state).do, "over");
});

Deno.test("a file with the least in it, one of a later version, and one with a bad breakdown", () => {
  const least = importInterview({ interview_id: "i", initial_context: "An idea" }, OPTIONS);
  assertEquals(least.value?.map((one) => one.type), ["interview.begun"]);
  const later = imported({ pending_confused_terms: [], rounds: [], provenance: 1 });
  assertEquals(nextStep(later.state).do, "think");
  const bad = imported({ ambiguity_breakdown: { goal_clarity: { clarity_score: 7 } } });
  assertEquals(trueScore(bad.state), null);
});

Deno.test("a round that was only put off does not keep it from going on", () => {
  const rounds = [{ round_number: 1, question: "Which?", user_response: "later" }];
  assertEquals(nextStep(imported({ rounds }).state).do, "think");
});

Deno.test("what is no such file is refused with its problems", () => {
  const problems = (value: unknown) => importInterview(value, OPTIONS).problems?.join("\n");
  assertEquals(problems({}), "interview_id: is missing\ninitial_context: is missing");
  assertEquals(problems(file({ initial_context: "" })), "initial_context: must not be empty");
  assertEquals(problems(file({ initial_context: "a\u0000b" })), "initial_context: must be text");
  assertEquals(problems([]), "the file must be a mapping, is a list");
  assertEquals(
    problems(file({ rounds: [{ round_number: 0, question: " " }] })),
    "rounds[0].round_number: must be at least 1\nrounds[0].question: must not be empty",
  );
  assertEquals(
    problems(file({ status: "lost" })),
    'status: must be "in_progress" or "completed" or "aborted"',
  );
  assert(problems(file({ initial_context: "x".repeat(50_001) })) !== undefined);
  fc.assert(fc.property(fc.anything(), (value) => {
    const { value: events, problems } = importInterview(value, OPTIONS);
    assert((events === null) !== (problems === null));
  }));
});
