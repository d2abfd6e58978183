import { assert } from "@std/assert";
import { nextStep, nextSteps } from "../../lib/engine/run/next_step.ts";
import type { Step } from "../../lib/engine/run/step.ts";
import { isTry } from "../../lib/engine/run/attempt_kind.ts";
import type { RunState } from "../../lib/engine/run/state.ts";
import { checkRun } from "./check_runs.ts";
import { Story } from "./run_story.ts";

/** Repeatable randomness: the same seed gives the same numbers. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** How the world is: what each try of each criterion comes to, whoever works on it. */
export interface World {
  criteria: { id: string; dependsOn: string[]; base: "fail" | "pass" | "missing_tool" }[];
  /** By criterion and by number of tries before. */
  fate(criterion: string, triesBefore: number): Fate;
}

type Fate = "passed" | "failed" | "idle" | "unverified" | "conflict" | "regression" | "doubt";

const FATES: Fate[] = [
  "passed",
  "passed",
  "failed",
  "idle",
  "unverified",
  "conflict",
  "regression",
  "doubt",
];

/** A world of some criteria; the same seed gives the same one. Without `doubts` no order matters. */
export function makeWorld(
  seed: number,
  { ids = ["a", "b", "c"], doubts = true }: { ids?: string[]; doubts?: boolean } = {},
): World {
  const random = numbers(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const count = doubts ? FATES.length : FATES.length - 1;
  const fates = new Map<string, Fate>();
  return {
    criteria: ids.map((id, index) => ({
      id,
      dependsOn: ids.slice(0, index).filter(() => random() < 0.3),
      base: pick(["fail", "fail", "fail", "pass", "missing_tool"] as const),
    })),
    fate(criterion, tries) {
      const key = `${criterion} ${tries}`;
      const fate = fates.get(key) ?? FATES[Math.floor(numbers(hash(`${seed} ${key}`))() * count)]!;
      fates.set(key, fate);
      return fate;
    },
  };
}

function hash(text: string): number {
  let sum = 2166136261;
  for (const char of text) sum = Math.imul(sum ^ char.charCodeAt(0), 16777619);
  return sum >>> 0;
}

/** A run that was agreed to in that world. */
export function begin(world: World, limits: { jobs?: number } = {}): Story {
  return new Story(world.criteria.map((one) => ({ ...one, base: [one.base] })), {
    stages: world.criteria.map((one) => [one.id]),
    limits,
  });
}

/** Does the next step as a worker would that does one thing at a time; gives false at the end. */
function perform(story: Story, world: World): boolean {
  const step = nextStep(story.state);
  if (step.do === "attempt") {
    startAttempt(story, step);
    ended(story, step.criterion, step.number, "completed");
    return true;
  }
  return performOther(story, world, step);
}

/** The agent starts to work. */
function startAttempt(story: Story, step: Extract<Step, { do: "attempt" }>): void {
  const { state } = story;
  assert(state.criteria.every((one) => one.id !== step.criterion || !one.settled));
  const last = state.criteria.find((one) => one.id === step.criterion)!.attempts.at(-1);
  const again = last !== undefined && !step.fresh;
  const { head } = state.sound;
  const base = step.merged ? last!.integrated!.before : again ? last.base : head;
  const from = step.merged ? last!.integrated!.head : again ? last.commit ?? last.from : head;
  story.add("attempt.started", {
    criterion: step.criterion,
    attempt: step.number,
    from,
    base,
    session: step.session,
    fresh: step.fresh,
    retry: step.retry,
    prompt: "p",
    argv: [],
    spool: "s",
  });
  story.add("child.started", {
    criterion: step.criterion,
    attempt: step.number,
    pid: 1,
    startTime: "t",
    marker: "m",
  });
}

/** Does a step that is no attempt; gives false at the end. */
function performOther(story: Story, world: World, step: Step): boolean {
  const { state } = story;
  switch (step.do) {
    case "attempt":
    case "wait":
    case "admit":
    case "confirm":
    case "interrupt":
      throw new Error(`Not expected: ${step.do}`);
    case "recover":
      ended(story, step.criterion, step.attempt, "cancelled");
      return true;
    case "record": {
      const attempt = attemptOf(state, step);
      const fate = fateOf(world, state, step.criterion);
      // An agent that was cut off had not changed anything yet.
      const idle = fate === "idle" || attempt.outcome?.reason === "cancelled";
      story.add("attempt.recorded", {
        criterion: step.criterion,
        attempt: step.attempt,
        commit: "c",
        tree: idle ? "base-tree" : `tree ${step.criterion} ${triesOf(state, step.criterion)}`,
        changed: idle ? 0 : 1,
        paths: [],
      });
      return true;
    }
    case "check": {
      const fate = fateOf(world, state, step.criterion, -1);
      const verdict = fate === "failed" || fate === "idle"
        ? "failed"
        : fate === "unverified"
        ? "unverified"
        : "passed";
      const kind = verdict === "failed" ? "fail" : verdict === "passed" ? "pass" : "missing_tool";
      story.add("attempt.checked", {
        criterion: step.criterion,
        attempt: step.attempt,
        runs: [checkRun(kind, attemptOf(state, step).tree!)],
        decision: { verdict, reason: verdict, broken: [] },
        counterexample: verdict,
      });
      return true;
    }
    case "integrate": {
      const at = { criterion: step.criterion, attempt: step.attempt };
      if (fateOf(world, state, step.criterion, -1) === "conflict") {
        story.add("attempt.conflicted", { ...at, paths: ["x"] });
      } else {
        const head = `${state.head}+${step.criterion}${triesOf(state, step.criterion)}`;
        story.add("attempt.integrated", { ...at, before: state.head, head, tree: head });
      }
      return true;
    }
    case "recheck": {
      const { criterion, attempt } = step;
      const members = [...step.with, { criterion, attempt }];
      const seen = (fate: Fate) =>
        members.map((one) => one.criterion).filter((id) => fateOf(world, state, id, -1) === fate);
      story.add("branch.rechecked", {
        criterion,
        attempt,
        ...(step.with.length === 0 ? {} : { with: step.with }),
        tree: "t",
        regressions: seen("regression").map((id) => ({
          criterion: id,
          line: "l",
          counterexample: "c",
        })),
        undecided: seen("doubt").map((id) => ({ criterion: id, reason: "doubt" })),
      });
      return true;
    }
    case "separate":
      story.add("batch.reverted", {
        members: step.members,
        head: state.sound.head,
        tree: state.sound.tree,
      });
      return true;
    case "revert": {
      const head = attemptOf(state, step).integrated!.before;
      story.add("attempt.reverted", {
        criterion: step.criterion,
        attempt: step.attempt,
        head,
        tree: head,
      });
      return true;
    }
    case "settle":
      story.settle(step.criterion, step.state, step.reason);
      return true;
    case "end":
      story.add("run.ended", { result: step.result, reason: step.reason });
      return false;
  }
}

function ended(
  story: Story,
  criterion: string,
  attempt: number,
  reason: "completed" | "cancelled",
) {
  story.add("attempt.ended", {
    criterion,
    attempt,
    outcome: { reason, sessionId: "s", ...(reason === "cancelled" ? { code: reason } : {}) },
    usage: { inputTokens: 1 },
    durationMs: 1,
    why: "",
  });
}

function attemptOf(state: RunState, at: { criterion: string; attempt: number }) {
  return state.criteria.find((one) => one.id === at.criterion)!.attempts
    .find((one) => one.number === at.attempt)!;
}

function triesOf(state: RunState, id: string): number {
  return state.criteria.find((one) => one.id === id)!.attempts.filter(isTry).length;
}

/** The present try counts itself already, from its end on. */
function fateOf(world: World, state: RunState, id: string, by = -1): Fate {
  return world.fate(id, triesOf(state, id) + by);
}

/** Works as workers do until the run has ended. */
export function finish(story: Story, world: World): void {
  for (let steps = 0; perform(story, world); steps++) {
    assert(steps < 300, "a run comes to an end");
  }
}

/** What a crew saw on its way. */
export interface Crew {
  /** Agents at work at once, at the most. */
  most: number;
  /** Looks at the branch that covered more than one attempt. */
  shared: number;
}

/** Works as one worker does that has several attempts made side by side, in any order of events. */
export function finishTogether(story: Story, world: World, seed: number): Crew {
  const random = numbers(seed);
  const flying = new Map<string, number>();
  const crew: Crew = { most: 0, shared: 0 };
  for (let turn = 0; turn < 1000; turn++) {
    const steps = nextSteps(story.state, {
      busy: new Set(flying.keys()),
      lane: false,
      nowMs: Infinity,
    });
    // Attempts begin at once; whether an agent ends first or a check does is left to chance.
    for (const step of steps) {
      if (step.do !== "attempt") continue;
      startAttempt(story, step);
      flying.set(step.criterion, step.number);
    }
    crew.most = Math.max(crew.most, flying.size);
    const other = steps.find((step) => step.do !== "attempt");
    const [landing] = [...flying].toSorted(() => random() - 0.5);
    if (other && (!landing || random() < 0.6)) {
      if (other.do === "recheck" && other.with.length > 0) crew.shared++;
      if (!performOther(story, world, other)) return crew;
    } else {
      assert(landing, "something can be done");
      flying.delete(landing[0]);
      ended(story, landing[0], landing[1], "completed");
    }
  }
  throw new Error("a run comes to an end");
}
