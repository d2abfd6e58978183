import type { Played } from "./truth_play.ts";
import { type Task, type Way, WAYS, type Work, worksOf } from "./truth_task.ts";

/** How many words were not the right ones, for each way of judging. */
export interface TruthCounts {
  wrong: number;
  right: number;
  /** Right work that a broken check cannot decide. */
  undecided: number;
  /** Wrong work that was called passed. */
  falseDone: Record<Way, number>;
  /** Right work that was not called passed. */
  falseFail: Record<Way, number>;
  /** Undecided work that was not called unverified. */
  decided: Record<Way, number>;
}

const TITLES: Readonly<Record<Way, string>> = {
  own: "checks run in the worker's own folder, as it left it",
  plain: "a run, nothing protected",
  protect: "a run with `protect`",
  strict: "a run with `protect` and `--strict`",
  hidden: "a run with `protect` and a hidden check",
};

/** Ways in which a work's word is wrong, as the corpus says. */
export function expectedSlips({ kind, candidate }: Work): Way[] {
  if (kind === "undecided") return ["own"];
  const loss = kind === "wrong" ? candidate.done : candidate.lost;
  // Given only where the folder says the other thing.
  const own = candidate.own !== undefined;
  return WAYS.filter((way) => way === "own" ? own : loss?.ways.includes(way));
}

/** The same, as it was played. */
export function slipsOf({ kind, words }: Played): Way[] {
  return WAYS.filter((way) => {
    const { state } = words[way];
    if (kind === "wrong") return state === "passed";
    return state !== (kind === "right" ? "passed" : "unverified");
  });
}

/** Counts over works with their slips. */
export function countSlips(
  works: readonly { kind: Work["kind"]; slips: readonly Way[] }[],
): TruthCounts {
  const of = (kind: Work["kind"]) => works.filter((one) => one.kind === kind);
  const count = (kind: Work["kind"]) =>
    Object.fromEntries(
      WAYS.map((way) => [way, of(kind).filter((one) => one.slips.includes(way)).length]),
    ) as Record<Way, number>;
  return {
    wrong: of("wrong").length,
    right: of("right").length,
    undecided: of("undecided").length,
    falseDone: count("wrong"),
    falseFail: count("right"),
    decided: count("undecided"),
  };
}

/** Counts as the corpus expects them. */
export function expectedCounts(tasks: readonly Task[]): TruthCounts {
  return countSlips(
    tasks.flatMap((task) =>
      worksOf(task).map((work) => ({ kind: work.kind, slips: expectedSlips(work) }))
    ),
  );
}

/** The counts as a table of Markdown. */
export function countsTable(counts: TruthCounts): string {
  const rows = WAYS.map((way) =>
    `| ${TITLES[way]} | ${counts.falseDone[way]} of ${counts.wrong} | ` +
    `${counts.falseFail[way]} of ${counts.right} |`
  );
  return [
    "| Judged by | Wrong work called passed | Right work not called passed |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
