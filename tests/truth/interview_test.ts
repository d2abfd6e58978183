/** The floor of an interview on transcripts of every kind: what is open holds the score, talk does not lower it. */
import { assert, assertEquals } from "@std/assert";
import type { ThoughtKind } from "../../lib/engine/interview/events.ts";
import { READY_AT } from "../../lib/engine/interview/clarity.ts";
import type { GivenAnswer } from "../../lib/engine/interview/give_answers.ts";
import { nextStep } from "../../lib/engine/interview/next_step.ts";
import { openThings, trueScore } from "../../lib/engine/interview/open_things.ts";
import type { InterviewState, QuestionState } from "../../lib/engine/interview/state.ts";
import { viewInterview } from "../../lib/engine/interview/view.ts";
import {
  InterviewStory,
  scoreAnswer,
  screenAnswer,
} from "../unit/engine/interview/interview_story.ts";
import { type Cast, playInterview, SEED_ANSWER } from "../unit/engine/interview/play_interview.ts";
import { INTERVIEWS } from "./interview_corpus.ts";
import type { Transcript } from "./interview_transcript.ts";

function begin({ idea, project }: Transcript): InterviewStory {
  const facts = (project?.tests ?? []).map((text, index) => ({
    id: `test${index + 1}`,
    topic: "test_command" as const,
    text,
    source: "package.json",
  }));
  return new InterviewStory({ idea: { text: idea }, facts: { brownfield: !!project, facts } });
}

function cast(transcript: Transcript, scorer: Transcript["scorer"] = transcript.scorer): Cast {
  const { screens, says } = transcript;
  return {
    thinks: (kind: ThoughtKind, state: InterviewState) => {
      if (kind === "seed") return SEED_ANSWER;
      if (kind === "score") return typeof scorer === "number" ? scoreAnswer(scorer) : scorer;
      return screenAnswer(screens[Math.min(state.drawn, screens.length - 1)]!);
    },
    answers: (questions) => {
      const given = questions.flatMap((one) => answer(one, says[one.text]));
      return given.length > 0 ? given : undefined;
    },
    reviews: () => undefined,
  };
}

function answer(
  { id }: QuestionState,
  said: Transcript["says"][string] | undefined,
): GivenAnswer[] {
  if (said === undefined) return [];
  if (typeof said === "string") return [{ question: id, text: said }];
  if (typeof said === "number") return [{ question: id, choices: [said] }];
  return [{ question: id, ...said }];
}

function openOf(state: InterviewState): string[] {
  return openThings(state).map((one) => `${one.kind} ${one.text}`);
}

Deno.test("there are 30 transcripts, no two by one name, five or more of each kind", () => {
  assertEquals(INTERVIEWS.length, 30);
  assertEquals(new Set(INTERVIEWS.map((one) => one.name)).size, 30);
  const kinds = ["clear", "vague", "contradictory", "flattering", "unanswered", "brownfield"];
  for (const kind of kinds) {
    assert(INTERVIEWS.filter((one) => one.kind === kind).length >= 5, kind);
  }
});

for (const transcript of INTERVIEWS) {
  const { expect } = transcript;
  Deno.test(`${transcript.kind}: ${transcript.name}`, () => {
    const story = begin(transcript);
    const end = playInterview(story, cast(transcript)).at(-1)!;
    const { state } = story;
    assertEquals(
      { end: end.do, open: openThings(state).map((one) => one.kind), score: trueScore(state) },
      { end: expect.end, open: [...expect.open], score: expect.score },
    );
    if (expect.open.length > 0) assert(!viewInterview(state).clarity.ready);
    assertEquals(end.do === "confirm", expect.approved !== undefined);
    if (end.do !== "confirm") return;
    playInterview(story, { ...cast(transcript), reviews: () => "yes" });
    assertEquals([nextStep(story.state).do, trueScore(story.state)], ["over", expect.approved]);
    assertEquals(openThings(story.state), []);
  });

  Deno.test(`${transcript.kind}: ${transcript.name}: the same answers, the same floor`, () => {
    const [once, again] = [begin(transcript), begin(transcript)];
    for (const story of [once, again]) playInterview(story, cast(transcript));
    assertEquals(openOf(again.state), openOf(once.state));
  });

  Deno.test(`${transcript.kind}: ${transcript.name}: no flattery closes what is open`, () => {
    const story = begin(transcript);
    playInterview(story, cast(transcript));
    const before = openThings(story.state).length;
    for (let count = 0; count < 3; count++) {
      story.screen({ goal: `Perfectly clear, ${count} times` }).score(1);
      assert(openThings(story.state).length >= before);
      if (before > 0) assert(trueScore(story.state)! > READY_AT);
    }
  });
}
