import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { interviewIds, readInterview } from "../../lib/app/interview/interview_log.ts";
import { readStream } from "../../lib/app/stream_log.ts";
import { type InterviewEvent, interviewStream } from "../../lib/engine/interview/events.ts";
import type { AppBench } from "./app_bench.ts";
import { REMARK, tmpOf } from "./crash_interview.ts";
import { goneWithin } from "./processes_in.ts";

/** Of each the scene writes so many, however often it was killed. */
const ONCE: Readonly<Record<string, number>> = {
  "interview.begun": 1,
  "facts.found": 1,
  "clarity.scored": 1,
  "review.shown": 1,
  "review.approved": 1,
  "seed.generated": 1,
  "seed.frozen": 1,
};

/** All events of the one interview of a bench; none where none was begun. */
export async function interviewEvents(bench: AppBench): Promise<InterviewEvent[]> {
  const journal = await bench.app.journal();
  const [id, ...others] = await interviewIds(journal, 10);
  assertEquals(others, [], "one interview");
  return id === undefined ? [] : await readStream(journal, interviewStream(id)) as InterviewEvent[];
}

/** Calls of the model that were begun, and so are paid for. */
export function callsOf(bench: AppBench): number {
  return [...Deno.readDirSync(bench.notes)].filter((one) => /^prompt-\d+$/.test(one.name)).length;
}

/**
 * What has to be true of the interview of the scene however often it was killed: the same seed, every
 * answer there once, nothing made twice, no process alive, and no file left but the journal and the
 * seed. `remarked`: whether the person came to say their remark, which draws the second screen.
 */
export async function assertInterviewEnd(
  bench: AppBench,
  seed: string | undefined,
  what: string,
  { remarked }: { remarked: boolean } = { remarked: true },
): Promise<string> {
  const events = await interviewEvents(bench);
  const count = (type: string) => events.filter((one) => one.type === type).length;
  const counts = Object.fromEntries(Object.keys(ONCE).map((type) => [type, count(type)]));
  assertEquals(counts, ONCE, what);
  assertEquals(count("screen.proposed"), remarked ? 2 : 1, `${what}: screens`);
  const given = events.flatMap((one) => one.type === "answers.given" ? [one.data] : []);
  const questions = given.flatMap((one) => one.answers.map((answer) => answer.question));
  const wanted = ["q1", "q2", "q3", ...(remarked ? ["q4"] : [])];
  assertEquals(questions, wanted, `${what}: answers`);
  const remarks = given.map((one) => one.remark).filter((remark) => remark !== "");
  assertEquals(remarks, remarked ? [REMARK] : [], `${what}: remarks`);
  const [id = ""] = await interviewIds(await bench.app.journal(), 1);
  const { frozen } = await readInterview(await bench.app.journal(), id);
  // The ids in it alone are not the same each time.
  const text = (await Deno.readTextFile(frozen!.path)).replace(/_[0-9a-z]{18}\b/g, "_1");
  // Without the remark less was asked, and what was answered stands in the seed.
  if (seed !== undefined && remarked) assertEquals(text, seed, what);
  assertEquals(await goneWithin(bench.root, 5000), [], `${what}: processes`);
  assertEquals(await left(tmpOf(bench)), [], `${what}: temporary files`);
  const ours = (await left(join(bench.root, "ours"))).filter((name) => !KEPT.test(name));
  assertEquals(ours, [], `${what}: files`);
  assert((await left(join(bench.root, "ours", "seeds"))).length === 1, what);
  return text;
}

const KEPT = /^(journal\.db(-wal|-shm|-reserve)?|seeds|slots)$/;

async function left(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map((one) => one.name).sort();
}
