/** An interview that is killed at every write of its journal, with its agent, and held twice at once. */
import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import type { InterviewEvent } from "../../lib/engine/interview/events.ts";
import type { AppBench } from "../helpers/app_bench.ts";
import { untilNote } from "../helpers/app_worker.ts";
import {
  CALLS,
  holdInterview,
  interviewScene,
  startInterview,
} from "../helpers/crash_interview.ts";
import { assertInterviewEnd, callsOf, interviewEvents } from "../helpers/crash_interview_end.ts";
import type { Fate } from "../helpers/crash_journal.ts";
import { goneWithin } from "../helpers/processes_in.ts";
import { inLanes } from "../helpers/crash_lanes.ts";

/** What an interview writes that nothing disturbs, and the seed that it ends in. */
const { writes: WRITES, seed: SEED } = await undisturbed();

async function undisturbed(): Promise<{ writes: string[]; seed: string }> {
  await using bench = await interviewScene();
  const end = await holdInterview(bench);
  assertEquals(end.code, 0, end.stderr);
  const seed = await assertInterviewEnd(bench, undefined, "undisturbed");
  assertEquals(callsOf(bench), CALLS);
  const writes = (await bench.note("writes")).trimEnd().split("\n");
  console.log(`${writes.length} writes, ${CALLS} calls of a model`);
  return { writes, seed };
}

/** Ids of the questions that were asked and have no answer yet. */
function pending(events: readonly InterviewEvent[]): string[] {
  const asked = events.flatMap((one) => one.type === "screen.proposed" ? one.data.questions : []);
  const given = events.flatMap((one) => one.type === "answers.given" ? one.data.answers : []);
  return asked.map((one) => one.id).filter((id) => !given.some((one) => one.question === id));
}

/** Whether the kill came between the last answer of the first screen and the remark to it. */
function isBeforeRemark(events: readonly InterviewEvent[]): boolean {
  const last = events.at(-1);
  return last?.type === "answers.given" && last.data.answers.at(-1)?.question === "q3";
}

/** `again`: calls that came to nothing, and have to be made again. */
async function goOn(bench: AppBench, what: string, again = 0) {
  const before = await interviewEvents(bench);
  const order = before.length === 0 ? {} : { resume: true } as const;
  const end = await holdInterview(bench, order);
  assertEquals(end.code, 0, `${what}: ${end.stderr}`);
  const waiting = pending(before);
  for (const id of ["q1", "q2", "q3"]) {
    const known = before.some((one) => one.type === "screen.proposed");
    const again = end.stderr.includes(`(${id})`);
    if (known) assertEquals(again, waiting.includes(id), `${what}: ${id} is asked again`);
  }
  const remarked = !isBeforeRemark(before);
  await assertInterviewEnd(bench, SEED, what, { remarked });
  const calls = (remarked ? CALLS : CALLS - 1) + again;
  assertEquals(callsOf(bench), calls, `${what}: calls`);
}

async function dieAndGoOn(fate: Fate): Promise<void> {
  const what = `killed ${fate.when} write ${fate.write} ${fate.event ?? ""}`;
  await using bench = await interviewScene();
  const end = await holdInterview(bench, { die: fate });
  assertEquals(end.signal, "SIGKILL", `${what}: ${end.stderr}`);
  const frozen = (await interviewEvents(bench)).at(-1)?.type === "seed.frozen";
  if (frozen) await assertInterviewEnd(bench, SEED, what);
  else await goOn(bench, what);
}

Deno.test("an interview that is killed after any write comes to the same seed, and pays nothing twice", async () => {
  await inLanes(WRITES.map((_, at): Fate => ({ when: "after", write: at + 1 })), dieAndGoOn);
  console.log(`${WRITES.length} kills`);
});

Deno.test("what a model answered before the kill and nobody wrote down is taken, and not paid for twice", async () => {
  await inLanes(WRITES.map((_, at): Fate => ({ when: "before", write: at + 1 })), dieAndGoOn);
  console.log(`${WRITES.length} kills`);
});

Deno.test("who is killed at a question finds it again, and every answer before it is kept", async () => {
  for (const silentAt of ["Which of these", "Your answer", "Is this what", "Freeze this"]) {
    await using bench = await interviewScene();
    const { child, ended } = await startInterview(bench, { silentAt });
    await untilNote(bench, "silent");
    child.kill("SIGKILL");
    assertEquals((await ended).signal, "SIGKILL");
    await goOn(bench, `killed at "${silentAt}"`);
  }
});

Deno.test("the last answer of a screen is kept before anything else is asked", async () => {
  await using bench = await interviewScene();
  const { child, ended } = await startInterview(bench, { silentAt: "Anything else" });
  await untilNote(bench, "silent");
  child.kill("SIGKILL");
  await ended;
  assertEquals(pending(await interviewEvents(bench)), []);
  await goOn(bench, 'killed at "Anything else"');
});

Deno.test("an agent that is killed while it thinks is asked again, and nothing of it lives on", async () => {
  const points = Array.from({ length: CALLS }, (_, at) => at + 1).flatMap((call) =>
    (["before", "after"] as const).map((when) => ({ call, when }))
  );
  await inLanes(points, async ({ call, when }) => {
    const what = `the agent is killed ${when} its answer ${call}`;
    const killed = `if [ $n = ${call} ]; then
      sh -c 'trap "" TERM HUP INT; sleep 300 & wait' > /dev/null & kill -9 $$; fi`;
    await using bench = await interviewScene({ [when]: killed });
    const end = await holdInterview(bench);
    assertEquals(end.code, 1, `${what}: ${end.stderr}`);
    assertMatch(end.stderr, /ouroboros interview --resume interview_\w+\s*$/, what);
    await goOn(bench, what, 1);
  }, { lanes: 4 });
  console.log(`${points.length} agents killed`);
});

/** The agent stays at that call until the note `go` is there, or half a minute is over. */
const heldAt = (call: number) =>
  `if [ $n = ${call} ]; then echo $$ > "$notes/held"; i=0
    while [ ! -e "$notes/go" ] && [ $i -lt 600 ]; do i=$((i + 1)); sleep 0.05; done; fi`;

Deno.test("who is killed while the agent thinks takes it along, and asks again", async () => {
  const calls = Array.from({ length: CALLS }, (_, at) => at + 1);
  await inLanes(calls, async (call) => {
    const what = `killed in call ${call}`;
    await using bench = await interviewScene({ before: heldAt(call) });
    const { child, ended } = await startInterview(bench);
    await untilNote(bench, "held");
    child.kill("SIGKILL");
    await ended;
    assertEquals(await goneWithin(bench.root, 10_000), [], `${what}: processes`);
    await Deno.writeTextFile(join(bench.notes, "go"), "");
    await goOn(bench, what, 1);
  });
});

Deno.test("of two that go on at once one does, and the other says who", async () => {
  await inLanes(["seen", "late"], async (which) => {
    await using bench = await interviewScene({ before: heldAt(2) });
    await holdInterview(bench, { die: { when: "after", event: "screen.proposed", write: 1 } });
    const order = { resume: true, ...(which === "seen" ? { together: 2 } : {}) } as const;
    const first = await startInterview(bench, order);
    if (which === "late") await untilNote(bench, "held");
    const second = await startInterview(bench, order);
    const lost = await Promise.race([first.ended, second.ended]);
    assertEquals(lost.code, 1, lost.stderr);
    assertMatch(lost.stderr, /Go on with the interview "\w+": process \d+ works on it, since /);
    assertMatch(lost.stderr, /Go on there; or end it, which keeps every answer: kill \d+/);
    await Deno.writeTextFile(join(bench.notes, "go"), "");
    const ends = await Promise.all([first.ended, second.ended]);
    assertEquals(ends.map((one) => one.code).sort(), [0, 1], JSON.stringify(ends));
    await assertInterviewEnd(bench, SEED, which);
    assertEquals(callsOf(bench), CALLS);
  });
});

Deno.test("one that is stopped is named as stopped, and one that was ended by the hint keeps its answers", async () => {
  await using bench = await interviewScene();
  const { child, ended } = await startInterview(bench, { silentAt: "Your answer" });
  await untilNote(bench, "silent");
  child.kill("SIGSTOP");
  const refused = await holdInterview(bench, { resume: true });
  assertMatch(refused.stderr, /but is stopped \(state T\)\n.*kill -CONT \d+/);
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  assertEquals((await ended).code, 7);
  await goOn(bench, "ended by the hint");
});
