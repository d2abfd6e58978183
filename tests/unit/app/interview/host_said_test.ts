import { assertEquals, assertThrows } from "@std/assert";
import { saidEvents } from "../../../../lib/app/interview/host_said.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { InterviewStory, TESTED } from "../../engine/interview/interview_story.ts";

const says = (story: InterviewStory, said: Parameters<typeof saidEvents>[1]) =>
  saidEvents(story.state, said, "host").map((one) => one.type);

Deno.test("an answer in own words belongs to the one question that waits, or is asked back", () => {
  const one = new InterviewStory().screen({ verification: TESTED, questions: ["scope: Which?"] });
  const [event] = saidEvents(one.state, { answer: "Both" }, "host");
  assertEquals(event?.type === "answers.given" && event.data, {
    answers: [{ question: "q1", kind: "text", text: "Both" }],
    remark: "",
    by: "host",
  });
  const two = new InterviewStory().screen({
    verification: TESTED,
    questions: ["scope: Which?", "goal: What?"],
  });
  const error = assertThrows(() => says(two, { answer: "Both" }), OuroborosError, "2 questions");
  assertEquals(error.hint, "Give answers, one for each of q1, q2");
  assertThrows(() => says(new InterviewStory(), { answer: "Both" }), OuroborosError, "no question");
});

Deno.test("a remark alone declines what is shown; beside questions it is a remark", () => {
  const story = new InterviewStory().screen({ verification: TESTED }).score(0.95);
  assertEquals(says(new InterviewStory(), { remark: "More" }), ["answers.given"]);
  story.add("review.shown", { review: 1, basis: "b", assumptions: [], score: 0.05 });
  assertEquals(says(story, { remark: "More" }), ["review.declined"]);
  assertEquals(says(story, { approve: 1 }), ["review.approved"]);
  assertThrows(() => says(story, { approve: 2 }), OuroborosError, "another one");
  story.append(...saidEvents(story.state, { approve: 1 }, "host"));
  story.add("seed.generated", { thought: 3, blob: "b", digest: "d" });
  assertEquals(says(story, { remark: "More" }), ["seed.declined"]);
  assertEquals(says(story, { finish: true }), ["finish.asked"]);
});
