import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOST_MATERIAL_CHARS, hostState } from "../../../../lib/app/interview/host_state.ts";
import type { Fact, ThoughtKind } from "../../../../lib/engine/interview/events.ts";
import { thoughtRequest } from "../../../../lib/engine/interview/thought_request.ts";
import type { InterviewState } from "../../../../lib/engine/interview/state.ts";
import { InterviewStory, TESTED } from "../../engine/interview/interview_story.ts";

/** Our own words in one turn: rules and schema, with the facts of a usual project. */
const MOST_OWN_BYTES = 4_096;
/** Facts of a project as they are usually found: a line each. */
const FACTS: readonly Fact[] = [
  ["language", "TypeScript (41 files), CSS (3 files)"],
  ["manifest", "package.json: shop, private, 12 dependencies"],
  ["entry_point", "src/main.ts"],
  ["test_command", "npm test"],
  ["build_command", "npm run build"],
  ["git", "branch main, 214 commits, the last 2 days ago"],
].map(([topic, text], index) => ({
  id: `f${index}`,
  topic: topic as Fact["topic"],
  text: text!,
  source: "package.json",
}));

const bytes = (text: string) => new TextEncoder().encode(text).length;

function told(kind: ThoughtKind, idea: string, state?: InterviewState) {
  const story = new InterviewStory({ facts: { brownfield: true, facts: FACTS } });
  const at = state ?? story.state;
  const request = thoughtRequest(at, kind, { idea, problems: [] });
  story.add("thought.asked", {
    thought: 1,
    kind,
    basis: "b",
    request: "r",
    by: { kind: "host", name: "the host's model" },
  });
  const thought = story.state.thoughts[0]!;
  const asked = { thought, request, problems: [], stale: false };
  const task = hostState(story.state, { asked, seed: undefined });
  if (task.do !== "think") throw new Error(task.do);
  return task;
}

Deno.test("rules, schema and facts of a turn are at most 4 kB", () => {
  const facts = FACTS.map((one) => `  - ${one.topic}: ${one.text}\n`).join("");
  for (const kind of ["screen", "score", "seed"] as const) {
    const { rules, schema, material } = told(kind, "Reject expired coupons");
    assertStringIncludes(material, facts);
    const own = bytes(rules) + bytes(schema) + bytes(facts);
    console.log(
      `${kind}: ${own} bytes of ours (rules ${bytes(rules)}, schema ${bytes(schema)}, ` +
        `facts ${bytes(facts)}); ${bytes(material)} of material, facts among them`,
    );
    assert(own <= MOST_OWN_BYTES, `${kind}: ${own}`);
  }
});

Deno.test("material is bounded, and what was within a line cannot become a heading", () => {
  const idea = "IDEA \n".repeat(8_000);
  const { material } = told("screen", idea);
  assert(material.length <= HOST_MATERIAL_CHARS + 100, `${material.length}`);
  assertStringIncludes(material, "(left out: ");
  assertStringIncludes(material, "test_command: npm test");
  const headings = material.split("\n").filter((line) => /^[A-Z]/.test(line));
  assertEquals(headings, ["IDEA", "PROJECT (exists already)", "OPEN"]);
});

Deno.test("what was said and what is asked is told in one shape for each thing to do", () => {
  const story = new InterviewStory().screen({ verification: TESTED, questions: ["scope: Which?"] });
  const none = { asked: undefined, seed: undefined };
  const asks = hostState(story.state, none);
  assert(asks.do === "ask");
  assertEquals(asks.questions[0]?.accepts, ["choice", "text", "delegate", "skip"]);
  assertEquals(
    asks.understood,
    "goal: Expired coupons are rejected\nverified by: The tests pass (`npm test`)",
  );
  const clear = new InterviewStory().screen({ verification: TESTED }).score(0.95);
  clear.add("review.shown", {
    review: 1,
    basis: "b",
    assumptions: [{ id: "a1", text: "UTC", reason: "usual", delegated: false }],
    score: 0.21,
  });
  const review = hostState(clear.state, none);
  assert(review.do === "review");
  assertEquals([review.review, review.assumptions.length], [1, 1]);
  clear.add("interview.abandoned", { by: "person", reason: "not needed" });
  assertEquals(hostState(clear.state, none).do, "abandoned");
});
