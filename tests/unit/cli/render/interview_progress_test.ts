import { assertEquals } from "@std/assert";
import type { InterviewProgress } from "../../../../lib/app/interview/interview_hooks.ts";
import {
  interviewProgress,
  interviewProgressText,
} from "../../../../lib/cli/render/interview_progress.ts";
import { askedStory, reviewedStory } from "../../../helpers/interview_stories.ts";
import { Screen } from "../../../helpers/screen.ts";

const STYLE = { color: false, columns: 80 };
const events = (story: ReturnType<typeof askedStory>): InterviewProgress[] =>
  story.events.map((event) => ({ type: "event", event }));
const still = { json: false, nowMs: () => 0 };

Deno.test("facts are shown as soon as they are found, and what others answered", () => {
  const story = askedStory().add("facts.found", { brownfield: false, facts: [] })
    .add("answers.given", {
      ...{ answers: [{ question: "q1", kind: "skipped" }], remark: "", by: "file" },
    })
    .add("review.approved", { review: 1, confirmed: ["a1"], by: "auto" })
    .add("interview.forced", {
      ...{ score: 0.4, measured: true, open: [], by: "file", reason: "in a hurry" },
    });
  assertEquals(
    events(story).map((one) => interviewProgressText(one, STYLE)).join(""),
    "Found in the project: nothing yet\nTook 1 answer (file)\n" +
      "Approved (auto), which confirms 1 assumption\nForced at 0.40: in a hurry\n",
  );
});

Deno.test("a seed that is asked for once more is told, with the first reason", () => {
  const text = (...problems: string[]) => {
    const story = askedStory().add("seed.refused", { digest: "d", problems });
    return interviewProgressText(events(story).at(-1)!, STYLE);
  };
  assertEquals(text("It passes already"), "Asked for once more: It passes already\n");
  assertEquals(text("One", "Two", "Three"), "Asked for once more: One (and 2 more)\n");
});

Deno.test("what a person has just typed is not said again", () => {
  const story = reviewedStory().add("review.approved", { review: 1, confirmed: [], by: "person" });
  assertEquals(events(story).map((one) => interviewProgressText(one, STYLE)).join(""), "");
});

Deno.test("waiting, notes and a model's failure are lasting lines", () => {
  const story = askedStory().add("thought.failed", {
    ...{ thought: 1, code: "server_error", reason: "It is down", problems: [], usage: {} },
    ...{ retryable: true, retryAfterSeconds: null },
  });
  const progress: InterviewProgress[] = [
    { type: "waiting", seconds: 4, reason: "rate limited" },
    { type: "waiting", seconds: 0, reason: "Ant: Reconnecting... 1/5" },
    { type: "notice", text: "Look\x1b[2J here" },
    events(story).at(-1)!,
  ];
  assertEquals(
    progress.map((one) => interviewProgressText(one, STYLE)).join(""),
    "Waits 4.0 s: rate limited\nWaits: Ant: Reconnecting... 1/5\nNote  Look here\nNo answer of use: It is down\n",
  );
});

Deno.test("programs get one object a line, an event without its place in the journal", () => {
  const output = new Screen();
  const view = interviewProgress(output, { ...still, json: true });
  view.show({ type: "working", text: "Sage thinks" });
  view.show(events(askedStory())[0]!);
  const [working, event] = output.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(working, { type: "working", text: "Sage thinks" });
  assertEquals(Object.keys(event), ["type", "at", "version", "data"]);
  assertEquals(output.stderr, "");
});

Deno.test("where no line can be overwritten, what is done is a line of its own", () => {
  const output = new Screen();
  const view = interviewProgress(output, still);
  view.show({ type: "working", text: "Sage thinks" });
  view.clear();
  assertEquals(output.stderr, "Sage thinks\n");
});

Deno.test("on a terminal it is overwritten, and gone before a question", () => {
  const output = Object.assign(new Screen(), { talksToTerminal: true });
  const view = interviewProgress(output, still);
  view.show({ type: "working", text: "Sage thinks" });
  view.clear();
  assertEquals(output.stderr, "\r\x1b[K0 ms Sage thinks\r\x1b[K");
  view.clear();
  assertEquals(output.stderr, "\r\x1b[K0 ms Sage thinks\r\x1b[K");
});
