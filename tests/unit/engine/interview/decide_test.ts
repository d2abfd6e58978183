import { assertEquals, assertThrows } from "@std/assert";
import {
  abandonInterview,
  approveReview,
  askFinish,
  beginInterview,
  correctFacts,
  declineReview,
  declineSeed,
  forceSeed,
  freezeSeed,
  keepTrial,
  refuseSeed,
  seedOfThought,
} from "../../../../lib/engine/interview/decide.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

const BEGUN = new InterviewStory().state.begun;
const SEED = { seedId: "seed_1", digest: "d", blob: "b", path: "seed.yaml" };

function code(act: () => unknown): string {
  return assertThrows(act, OuroborosError).code;
}

/** A review is shown. */
function shown(): InterviewStory {
  const story = new InterviewStory().screen({ verification: TESTED }).score(1);
  const step = nextStep(story.state);
  if (step.do !== "review") throw new Error(step.do);
  const { do: _, ...review } = step;
  return story.add("review.shown", review);
}

/** A seed is generated. */
function seeded(): InterviewStory {
  const story = shown();
  story.append(...approveReview(story.state, 1, "person"));
  return story.add("seed.generated", { thought: 3, blob: "b", digest: "d" });
}

Deno.test("what a trial came to is kept for the seed that is shown", () => {
  const trial = { by: "host", checks: [], remarks: [], problem: null } as const;
  const story = shown();
  assertEquals(code(() => keepTrial(story.state, 3, trial)), "nothing_to_do");
  story.append(...approveReview(story.state, 1, "person"));
  story.add("seed.generated", { thought: 3, blob: "b", digest: "d" });
  assertEquals(code(() => seedOfThought(story.state, 2)), "conflict");
  assertEquals(seedOfThought(story.state, 3).tried, null);
  story.append(...keepTrial(story.state, 3, trial));
  assertEquals(story.state.seed?.tried, { digest: "d", ...trial });
  story.add("seed.generated", { thought: 4, blob: "c", digest: "e" });
  assertEquals(story.state.seed?.tried, null);
});

Deno.test("an idea must be there, be text, and have an end", () => {
  assertEquals(beginInterview("x", BEGUN)[0]!.type, "interview.begun");
  assertEquals(beginInterview("x".repeat(50_000), BEGUN).length, 1);
  for (const idea of ["", " \n ", "x".repeat(50_001), "PK\u0003\u0004\u0000"]) {
    assertEquals(code(() => beginInterview(idea, BEGUN)), "usage");
  }
  assertEquals(code(() => beginInterview("x", { ...BEGUN, limits: { screens: 0 } })), "usage");
  assertEquals(code(() => beginInterview("x", { ...BEGUN, auto: { screens: 1.5 } })), "usage");
});

Deno.test("facts are corrected, added and taken away", () => {
  const facts = [{ id: "l", topic: "language" as const, text: "Go", source: "go.mod" }];
  const story = new InterviewStory({ facts: { brownfield: true, facts } });
  const correct = (id: string, text: string | null, brownfield?: boolean) =>
    story.append(...correctFacts(story.state, {
      corrections: [{ id, text }],
      ...(brownfield === undefined ? {} : { brownfield }),
      by: "person",
    }));
  correct("l", "Rust");
  assertEquals(story.state.facts, [{ id: "l", topic: "language", text: "Rust", source: null }]);
  correct("new", "No network", false);
  assertEquals([story.state.facts?.length, story.state.brownfield], [2, false]);
  correct("l", null);
  assertEquals(story.state.facts?.map((one) => one.id), ["new"]);
  assertEquals(code(() => correct("l", null)), "not_found");
  assertEquals(code(() => correct("new", " ")), "usage");
});

Deno.test("a review is approved as it was shown, not after something was said", () => {
  const story = shown();
  assertEquals(approveReview(story.state, 1, "person")[0]!.data, {
    review: 1,
    confirmed: ["a1"],
    by: "person",
  });
  assertEquals(code(() => approveReview(story.state, 2, "person")), "conflict");
  story.add("answers.given", { answers: [], remark: "But smaller", by: "person" });
  assertEquals(code(() => approveReview(story.state, 1, "person")), "nothing_to_do");
});

Deno.test("a review is declined with what does not hold, or with words", () => {
  const { state } = shown();
  const said = { by: "person" as const };
  assertEquals(
    code(() => declineReview(state, 1, { ...said, rejected: [], remark: " " })),
    "usage",
  );
  assertEquals(
    code(() => declineReview(state, 1, { ...said, rejected: ["q9"], remark: "" })),
    "not_found",
  );
  const story = shown();
  story.append(...declineReview(state, 1, { ...said, rejected: [], remark: " Smaller " }));
  assertEquals(story.state.remarks.map((one) => one.text), ["Smaller"]);
  assertEquals([story.state.review, nextStep(story.state).do], [null, "think"]);
});

Deno.test("a seed is declined with a reason and written again, or frozen with the true score", () => {
  const story = seeded();
  assertEquals(nextStep(story.state).do, "freeze");
  assertEquals(code(() => declineSeed(story.state, { remark: "", by: "person" })), "usage");
  story.append(...declineSeed(story.state, { remark: "One criterion", by: "person" }));
  const step = nextStep(story.state);
  assertEquals([step.do, "kind" in step && step.kind], ["think", "seed"]);
  assertEquals(code(() => freezeSeed(story.state, SEED)), "nothing_to_do");
  const whole = seeded();
  whole.append(...freezeSeed(whole.state, SEED));
  assertEquals([whole.state.frozen?.score, whole.state.frozen?.forced], [0, false]);
});

Deno.test("a seed whose checks decide nothing is sent back once, and once more after a person spoke", () => {
  const story = seeded();
  assertEquals(refuseSeed(story.state, []), []);
  story.append(...refuseSeed(story.state, ["It passes already"]));
  const step = nextStep(story.state);
  assertEquals(step.do === "think" && [step.kind, step.problems], ["seed", ["It passes already"]]);
  story.add("seed.generated", { thought: 4, blob: "c", digest: "e" });
  assertEquals(nextStep(story.state).do, "freeze");
  assertEquals(refuseSeed(story.state, ["It passes already"]), [], "a person sees it now");
  story.append(...declineSeed(story.state, { remark: "Test it", by: "person" }));
  story.add("seed.generated", { thought: 5, blob: "d", digest: "f" });
  assertEquals(refuseSeed(story.state, ["It passes already"]).length, 1);
  assertEquals(code(() => refuseSeed(new InterviewStory().state, ["x"])), "nothing_to_do");
});

Deno.test("nothing is done to an interview that is over", () => {
  const frozen = seeded();
  frozen.append(...freezeSeed(frozen.state, SEED));
  const left = new InterviewStory();
  left.append(...abandonInterview(left.state, { by: "person", reason: "No time" }));
  for (const { state } of [frozen, left]) {
    const said = { by: "person" as const, reason: "", remark: "x", rejected: [] };
    for (
      const act of [
        () => askFinish(state, "person"),
        () => forceSeed(state, said),
        () => approveReview(state, 1, "person"),
        () => declineReview(state, 1, said),
        () => declineSeed(state, said),
        () => freezeSeed(state, SEED),
        () => abandonInterview(state, said),
        () => correctFacts(state, { corrections: [], by: "person" }),
      ]
    ) assertEquals(code(act), "nothing_to_do");
    assertEquals(nextStep(state).do, "over");
  }
});

Deno.test("only somebody who is asked can force it", () => {
  const { state } = new InterviewStory();
  assertEquals(code(() => forceSeed(state, { by: "auto", reason: "" })), "not_allowed");
});
