import type { EndReason, LimitName } from "../kernel/outcome.ts";
import type { SpoolMask } from "./spool.ts";

/** Which variables a child gets. Nothing else reaches it. */
export interface ChildEnv {
  /** Names and values that we know and may read. */
  values: Readonly<Record<string, string>>;
  /**
   * Names that the user lets through (`env.pass`, `--env`) and that we need not be able to read:
   * a shell that inherits our environment hands them on; values never stand in argv.
   */
  passNames?: readonly string[];
  /**
   * The child gets the whole of our own environment, readable for us or not, but for these names;
   * `values` go over it. Only where a person's own commands run as they would by hand.
   */
  inheritBut?: readonly string[];
}

/** Limits of one child. Every child has a total limit; silence limits are optional. */
export interface ChildLimits {
  /** Longest time without a first output in which its tree does no work either. */
  startMs?: number;
  /** The same after an output. */
  idleMs?: number;
  totalMs: number;
  outputBytes: number;
  lineBytes: number;
}

/** One step of stopping a tree: send the signal to every group of it, then wait. */
export interface StopStep {
  signal: "SIGINT" | "SIGTERM" | "SIGKILL";
  graceMs: number;
}

/** What to start. */
export interface ChildSpec {
  /** Program and arguments. */
  argv: readonly [string, ...string[]];
  cwd: string;
  env: ChildEnv;
  /** Written and closed. Left out: stdin is at its end at once. */
  stdin?: string | Uint8Array;
  limits: ChildLimits;
  /** Left out: SIGTERM, 5 s, SIGKILL. A last SIGKILL on the whole tree is always added. */
  stop?: readonly StopStep[];
  /**
   * Every line of stdout and stderr in order of arrival, without its line break (a `\r` before it
   * stays). May be called before `start` resolves. Once a stop was asked for, stdout is read and
   * dropped: a late answer is no answer. Stderr still comes (64 KiB of it at most), because some
   * CLIs name their session there on the way out.
   */
  onLine?(stream: "stdout" | "stderr", line: string): void;
  /** Raw output is also written here as it comes: `<path>.stdout` and `<path>.stderr`. */
  spool?: string;
  /** Makes what each stream goes through on its way into the spool; `onLine` gets it as it came. */
  spoolMask?: () => SpoolMask;
  /** Aborting it stops the tree; the end's reason is `cancelled`. */
  cancel?: AbortSignal;
  /** Collect descendants that outlive the child, at a normal end too, and end them. Default true. */
  reapDescendants?: boolean;
  /** What people call this child in messages: "claude", "check 1 of criterion 2". */
  label: string;
}

/** Who a child is for the journal: enough to find it again, and not to hit another process. */
export interface ChildIdentity {
  pid: number;
  /** Start time as the system counts it (opaque; equal text means the same process). */
  startTime: string;
  /** Value of the marker variable that the whole tree carries. */
  marker: string;
}

/** How a child ended. */
export interface ChildEnd {
  /** `completed` only for exit code 0; `failed` for any other end of its own. */
  reason: EndReason;
  limit?: LimitName;
  code: number | null;
  signal: string | null;
  durationMs: number;
  stdoutBytes: number;
  stderrBytes: number;
  /** Bytes that were not UTF-8 and became U+FFFD. */
  strayBytes: number;
  /** Lines that were longer than `lineBytes` and were cut. */
  cutLines: number;
  /** The last part of each stream, at most 16 KiB, for error messages. */
  stdoutTail: string;
  stderrTail: string;
  /** Processes that outlived the child and that we ended. */
  reaped: number;
  /** Set when the spool could not be written to its end: what the system said. */
  spoolError?: string;
  /** Set where a limit on silence ended it: how long that was, and what its tree did meanwhile. */
  seen?: string;
  /** One line for people: why it ended and what was seen. */
  why: string;
}

/** A running child. */
export interface Child {
  readonly identity: ChildIdentity;
  /** Never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Stops the tree; the first reason given wins. */
  stop(reason: EndReason): void;
}

/**
 * The one way to start a child. Throws OuroborosError: program_missing, not_found (the folder),
 * not_started, not_writable (the spool), depth_exceeded, cancelled (before anything started).
 */
export type StartChild = (spec: ChildSpec) => Promise<Child>;

/** A quick child of which the output is wanted whole: git, `--version`. */
export interface CaptureSpec extends Omit<ChildSpec, "onLine" | "spool" | "spoolMask"> {
  /** More bytes on stdout than this end the child with limit "output". Default `limits.outputBytes`. */
  maxBytes?: number;
  /** Default false here: a listing of all processes costs more than a quick child. */
  reapDescendants?: boolean;
}

/** What a captured child left. */
export interface Captured {
  end: ChildEnd;
  /** Raw bytes, never decoded. */
  stdout: Uint8Array;
  /** Decoded as UTF-8, stray bytes replaced. */
  stderr: string;
}
