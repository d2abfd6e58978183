import type { CommandInput } from "../../lib/checks/check_input.ts";
import type { ControlState } from "../../lib/kernel/check_run.ts";
import type { FakeFiles } from "./fake_workspace.ts";

/**
 * Ways of judging the same work. `own`: the commands run in the folder that the worker leaves, as
 * it leaves it, without Ouroboros. The others are whole runs: `plain`: nothing is protected;
 * `protect`: the check's files are put back; `strict`: the same with `--strict`; `hidden`:
 * protected, with one more check that the work never sees.
 */
export const WAYS = ["own", "plain", "protect", "strict", "hidden"] as const;
export type Way = typeof WAYS[number];

/** A check as a seed has it; what is left out is as the seed's own default. */
export type TaskCheck =
  & Pick<CommandInput, "run">
  & Partial<Pick<CommandInput, "protect" | "files" | "expect" | "preserve" | "report">>;

/** A work that is handed in. */
export interface Candidate {
  name: string;
  /** Files over the base's, in the order in which they are written; null for a removed one. */
  files: Readonly<Record<string, FakeFiles[string] | null>>;
}

/** Right work. */
export interface RightWork extends Candidate {
  /** What the control of a run with protected files says of the pass; null where there is none. */
  control: ControlState | null;
  /** Runs in which it is not called passed, and why. */
  lost?: Loss;
  /** The folder as it is left says no. */
  own?: false;
}

/** Wrong work. */
export interface WrongWork extends Candidate {
  /** Runs in which it is called passed, and why. */
  done?: Loss;
  /** The folder as it is left says yes: what a worker that runs the checks itself would report. */
  own?: true;
}

/** Where the word is not the right one. */
export interface Loss {
  ways: readonly Exclude<Way, "own">[];
  why: string;
  /** What helps; left out where nothing does. */
  helps?: string;
}

/** A task: what is there, what decides it, and works that were handed in. */
export interface Task {
  name: string;
  language: string;
  /** Shell line that tells whether its tools are here. */
  needs: string;
  base: FakeFiles;
  /** What the seed shows, with what it protects. */
  checks: readonly TaskCheck[];
  /** What it shows to nobody; its files are there only while it runs. */
  hidden: TaskCheck;
  right: readonly RightWork[];
  wrong: readonly WrongWork[];
  /** Right work of which nothing can be said, because the check is broken. */
  undecided?: readonly Candidate[];
}

/** A candidate with what is true of it. */
export type Work =
  | { kind: "right"; candidate: RightWork }
  | { kind: "wrong"; candidate: WrongWork }
  | { kind: "undecided"; candidate: Candidate };

/** All candidates of a task. */
export function worksOf({ right, wrong, undecided = [] }: Task): Work[] {
  return [
    ...right.map((candidate) => ({ kind: "right" as const, candidate })),
    ...wrong.map((candidate) => ({ kind: "wrong" as const, candidate })),
    ...undecided.map((candidate) => ({ kind: "undecided" as const, candidate })),
  ];
}

/** An executable file. */
export function program(text: string): { text: string; mode: number } {
  return { text, mode: 0o755 };
}
