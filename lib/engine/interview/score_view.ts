import {
  belowFloors,
  type DimensionKey,
  DIMENSIONS,
  floorFor,
  type MilestoneName,
  milestoneOf,
  MILESTONES,
  nextMilestone,
  READY_AT,
  STABLE_STREAK,
  weightedScore,
  weightOf,
} from "./clarity.ts";
import { type OpenThing, openThings, trueScore } from "./open_things.ts";
import type { InterviewState } from "./state.ts";
import { transcriptDigest } from "./transcript.ts";

/** How clear it is, for people and programs. */
export interface ScoreView {
  /** 0 (clear) to 1, the floor included; null: not scored yet. */
  score: number | null;
  /** What a model said, without the floor. */
  modelScore: number | null;
  /** Lowest score that what is open allows; 0: nothing is open. */
  floor: number;
  /** Something was said since it was scored. */
  stale: boolean;
  /** Up to this score it is ready. */
  readyAt: number;
  /** At or below {@link readyAt}, no dimension below its floor, nothing open, nothing said since. */
  ready: boolean;
  milestone: MilestoneName | null;
  nextMilestone: { name: MilestoneName; upTo: number } | null;
  /** A bar from 0 (nothing is clear) to 1: how far it is, and where the milestones stand on it. */
  bar: { filled: number; marks: readonly { name: MilestoneName; at: number }[] };
  streak: { now: number; stable: number };
  dimensions: readonly {
    key: DimensionKey;
    label: string;
    clarity: number | null;
    weight: number;
    floor: number;
    justification: string;
  }[];
  /** Dimensions below their floors, in words. */
  belowFloors: readonly string[];
}

/** The score of an interview as it is told. */
export function viewScore(
  state: InterviewState,
  open: readonly OpenThing[] = openThings(state),
): ScoreView {
  const score = trueScore(state);
  const scores = state.score?.scores ?? null;
  const below = scores ? belowFloors(scores, state.brownfield) : [];
  const stale = state.score !== null && state.score.basis !== transcriptDigest(state);
  return {
    score,
    modelScore: scores ? weightedScore(scores, state.brownfield) : null,
    floor: floorFor(open.length),
    stale,
    readyAt: READY_AT,
    ready: score !== null && !stale && score <= READY_AT && below.length === 0,
    milestone: score === null ? null : milestoneOf(score),
    nextMilestone: score === null ? { ...MILESTONES[0] } : nextMilestone(score),
    bar: {
      filled: score === null ? 0 : 1 - score,
      marks: MILESTONES.map(({ name, upTo }) => ({ name, at: 1 - upTo })),
    },
    streak: { now: state.streak, stable: STABLE_STREAK },
    dimensions: DIMENSIONS.filter(({ key }) => weightOf(key, state.brownfield) > 0).map((one) => ({
      key: one.key,
      label: one.label,
      clarity: scores?.[one.key]?.clarity ?? null,
      weight: weightOf(one.key, state.brownfield),
      floor: one.floor,
      justification: scores?.[one.key]?.justification ?? "",
    })),
    belowFloors: below,
  };
}
