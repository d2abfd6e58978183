/** What is scored: 1 is perfectly clear. Labels, weights and floors are those of the original. */
export const DIMENSIONS = [
  { key: "goal", label: "Goal Clarity", greenfield: 0.40, brownfield: 0.35, floor: 0.75 },
  {
    key: "constraint",
    label: "Constraint Clarity",
    greenfield: 0.30,
    brownfield: 0.25,
    floor: 0.65,
  },
  {
    key: "successCriteria",
    label: "Success Criteria Clarity",
    greenfield: 0.30,
    brownfield: 0.25,
    floor: 0.70,
  },
  { key: "context", label: "Context Clarity", greenfield: 0, brownfield: 0.15, floor: 0.60 },
] as const;

/** Key of a dimension. */
export type DimensionKey = typeof DIMENSIONS[number]["key"];

/** Up to this score an interview is clear enough for a seed; 0 is perfectly clear. */
export const READY_AT = 0.20;
/** Scores in a row that must qualify until they are called stable. */
export const STABLE_STREAK = 2;

/** Names of how far it is: the last one whose limit the score does not exceed. */
export const MILESTONES = [
  { name: "initial", upTo: 1.0 },
  { name: "progress", upTo: 0.4 },
  { name: "refined", upTo: 0.3 },
  { name: "ready", upTo: READY_AT },
] as const;

/** Name of a milestone. */
export type MilestoneName = typeof MILESTONES[number]["name"];

/** One dimension as a model scored it. */
export interface DimensionScore {
  /** 0 to 1; 1 is perfectly clear. */
  clarity: number;
  justification: string;
}

/** What a model said; `context` counts in a project that is there already, null: it said nothing. */
export type Scores = Readonly<
  Record<Exclude<DimensionKey, "context">, DimensionScore> & { context: DimensionScore | null }
>;

/** Weight of a dimension; 0 where it does not count. */
export function weightOf(key: DimensionKey, brownfield: boolean): number {
  const found = DIMENSIONS.find((one) => one.key === key)!;
  return brownfield ? found.brownfield : found.greenfield;
}

/**
 * The weighted score, 0 (clear) to 1, to four digits. A missing context counts as not clear at all,
 * so that with everything else perfect 0.15 is the best, and its floor is not met.
 */
export function weightedScore(scores: Scores, brownfield: boolean): number {
  let clear = 0;
  for (const { key } of DIMENSIONS) {
    clear += (scores[key]?.clarity ?? 0) * weightOf(key, brownfield);
  }
  return round(1 - clear);
}

/** Dimensions below their floors, in the words of the original; empty: none. */
export function belowFloors(scores: Scores, brownfield: boolean): string[] {
  return DIMENSIONS.filter(({ key }) => weightOf(key, brownfield) > 0).flatMap((one) => {
    const score = scores[one.key];
    if (!score) return [`${one.label} missing (< ${one.floor.toFixed(2)})`];
    return score.clarity < one.floor
      ? [`${one.label} ${score.clarity.toFixed(2)} < ${one.floor.toFixed(2)}`]
      : [];
  });
}

/** Whether a model's scores alone are good enough for a seed. */
export function qualifies(scores: Scores, brownfield: boolean): boolean {
  return weightedScore(scores, brownfield) <= READY_AT &&
    belowFloors(scores, brownfield).length === 0;
}

/**
 * Lowest score that so many open things allow: always above {@link READY_AT}, a hundredth more for
 * each, at most 0.5. With nothing open there is none.
 */
export function floorFor(open: number): number {
  return open === 0 ? 0 : round(Math.min(0.5, READY_AT + 0.01 * open));
}

/** Milestone of a score. */
export function milestoneOf(score: number): MilestoneName {
  return MILESTONES.findLast((one) => score <= one.upTo)?.name ?? "initial";
}

/** The first milestone that a score has still to reach; null when it is ready. */
export function nextMilestone(score: number): typeof MILESTONES[number] | null {
  if (score <= READY_AT) return null;
  return MILESTONES.find((one) => one.upTo < score) ?? null;
}

/** Dimensions that are least clear, worst first, weighted; at most `count`. */
export function weakest(scores: Scores, brownfield: boolean, count: number): DimensionKey[] {
  return DIMENSIONS.map(({ key }) => ({
    key,
    lost: (1 - (scores[key]?.clarity ?? 0)) * weightOf(key, brownfield),
  })).filter((one) => one.lost > 0).sort((a, b) => b.lost - a.lost).slice(0, count)
    .map((one) => one.key);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
