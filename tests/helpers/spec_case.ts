import { parse } from "@std/yaml";

/** One start of the program in a case, and what must come of it. */
export interface SpecStep {
  args: readonly string[];
  /** A folder below the case's own, in which it starts. */
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  /** Exit code; left out: 0. */
  exit?: number;
  /** Pattern of stdout, see `match_output.ts`; left out: nothing may be printed. */
  stdout?: string;
  /** Pattern of stderr; left out: nothing may be printed. */
  stderr?: string;
}

/** A case: steps in one folder, with the files before (in `before/`) and after. */
export interface SpecCase {
  /** Why it is there, one line. */
  promise: string;
  /** Left out: everywhere. */
  only?: "source" | "binary";
  /** Systems on which it holds; left out: all. */
  os?: readonly string[];
  /** Makes a git repository with one commit of the files before. */
  git?: boolean;
  steps: readonly SpecStep[];
  /** Path → pattern of its content, or null for a file that must not be there. */
  after?: Readonly<Record<string, string | null>>;
}

const CASE_KEYS = ["promise", "only", "os", "git", "steps", "after"];
const STEP_KEYS = ["args", "cwd", "env", "stdin", "exit", "stdout", "stderr"];

/** Reads a `case.yaml`. Throws on unknown keys: a misspelt expectation would expect nothing. */
export function readCase(text: string, name: string): SpecCase {
  const value = parse(text) as SpecCase;
  refuseUnknown(Object.keys(value), CASE_KEYS, name);
  if (typeof value.promise !== "string") throw new Error(`${name}: "promise" is missing`);
  if (!Array.isArray(value.steps) || value.steps.length === 0) {
    throw new Error(`${name}: "steps" is missing`);
  }
  for (const step of value.steps) {
    refuseUnknown(Object.keys(step), STEP_KEYS, name);
    if (!Array.isArray(step.args)) throw new Error(`${name}: "args" of a step is no list`);
  }
  return value;
}

function refuseUnknown(keys: readonly string[], known: readonly string[], name: string): void {
  const odd = keys.find((key) => !known.includes(key));
  if (odd !== undefined) throw new Error(`${name}: unknown key "${odd}"`);
}
