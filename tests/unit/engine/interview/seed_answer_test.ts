import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { stringify } from "@std/yaml";
import { forceSeed } from "../../../../lib/engine/interview/decide.ts";
import { parseSeedAnswer } from "../../../../lib/engine/interview/seed_answer.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

const { state } = new InterviewStory().screen({ verification: TESTED }).score(1);

function problems(...criteria: Record<string, unknown>[]): string[] {
  return parseSeedAnswer(state, { goal: "A goal", criteria }).problems ?? [];
}

Deno.test("an answer becomes a seed file that loads", () => {
  const { value } = parseSeedAnswer(state, {
    goal: " A goal ",
    constraints: ["No new dependency"],
    criteria: [
      {
        description: "It is rejected",
        run: "npm test",
        protect: ["old.test.ts"],
        hidden_run: "sh secret.sh",
      },
      {
        description: "It looks right",
        human: "Ann, at 80 columns",
        reason: "Taste",
        depends_on: [1],
      },
      { description: "It is kind", reason: "Nobody can measure it", artifacts: ["a.txt"] },
    ],
  });
  assertEquals(value?.metadata, { ambiguity_score: 0.21, interview_id: "interview_1" });
  assertEquals(value?.goal, "A goal");
  assertEquals(value?.acceptance_criteria?.[1], {
    description: "It looks right",
    depends_on: [1],
    check: { human: "Ann, at 80 columns (no command decides it: Taste)" },
  });
  const text = stringify(value, { useAnchors: false });
  const { seed } = loadSeed(new TextEncoder().encode(text), { name: "seed.yaml" });
  assertEquals(seed.criteria.map((one) => [one.id, one.dependsOn, one.checks.length]), [
    ["1", [], 2],
    ["2", ["1"], 1],
    ["3", [], 0],
  ]);
});

Deno.test("a forced seed says so, with the true score", () => {
  const story = new InterviewStory();
  story.append(...forceSeed(story.state, { by: "person", reason: "" }));
  const answer = { goal: "A goal", criteria: [{ description: "x", run: "npm test" }] };
  assertEquals(parseSeedAnswer(story.state, answer).value?.metadata, {
    ambiguity_score: 1,
    interview_id: "interview_1",
    forced: true,
  });
});

Deno.test("a criterion that nobody decides, or two do, is a problem", () => {
  const description = "x";
  assertEquals(problems({ description }), [
    'criteria[0]: must have "run", "human" or a "reason" why nothing decides it',
  ]);
  assertEquals(problems({ description, run: "a", human: "b" }), [
    'criteria[0]: must have either "run" or "human", has both',
  ]);
  assertEquals(problems({ description, run: "a", depends_on: [1] }), [
    "criteria[0].depends_on: must name earlier criteria only",
  ]);
  assertEquals(problems({ description, human: "Ann", hidden_run: "b" }), [
    'criteria[0]: must have "run" beside "hidden_run"',
  ]);
  assertEquals(problems(), ["criteria: must have at least 1 entries"]);
  assertEquals(problems({ description, run: "a\u0000" }).length, 1);
  assertEquals(problems({ description, run: "a", protect: ["../../etc/passwd"] }).length, 1);
});

Deno.test("no value of any kind crashes it", () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    const parsed = parseSeedAnswer(state, value);
    assert((parsed.value === null) !== (parsed.problems === null));
  }));
});
