/** What decides a criterion by running a command. */
export interface CommandCheck {
  kind: "command";
  /** A command line for `sh -c`, run in the root of a throw-away checkout. */
  run: string;
  timeoutMs: number;
  /** Globs of files that are put back to the base's bytes before the check; new matches are removed. */
  protect: readonly string[];
  /** Files that exist only while the check runs: path → text. */
  files: Readonly<Record<string, string>>;
  expect?: OutputExpectation;
  /** Kept out of the prompt and the worktree. */
  hidden: boolean;
  /** Passes on the base and must go on passing; decides nothing by itself. */
  preserve: boolean;
  /** Where it leaves a JUnit or TAP report (a glob), and tests that must pass: single tests decide. */
  report?: { path: string; tests: readonly string[] };
  /** "none": without a network, as far as the machine can wall it off. */
  network?: "none";
}

/** A person decides, with `ouroboros accept`. */
export interface HumanCheck {
  kind: "human";
  /** Who is asked, or what they are to look at. */
  human: string;
}

/** One check of a criterion. */
export type Check = CommandCheck | HumanCheck;

/** An assertion on what a check printed. Every given part must hold. */
export interface OutputExpectation {
  /** Exit code; 0 when left out. */
  exit?: number;
  /** Each must occur in stdout and stderr together. */
  contains?: readonly string[];
  /** None may occur. */
  excludes?: readonly string[];
  /** Regular expression (ECMAScript, multi-line) that must match. */
  matches?: string;
  /** stdout, trailing white space of each line and of the whole cut, must equal this, cut likewise. */
  stdout?: string;
}

/** One acceptance criterion. */
export interface Criterion {
  /** Given in the seed, or its place: "1", "2", … Matches `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`. */
  id: string;
  description: string;
  dependsOn: readonly string[];
  checks: readonly Check[];
  /** Paths that the work is expected to make or change. */
  artifacts: readonly string[];
  /** Why no check decides it, as written in the seed. */
  exemption?: string;
}

/** How a folder that git does not hold gets ready. */
export interface PrepareStep {
  run: string;
  /**
   * Files that it reads. It runs for each tree all the same: what checks of another one built beside
   * it cannot be told from what it made.
   */
  when: readonly string[];
  timeoutMs: number;
}

/** What git does not say about the project. */
export interface SeedWorkspace {
  /** Folder below the project in which agents and checks work; "." when left out. */
  dir: string;
  /** A git ref to start from, in place of the working tree as it is. */
  base?: string;
  carry: readonly string[];
  /** An empty list was written: what the project's kind suggests is not carried either. */
  carryNone?: true;
  prepare?: PrepareStep;
}

/** The things that the work is about, as the interview found them. */
export interface SeedOntology {
  name: string;
  description: string;
  fields: readonly { name: string; type: string; description: string; required: boolean }[];
}

/** The immutable specification, after loading: aliases resolved, defaults filled in. */
export interface Seed {
  schema: 1;
  id: string;
  goal: string;
  taskType: string;
  constraints: readonly string[];
  criteria: readonly Criterion[];
  workspace: SeedWorkspace;
  /** As written: context references, principles, ontology and whatever else the seed holds. */
  context: readonly { path: string; role: string; summary: string }[];
  principles: readonly { name: string; description: string }[];
  exitConditions?: readonly { name: string; description: string; criteria: string }[];
  ontology?: SeedOntology;
  metadata: Readonly<Record<string, unknown>>;
  /** SHA-256 of the versioned canonical JSON of the whole document, unknown keys included. */
  digest: string;
}

/** A remark on a seed that is valid all the same: an unknown key, a check that nothing decides. */
export interface SeedWarning {
  /** Exact path in the document: `acceptance_criteria[1].check.run`. */
  path: string;
  message: string;
}
