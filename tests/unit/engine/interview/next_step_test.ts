import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  approveReview,
  askFinish,
  forceSeed,
  refuseSeed,
} from "../../../../lib/engine/interview/decide.ts";
import type { InterviewEvent } from "../../../../lib/engine/interview/events.ts";
import { foldInterview } from "../../../../lib/engine/interview/evolve.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { isAnswered, openThings, trueScore } from "../../../../lib/engine/interview/open_things.ts";
import type { InterviewState } from "../../../../lib/engine/interview/state.ts";
import type { InterviewStep } from "../../../../lib/engine/interview/step.ts";
import { transcriptDigest } from "../../../../lib/engine/interview/transcript.ts";
import { InterviewStory, Killed, scoreAnswer, screenAnswer, TESTED } from "./interview_story.ts";
import { type Cast, playInterview, SEED_ANSWER } from "./play_interview.ts";

type Think = Extract<InterviewStep, { do: "think" }>;

/** A model that asks `screens` one after the other, scores alike, and writes a seed. */
function cast(
  screens: Parameters<typeof screenAnswer>[0][],
  more: Partial<Cast> & { clarity?: number } = {},
): Cast {
  return {
    thinks: (kind, state) =>
      kind === "screen"
        ? screenAnswer(screens[Math.min(state.drawn, screens.length - 1)]!)
        : kind === "score"
        ? scoreAnswer(more.clarity ?? 0.95)
        : SEED_ANSWER,
    answers: (questions) => questions.map((one) => ({ question: one.id, text: "An answer" })),
    ...more,
  };
}

function names(steps: readonly InterviewStep[]): string[] {
  return steps.map((step) => "kind" in step ? `${step.do} ${step.kind}` : step.do);
}

function failure(more: Record<string, unknown> = {}) {
  return {
    code: "server_error" as const,
    reason: "The server is busy",
    problems: [],
    retryable: true,
    retryAfterSeconds: null,
    usage: {},
    ...more,
  };
}

/** A thought is asked for and fails. */
function fail(story: InterviewStory, more: Record<string, unknown> = {}): InterviewStory {
  const { thought, kind, basis } = nextStep(story.state) as Think;
  const by = { kind: "runtime" as const, name: "smith" };
  story.add("thought.asked", { thought, kind, basis, request: "r", by });
  return story.add("thought.failed", { thought, ...failure(more) });
}

Deno.test("a small idea is a seed after one screen, one score and three calls", () => {
  const story = new InterviewStory({ facts: null });
  const steps = playInterview(story, cast([{ questions: ["scope: All?"], verification: TESTED }]));
  assertEquals(names(steps), [
    "look",
    "think screen",
    "read screen",
    "ask",
    "think score",
    "read score",
    "review",
    "confirm",
    "think seed",
    "read seed",
    "freeze",
    "over",
  ]);
  assertEquals(story.state.frozen?.score, 0.05);
  assertEquals(story.state.thoughts.length, 3);
});

Deno.test("no score is paid for while something is open", () => {
  const story = new InterviewStory();
  const skipped = cast([{ questions: ["scope: All?", "goal: Why?"], verification: TESTED }], {
    answers: (questions) =>
      questions.map(({ id, topic }) =>
        topic === "goal" ? { question: id, skip: true } : {
          question: id,
          text: "All",
        }
      ),
  });
  const steps = playInterview(story, skipped);
  // Asked once more, since the other answer was new; then a person has to choose.
  assertEquals(names(steps).filter((one) => one === "think score"), []);
  const last = steps.at(-1)!;
  assertEquals(last, {
    do: "choose",
    reasons: ["skipped: Why?", "how clear it is was not scored yet"],
  });
});

Deno.test("without a way to verify it is asked for, with the project's own command", () => {
  const facts = {
    brownfield: true,
    facts: [{ id: "t", topic: "test_command" as const, text: "npm test", source: "package.json" }],
  };
  const story = new InterviewStory({ facts });
  playInterview(story, cast([{}], { answers: () => undefined }));
  const [question] = story.state.questions;
  assertEquals([question!.topic, question!.choices], ["verification", [{
    text: "`npm test` passes, with a new test for this",
    recommended: true,
  }]]);
});

Deno.test("what is not clear is asked further, and by ourselves when a model asks nothing", () => {
  const story = new InterviewStory();
  const steps = playInterview(story, cast([{ verification: TESTED }, {}], { clarity: 0.5 }));
  assertEquals(steps.at(-1)!.do, "choose");
  assertEquals(story.state.questions.map((one) => one.text), [
    "What must be possible afterwards that is not possible now?",
    "What must not change, and what has to be used or avoided?",
    "What will be there when it is done?",
  ]);
});

Deno.test("screens end at their limit", () => {
  const story = new InterviewStory({ limits: { screens: 2 } });
  let asked = 0;
  const endless: Cast = {
    ...cast([]),
    thinks: (kind) =>
      kind === "screen"
        ? screenAnswer({ questions: [`scope: Question ${++asked}?`], verification: TESTED })
        : scoreAnswer(0.3),
  };
  assertEquals(playInterview(story, endless).at(-1)!.do, "choose");
  assertEquals(asked, 2);
});

Deno.test("a remark after the last screen is measured, and the review shows it", () => {
  const story = new InterviewStory({ limits: { screens: 1 } }).screen({ verification: TESTED });
  story.add("answers.given", { answers: [], remark: "For the shop only", by: "person" });
  assertEquals(names([nextStep(story.state)]), ["think score"]);
  assertEquals(nextStep(story.score(0.9).state).do, "review");
});

Deno.test('"done" too early is refused with the reasons, without a call', () => {
  const story = new InterviewStory().screen({
    questions: ["scope: All?"],
    verification: TESTED,
  });
  story.append(...askFinish(story.state, "person"));
  assertEquals(nextStep(story.state), {
    do: "refuse",
    reasons: ["not answered: All?", "how clear it is was not scored yet"],
    score: null,
  });
  story.add("finish.refused", { reasons: ["x"], score: null });
  assertEquals(nextStep(story.state).do, "ask");
});

Deno.test('"done" in time leads to a score and the review', () => {
  const story = new InterviewStory().screen({ questions: ["scope: All?"], verification: TESTED });
  story.answer({ question: "q1", text: "All" }).append(...askFinish(story.state, "person"));
  assertEquals(names([nextStep(story.state)]), ["think score"]);
  story.score(0.9);
  assertEquals(nextStep(story.state).do, "review");
});

Deno.test("forced, the seed is written at once and carries the true score", () => {
  const story = new InterviewStory().screen({ questions: ["scope: All?"], verification: TESTED });
  story.score(1).append(...forceSeed(story.state, { by: "person", reason: "In a hurry" }));
  assertEquals([story.state.forced?.score, story.state.forced?.measured], [0.22, true]);
  assertEquals(names([nextStep(story.state)]), ["think seed"]);
  playInterview(story, cast([{}]));
  assertEquals([story.state.frozen?.score, story.state.frozen?.forced], [0.22, true]);
});

Deno.test("forced before anything was measured, the score is 1", () => {
  const story = new InterviewStory();
  story.append(...forceSeed(story.state, { by: "person", reason: "" }));
  assertEquals([story.state.forced?.score, story.state.forced?.measured], [1, false]);
});

Deno.test("by itself it takes what is recommended, lists it, and approves the review", () => {
  const story = new InterviewStory({ auto: { screens: 3 } });
  const nobody = cast([{ questions: ["scope: All?", "goal: Why?"], verification: TESTED }], {
    answers: () => {
      throw new Error("Nobody is asked");
    },
  });
  assertEquals(playInterview(story, nobody).at(-1)!.do, "over");
  assertEquals(story.state.review?.assumptions.map((one) => [one.id, one.delegated]), [
    ["a1", false],
    ["q1", true],
    ["q2", true],
  ]);
  assertEquals(story.state.frozen?.score, 0.05);
});

Deno.test("by itself it stops above the limit, and where nothing is recommended", () => {
  const unclear = new InterviewStory({ auto: { screens: 2 } });
  const asks = [{ questions: ["scope: All?"], verification: TESTED }, {
    questions: ["scope: Really?"],
    verification: TESTED,
  }, { questions: ["scope: Really really?"] }];
  assertEquals(playInterview(unclear, cast(asks, { clarity: 0.6 })).at(-1)!.do, "choose");
  assertEquals(unclear.state.drawn, 2);
  const open = new InterviewStory({ auto: { screens: 2 } });
  const blank = { topic: "scope", text: "Which?" };
  const steps = playInterview(open, cast([{ questions: [blank], verification: TESTED }]));
  assertEquals(steps.at(-1)!.do, "choose");
  assertEquals(open.state.questions[0]!.answer?.kind, "skipped");
});

Deno.test("an answer that cannot be used is asked for again, told what was wrong, then it pauses", () => {
  const story = new InterviewStory();
  for (const problems of [[], ["the answer is empty"]]) {
    const step = nextStep(story.state) as Think;
    assertEquals([step.problems, step.waitSeconds], [problems, 0]);
    story.think("screen", "");
  }
  story.think("screen", "prose");
  assertEquals(nextStep(story.state), {
    do: "pause",
    code: "agent_failed",
    reason: "The answer could not be used: the answer holds no JSON object",
    hint: "ouroboros interview --resume interview_1",
  });
  story.add("interview.paused", { code: "agent_failed", reason: "r", hint: null });
  assertEquals(nextStep(story.state).do, "stopped");
  story.add("interview.resumed", { by: "person" });
  assertEquals(names([nextStep(story.state)]), ["think screen"]);
});

Deno.test("failures of servers are waited out; those that no wait helps pause it at once", () => {
  const busy = fail(new InterviewStory());
  assertEquals((nextStep(busy.state) as Think).waitSeconds, 2);
  fail(busy);
  assertEquals((nextStep(busy.state) as Think).waitSeconds, 4);
  assertEquals(nextStep(fail(busy).state).do, "pause");
  const limited = fail(new InterviewStory(), { code: "rate_limited", retryAfterSeconds: 30 });
  assertEquals((nextStep(limited.state) as Think).waitSeconds, 30);
  const hours = fail(new InterviewStory(), { code: "rate_limited", retryAfterSeconds: 7200 });
  assertEquals(nextStep(hours.state).do, "pause");
  const unsigned = fail(new InterviewStory(), { code: "not_signed_in", retryable: false });
  assertEquals(nextStep(unsigned.state).do, "pause");
});

Deno.test("a host's model is waited for, whoever asks; a dead worker's call is not", () => {
  const ask = (kind: "host" | "runtime") => {
    const story = new InterviewStory();
    const { thought, basis } = nextStep(story.state) as Think;
    const by = { kind, name: "n" };
    return story.add("thought.asked", { thought, kind: "screen", basis, request: "r", by });
  };
  assertEquals(nextStep(ask("host").state), { do: "wait", thought: 1, kind: "screen" });
  assertEquals(nextStep(ask("runtime").state), { do: "recover", thought: 1, kind: "screen" });
});

Deno.test("an answer after the review, or after the seed, opens it again", () => {
  const story = new InterviewStory();
  playInterview(
    story,
    cast([{ questions: ["scope: All?"], verification: TESTED }], { reviews: () => undefined }),
  );
  assertEquals(nextStep(story.state).do, "confirm");
  story.answer({ question: "q1", text: "Only the oldest" });
  assertEquals(names([nextStep(story.state)]), ["think score"]);

  const seeded = new InterviewStory().screen({ verification: TESTED }).score(1);
  seeded.add("seed.generated", { thought: 3, blob: "b", digest: "d" });
  assertEquals(nextStep(seeded.state).do, "freeze");
  seeded.add("answers.given", { answers: [], remark: "One thing more", by: "person" });
  assertEquals(names([nextStep(seeded.state)]), ["think screen"]);
});

Deno.test("what a score found is news for whoever draws the next screen, once", () => {
  const story = new InterviewStory().screen({ verification: TESTED });
  story.add("answers.given", { answers: [], remark: "Smaller", by: "person" });
  story.screen({ verification: TESTED });
  const drawn = story.state.thoughts.at(-1)!.basis;
  assertEquals(names([nextStep(story.state)]), ["think score"]);
  story.score(0.6);
  const step = nextStep(story.state) as Think;
  assertEquals([step.kind, step.basis === drawn], ["screen", false]);
  story.screen({ verification: TESTED });
  assertEquals(nextStep(story.state).do, "ask");
});

Deno.test("a remark makes a new draft before anything else", () => {
  const story = new InterviewStory().screen({ verification: TESTED }).score(1);
  story.add("answers.given", { answers: [], remark: "It is for the shop only", by: "person" });
  assertEquals(names([nextStep(story.state)]), ["think screen"]);
  story.screen({ goal: "For the shop", verification: TESTED });
  assertEquals(names([nextStep(story.state)]), ["think score"]);
});

/** A model that says the same whenever it is asked the same, and a person who answers alike. */
function determined(seed: number, spooled: boolean): Cast {
  const chance = (text: string, most: number) => {
    let hash = seed >>> 0;
    for (const one of text) hash = (Math.imul(hash, 31) + one.codePointAt(0)!) >>> 0;
    return Math.floor(hash / 7) % most;
  };
  return {
    thinks: (kind, state) => {
      const basis = transcriptDigest(state);
      if (kind === "seed") return SEED_ANSWER;
      if (kind === "score") {
        return chance(basis, 7) === 0
          ? "I would say 0.9"
          : scoreAnswer([0.6, 0.95][chance(basis, 2)]!);
      }
      const questions = ["All?", "Which?", "When?", "Who?", "Why?", "How?"]
        .filter((text) => chance(basis + text, 4) === 0).map((text) => `scope: ${text}`);
      const verification = chance(basis, 2) === 0 ? TESTED : [];
      const contradictions = chance(basis, 5) === 0
        ? [{ text: `X ${chance(basis, 3)}`, sides: ["a", "b"] }]
        : [];
      return chance(basis, 9) === 0
        ? "{"
        : screenAnswer({ questions, verification, contradictions });
    },
    answers: (questions) =>
      questions.map(({ id, text }) => ({
        question: id,
        ...[{ text: `About ${text}` }, { skip: true }, { delegate: true }, { text: "Yes!" }][
          chance(text, 4)
        ]!,
      })),
    reviews: (state) =>
      state.remarks.length < 1 && chance(`${state.reviews}`, 3) === 0
        ? { rejected: [], remark: "Make it smaller" }
        : "yes",
    spooled: () => spooled,
  };
}

/** What an interview came to, without the way there. */
function outcome(state: InterviewState) {
  return {
    step: nextStep(state).do,
    draft: state.draft,
    questions: state.questions,
    assumptions: state.assumptions,
    open: openThings(state),
    score: trueScore(state),
    remarks: state.remarks,
    frozen: state.frozen && { ...state.frozen, at: "" },
  };
}

function holdsPromises(events: readonly InterviewEvent[]): void {
  const finished = new Set<string>();
  const asked: string[] = [];
  for (let count = 1; count <= events.length; count++) {
    const state = foldInterview(events.slice(0, count))!;
    const step = nextStep(state);
    if (step.do === "think") {
      const at = `${step.kind} ${step.basis}`;
      assert(!finished.has(at), `A finished thought is asked for again: ${step.kind}`);
    }
    if (step.do === "ask" || step.do === "answer") {
      const ids = step.do === "ask" ? step.questions : step.answers.map((one) => one.question);
      for (const id of ids) {
        assert(!isAnswered(state.questions.find((one) => one.id === id)!), `${id} is asked again`);
      }
    }
    for (const one of state.thoughts) if (one.used) finished.add(`${one.kind} ${one.basis}`);
    const event = events[count - 1]!;
    if (event.type !== "screen.proposed") continue;
    for (const { text } of event.data.questions) {
      const before = state.questions.filter((one) => one.text === text && isAnswered(one));
      assertEquals(before.map((one) => one.id), [], `"${text}" was answered and is put again`);
      asked.push(text);
    }
  }
}

Deno.test("killed anywhere, however often, it comes to the same end and repeats nothing", () => {
  const kills = fc.array(fc.nat(9), { maxLength: 12 });
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), kills, fc.boolean(), (seed, spooled, budgets, auto) => {
      const begun = { facts: null, limits: { screens: 4 }, auto: auto ? { screens: 3 } : null };
      const whole = new InterviewStory(begun);
      playInterview(whole, determined(seed, spooled));
      holdsPromises(whole.events);

      const cut = new InterviewStory(begun);
      for (const budget of budgets) {
        cut.budget = budget;
        try {
          playInterview(cut, determined(seed, spooled));
        } catch (thrown) {
          if (!(thrown instanceof Killed)) throw thrown;
        }
        cut.budget = Infinity;
        if (nextStep(cut.state).do !== "over") cut.add("interview.resumed", { by: "person" });
      }
      playInterview(cut, determined(seed, spooled));
      holdsPromises(cut.events);
      if (nextStep(whole.state).do === "stopped") return;
      assertEquals(outcome(cut.state), outcome(whole.state));
      const received = (story: InterviewStory) =>
        story.events.filter((one) => one.type === "thought.received").length;
      if (whole.state.thoughts.every((one) => !one.failure)) {
        assertEquals(received(cut), received(whole));
      }
    }),
    { numRuns: 120 },
  );
});

Deno.test("every prefix of a journal has a next step", () => {
  const story = new InterviewStory({ facts: null });
  playInterview(story, cast([{ questions: ["scope: All?"] }, { verification: TESTED }]));
  for (let count = 1; count <= story.events.length; count++) {
    nextStep(foldInterview(story.events.slice(0, count))!);
  }
  assertEquals(foldInterview([]), undefined);
});

/** A seed that was sent back. */
function refused(): InterviewStory {
  const story = new InterviewStory();
  const written = cast([{ verification: TESTED }]);
  playInterview(story, { ...written, reviews: () => undefined });
  story.append(...approveReview(story.state, 1, "person"));
  story.add("seed.generated", { thought: 3, blob: "b", digest: "d" });
  return story.append(...refuseSeed(story.state, ["It passes already"]));
}

Deno.test("where no other seed comes, the one that was sent back is shown", () => {
  const story = refused();
  fail(story, { retryable: false });
  assertEquals(nextStep(story.state).do, "freeze");
  story.add("interview.resumed", { by: "person" });
  assertEquals(nextStep(story.state).do, "freeze", "nothing more is paid for");
});

Deno.test("another seed is tried for as often as any thought, each told all that was wrong", () => {
  const story = refused();
  fail(story, { problems: ["criteria: is missing"] });
  const again = nextStep(story.state) as Think;
  assertEquals(again.problems, ["It passes already", "criteria: is missing"]);
  fail(story);
  fail(story);
  assertEquals(nextStep(story.state).do, "freeze");
});
