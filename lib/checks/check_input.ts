/** An assertion on what a check printed, as the seed gives it. Every given part must hold. */
export interface ExpectInput {
  /** Exit code; 0 when left out. */
  exit?: number;
  contains?: readonly string[];
  excludes?: readonly string[];
  /** ECMAScript, multi-line. */
  matches?: string;
  /** stdout, trailing white space of each line and of the whole cut, must equal this, cut likewise. */
  stdout?: string;
}

/**
 * A command check as data. Structurally the seed's own command check: this room does not import the
 * engine, and the engine's value can be passed as it is.
 */
export interface CommandInput {
  kind: "command";
  run: string;
  timeoutMs: number;
  /** Globs relative to the project's root. A name of a folder stands for all below it. */
  protect: readonly string[];
  /** Path relative to the project's root → text. */
  files: Readonly<Record<string, string>>;
  expect?: ExpectInput;
  hidden: boolean;
  preserve: boolean;
  /**
   * Where its command leaves a JUnit or TAP report (a glob), and tests that must pass. Single tests
   * decide then.
   */
  report?: { path: string; tests: readonly string[] };
  /** "none": without a network, as far as this machine can wall it off. */
  network?: "none";
}

/** A check that only a person can do. */
export interface HumanInput {
  kind: "human";
  human: string;
}

/** One check of a criterion. */
export type CheckInput = CommandInput | HumanInput;

/** The command that makes a checkout ready, as the seed gives it. */
export interface PrepareInput {
  run: string;
  when: readonly string[];
  timeoutMs: number;
}
