import { parse } from "@std/yaml";

/** One start of the program in a case, and what must come of it. */
export interface SpecStep {
  /** Words behind `ouroboros`. `$NAME` is what an earlier step captured. */
  args?: readonly string[];
  /** In place of `args`: a shell line, in which `ouroboros` is the program under test. */
  sh?: string;
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
  /** In place of `stdout`: it is JSON with exactly these keys (of its first element, for a list). */
  keys?: readonly string[];
  /** Name → regular expression with one group, looked for in stdout and then in stderr. */
  capture?: Readonly<Record<string, string>>;
}

/** A case: steps in one folder, with the files before (in `before/`) and after. */
export interface SpecCase {
  /** Why it is there, one line. */
  promise: string;
  /** Left out: everywhere. */
  only?: "source" | "binary";
  /** Systems on which it holds; left out: all. */
  os?: readonly string[];
  /** What it needs of the machine: "mount" is a mount of its own. */
  needs?: "mount";
  /** Makes a git repository with one commit of the files before. */
  git?: boolean;
  /** The project's folder and the HOME, by other names. */
  folders?: { project?: string; home?: string };
  /** Programs on PATH: name → shell text. */
  bin?: Readonly<Record<string, string>>;
  steps: readonly SpecStep[];
  /** Path → pattern of its content, or null for a file that must not be there. */
  after?: Readonly<Record<string, string | null>>;
}

const CASE_KEYS = [
  "promise",
  "only",
  "os",
  "needs",
  "git",
  "folders",
  "bin",
  "steps",
  "after",
];
const STEP_KEYS = [
  "args",
  "sh",
  "cwd",
  "env",
  "stdin",
  "exit",
  "stdout",
  "stderr",
  "keys",
  "capture",
];

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
    if (Array.isArray(step.args) === (typeof step.sh === "string")) {
      throw new Error(`${name}: a step has either "args", a list, or "sh", a text`);
    }
  }
  return value;
}

function refuseUnknown(keys: readonly string[], known: readonly string[], name: string): void {
  const odd = keys.find((key) => !known.includes(key));
  if (odd !== undefined) throw new Error(`${name}: unknown key "${odd}"`);
}
