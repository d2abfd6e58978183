/** Answers of no use: what the person at the interview reads, and that none is taken for a good one. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { CALLS, holdInterview, interviewScene } from "../helpers/crash_interview.ts";
import { assertInterviewEnd, callsOf, interviewEvents } from "../helpers/crash_interview_end.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { scoreAnswer } from "../unit/engine/interview/interview_story.ts";

/** What a model says, and what is read of it; `calls`: one where asking again is of no use. */
interface Bad {
  name: string;
  says: string;
  read: string;
  calls?: 1;
}

const NO_JSON = "it holds no JSON object; it said";

/** In place of anything. */
const BAD: readonly Bad[] = [
  { name: "prose", says: "It is clear: 1.0!", read: `${NO_JSON} "It is clear: 1.0!"` },
  { name: "nothing", says: "", read: `${NO_JSON} nothing` },
  { name: "a refusal in words", says: "I can't help with that.", read: `${NO_JSON} "I can't help` },
  {
    name: "a refusal",
    says: "fail content_refused The provider refused it",
    read: "The provider refused it",
    calls: 1,
  },
  {
    name: "an answer that the provider cut off",
    says: "fail truncated_response It was cut off at its limit",
    read: "It was cut off at its limit",
    calls: 1,
  },
  { name: "half of one", says: JSON.stringify(scoreAnswer(0.95)).slice(0, 90), read: NO_JSON },
  { name: "malformed", says: '{"goal": 0.95,, }', read: `${NO_JSON} "{"goal": 0.95,, }"` },
  { name: "a list", says: "[1, 1]", read: "the answer must be a mapping, is a list" },
  { name: "another thing", says: '{"clear": true}', read: "is missing; it said" },
  { name: "200 kB of one letter", says: "a".repeat(200_000), read: `${NO_JSON} "aaa` },
  { name: "200 kB of brackets", says: "[{".repeat(100_000), read: `${NO_JSON} "[{[{` },
];

const scored = (change: Record<string, unknown>) =>
  JSON.stringify({ ...scoreAnswer(0.95), ...change });

/** In place of a score that would let it pass. */
const BAD_SCORES: readonly Bad[] = [
  { name: "text", says: scored({ goal_clarity_score: "1" }), read: "must be a number, is text" },
  { name: "too much", says: scored({ goal_clarity_score: 7 }), read: "must be at most 1" },
  { name: "too little", says: scored({ goal_clarity_score: -1 }), read: "must be at least 0" },
  { name: "null", says: scored({ goal_clarity_score: null }), read: "goal_clarity_score: " },
  {
    name: "missing",
    says: '{"goal_clarity_score": 1}',
    read: "constraint_clarity_score: is missing",
  },
  {
    name: "200 kB of reasons",
    says: scored({ goal_clarity_justification: "It is clear. ".repeat(15_000) }),
    read: "100000 is the most",
  },
  {
    name: "5 kB of reasons",
    says: scored({ goal_clarity_justification: "It is clear. ".repeat(400) }),
    read: "goal_clarity_justification: must",
  },
];

const POINTS = [
  ...["screen", "score", "seed"].flatMap((kind) => BAD.map((bad) => ({ kind, bad }))),
  ...BAD_SCORES.map((bad) => ({ kind: "score", bad })),
];

/** Calls before the first one of that kind. */
const BEFORE: Readonly<Record<string, number>> = { screen: 0, score: 2, seed: 3 };

/** The scene, with a model that says that, in place of that kind, until the note `good` is there. */
async function badScene(kind: string, says: string) {
  const bench = await interviewScene({
    before: `if [ $kind = ${kind} ] && [ ! -e "$notes/good" ]; then cat "$notes/says"; exit; fi`,
  });
  await Deno.writeTextFile(join(bench.notes, "says"), `${says}\n`);
  return bench;
}

Deno.test("an answer of no use is told, pauses the interview, and is never taken", async () => {
  await inLanes(POINTS, async ({ kind, bad }) => {
    const what = `${kind}: ${bad.name}`;
    await using bench = await badScene(kind, bad.says);
    const end = await holdInterview(bench);
    assertEquals([end.signal, end.code], [null, 1], `${what}: ${end.stderr}`);
    const state = end.stdout.replace(/\n {2,}/g, " ");
    assertStringIncludes(state, "State      paused: ", what);
    assertStringIncludes(state.replaceAll(" ", ""), bad.read.replaceAll(" ", ""), what);
    assertMatch(end.stderr, /\nouroboros interview --resume interview_\w+\n$/, what);
    assertEquals(callsOf(bench), BEFORE[kind]! + (bad.calls ?? 2), `${what}: calls`);
    const thoughts = (await interviewEvents(bench)).flatMap((one) =>
      one.type.startsWith("thought.") ? [one.type] : []
    );
    assertEquals(thoughts.slice(-2), ["thought.asked", "thought.failed"], what);
  });
  console.log(`${POINTS.length} answers of no use`);
});

Deno.test("once the model answers well the interview goes on where it was paused", async () => {
  for (const kind of ["screen", "score", "seed"]) {
    await using bench = await badScene(kind, "It is perfectly clear");
    assertEquals((await holdInterview(bench)).code, 1, kind);
    await Deno.writeTextFile(join(bench.notes, "good"), "");
    const end = await holdInterview(bench, { resume: true });
    assertEquals(end.code, 0, `${kind}: ${end.stderr}`);
    await assertInterviewEnd(bench, undefined, kind);
    assertEquals(callsOf(bench), CALLS + 2, kind);
  }
});
