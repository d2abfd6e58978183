import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  askThought,
  endHostThought,
  failThought,
  receiveThought,
} from "../../../../lib/engine/interview/ask_thought.ts";
import { askFinish, forceSeed } from "../../../../lib/engine/interview/decide.ts";
import type { Thinker } from "../../../../lib/engine/interview/events.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { thoughtRequest } from "../../../../lib/engine/interview/thought_request.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { InterviewStory } from "./interview_story.ts";

function asked(kind: Thinker["kind"]): InterviewStory {
  const story = new InterviewStory();
  const step = nextStep(story.state);
  if (step.do !== "think") throw new Error(step.do);
  const request = thoughtRequest(story.state, step.kind, { idea: "An idea", problems: [] });
  return story.append(askThought(step, request, { kind, name: "smith" }));
}

const RECEIVED = { answer: { text: "{}" }, usage: {} };
const FAILED = {
  code: "server_error" as const,
  reason: "Busy",
  retryable: true,
  retryAfterSeconds: null,
  usage: {},
};

Deno.test("what is asked stands in the journal with its basis and its digest", () => {
  const event = asked("runtime").events.at(-1)!;
  assert(event.type === "thought.asked");
  assertEquals([event.data.thought, event.data.kind], [1, "screen"]);
  assert(/^[0-9a-f]{64}$/.test(event.data.request) && /^[0-9a-f]{64}$/.test(event.data.basis));
});

Deno.test("an answer is taken once, and only of the thought that is waited for", () => {
  const story = asked("host");
  for (const number of [0, 2]) {
    assertThrows(() => receiveThought(story.state, number, RECEIVED), OuroborosError, "not waited");
  }
  story.append(...receiveThought(story.state, 1, RECEIVED));
  assertEquals(nextStep(story.state), { do: "read", thought: 1, kind: "screen" });
  assertThrows(() => receiveThought(story.state, 1, RECEIVED), OuroborosError);
  assertThrows(() => failThought(story.state, 1, FAILED), OuroborosError);
});

Deno.test("what a person says ends the wait for a host, not a call of an agent CLI", () => {
  assertEquals(endHostThought(new InterviewStory().state), []);
  assertEquals(endHostThought(asked("runtime").state), []);
  const story = asked("host");
  assertEquals(endHostThought(story.state).map((one) => one.type), ["thought.failed"]);
  story.append(...askFinish(story.state, "person"));
  assertEquals(nextStep(story.state).do, "refuse");
  assertThrows(() => receiveThought(story.state, 1, RECEIVED), OuroborosError);
  const forced = asked("host");
  forced.append(...forceSeed(forced.state, { by: "person", reason: "" }));
  const step = nextStep(forced.state);
  assertEquals([step.do, "kind" in step && step.kind], ["think", "seed"]);
});
