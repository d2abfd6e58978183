import type { CheckSurroundings } from "../../lib/checks/check_env.ts";
import { protectedPaths } from "../../lib/checks/protected_paths.ts";
import { inLanes } from "./crash_lanes.ts";
import { truthBench, type TruthWord } from "./truth_bench.ts";
import { type Candidate, type Task, type Way, type Work, worksOf } from "./truth_task.ts";

/** A work, and the word on it in each way. */
export type Played = Work & { words: Readonly<Record<Way, TruthWord>> };

/** Works on one task at once: checks wait for children most of the time. */
const LANES = 3;

/** Plays every candidate of a task in every way. */
export async function playTask(task: Task, tools: CheckSurroundings): Promise<Played[]> {
  await using bench = await truthBench(task, tools);
  const works = worksOf(task);
  const played = new Map<string, Played>();
  await inLanes(works.map(({ candidate }) => candidate.name), async (name) => {
    const work = works.find((one) => one.candidate.name === name)!;
    const words = await wordsOn(task, work, (way) => bench.judge(work.candidate, way));
    played.set(name, { ...work, words });
  }, { lanes: LANES });
  return works.map(({ candidate }) => played.get(candidate.name)!);
}

/** The words in all ways. A run whose word cannot be another one is not made. */
async function wordsOn(
  task: Task,
  { kind, candidate }: Work,
  judge: (way: Way) => Promise<TruthWord>,
): Promise<Played["words"]> {
  const own = await judge("own");
  const protect = await judge("protect");
  const same = protect.state === "failed" && !touchesProtected(task, candidate);
  const plain = same || protectsNothing(task) ? protect : await judge("plain");
  // Both only ever take a pass away.
  const less = protect.state !== "passed" && kind !== "undecided";
  const strict = less ? protect : await judge("strict");
  const hidden = less ? protect : await judge("hidden");
  return { own, plain, protect, strict, hidden };
}

/** The seed is the same one then. */
function protectsNothing(task: Task): boolean {
  return task.checks.every((check) => check.protect === undefined);
}

/** Where not, a no stays a no with nothing protected: it is the same command on the same files. */
function touchesProtected(task: Task, { files }: Candidate): boolean {
  const globs = protectedPaths(task.checks.flatMap((check) => check.protect ?? []));
  return Object.entries(files).some(([path, file]) =>
    globs.covers(path) || (file !== null && typeof file === "object" && "link" in file)
  );
}
