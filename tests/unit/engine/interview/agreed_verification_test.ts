import { assertEquals } from "@std/assert";
import { approveReview, declineReview } from "../../../../lib/engine/interview/decide.ts";
import {
  agreedVerification,
  droppedVerification,
} from "../../../../lib/engine/interview/agreed_verification.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { interviewEvent } from "../../../../lib/engine/interview/events.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { InterviewStory, type ScreenParts } from "./interview_story.ts";

const WAYS = [{ text: "The tests pass", run: "npm test" }, { text: "It is kind", human: "Ann" }];

function reviewed(...screens: readonly ScreenParts[]): InterviewStory {
  const story = new InterviewStory();
  for (const one of screens) story.screen(one);
  story.score(1);
  const step = nextStep(story.state);
  if (step.do !== "review") throw new Error(step.do);
  const { do: _, ...shown } = step;
  return story.append(interviewEvent("review.shown", shown));
}

Deno.test("what was confirmed of the last draft was agreed on", () => {
  const story = reviewed({ verification: WAYS });
  assertEquals(agreedVerification(story.state), { runs: [], byPerson: false });
  story.append(...approveReview(story.state, 1, "person"));
  assertEquals(agreedVerification(story.state), { runs: ["npm test"], byPerson: true });
  const given = reviewed({ verification: WAYS }, {
    verification: [{ text: "It runs", run: "make" }],
  });
  given.append(...approveReview(given.state, 1, "person"));
  assertEquals(agreedVerification(given.state), { runs: ["make"], byPerson: false });
});

Deno.test("what was denied was not, and a choice without a command is somebody who looks", () => {
  const story = reviewed({ verification: WAYS });
  const said = { rejected: ["a1"], remark: "", by: "person" } as const;
  story.append(...declineReview(story.state, 1, said));
  assertEquals(agreedVerification(story.state).runs, []);
  const asked = (text: string) => {
    const choices = [{ text, recommended: true }];
    const question = { topic: "verification", text: "How is it seen?", choices };
    const one = new InterviewStory().screen({ questions: [question] });
    return agreedVerification(one.answer({ question: "q1", choices: [1] }).state).byPerson;
  };
  assertEquals([asked("You read the page"), asked("`npm test` passes")], [true, false]);
});

Deno.test("an agreed command may stand in any check, with more before and behind it", () => {
  const dropped = (run: string, ...checks: readonly unknown[]) => {
    const document = { goal: "g", acceptance_criteria: [{ description: "d", check: checks }] };
    const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(document)), { name: "s" });
    return droppedVerification(seed, { runs: [run], byPerson: false });
  };
  for (
    const run of [
      "npm test",
      "cd web && npm  test -- -t a",
      "npm run test",
      "(npm test)",
      "sh -c 'npm test'",
    ]
  ) {
    assertEquals(dropped("npm test", "sh a.sh", { run, preserve: true }), [], run);
  }
  assertEquals(dropped("python -m pytest", "python3 -m pytest tests/a.py"), []);
  for (const run of ["npm run lint", "npm test-all", "sh npm"]) {
    assertEquals(dropped("npm test", run), ["npm test"], run);
  }
});
