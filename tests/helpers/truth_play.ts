import type { CheckSurroundings } from "../../lib/checks/check_env.ts";
import { protectedPaths } from "../../lib/checks/protected_paths.ts";
import { inLanes } from "./crash_lanes.ts";
import { truthBench, type TruthWord } from "./truth_bench.ts";
import type { Candidate, Task, Way } from "./truth_task.ts";

/** What is true of a work. */
export type Kind = "right" | "wrong" | "undecided";

/** A candidate, and the word on it in each way. */
export interface Played {
  kind: Kind;
  candidate: Candidate;
  words: Readonly<Record<Way, TruthWord>>;
}

/** Works on one task at once: checks wait for children most of the time. */
const LANES = 3;

/** Plays every candidate of a task in every way. */
export async function playTask(task: Task, tools: CheckSurroundings): Promise<Played[]> {
  await using bench = await truthBench(task, tools);
  const works = worksOf(task);
  const played = new Map<Candidate, Played>();
  await inLanes(works.map(({ candidate }) => candidate.name), async (name) => {
    const { kind, candidate } = works.find((one) => one.candidate.name === name)!;
    const words = await wordsOn({ task, kind, candidate }, (way) => bench.judge(candidate, way));
    played.set(candidate, { kind, candidate, words });
  }, { lanes: LANES });
  return works.map(({ candidate }) => played.get(candidate)!);
}

/** All candidates of a task. */
export function worksOf(task: Task): { kind: Kind; candidate: Candidate }[] {
  const kinds = [["right", task.right], ["wrong", task.wrong], ["undecided", task.undecided ?? []]];
  return kinds.flatMap(([kind, list]) =>
    (list as readonly Candidate[]).map((candidate) => ({ kind: kind as Kind, candidate }))
  );
}

/** The words in all ways. A run whose word cannot be another one is not made. */
async function wordsOn(
  work: { task: Task; kind: Kind; candidate: Candidate },
  judge: (way: Way) => Promise<TruthWord>,
): Promise<Played["words"]> {
  const own = await judge("own");
  const protect = await judge("protect");
  const same = protect.state === "failed" && !touchesProtected(work.task, work.candidate);
  const plain = same || protectsNothing(work.task) ? protect : await judge("plain");
  // Both only ever take a pass away.
  const less = protect.state !== "passed" && work.kind !== "undecided";
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
