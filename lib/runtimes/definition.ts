import type { ErrorCode } from "../kernel/error.ts";
import type { EndReason, LimitName, Outcome, Usage } from "../kernel/outcome.ts";
import type { Permission, RuntimeEvent } from "../kernel/runtime_event.ts";
import type { CompletionMapping } from "./_parts/completion.ts";
import type { Placement } from "./_parts/placement.ts";

export type * from "./_parts/completion.ts";
export type * from "./_parts/placement.ts";

/** Neutral request for one attempt; a definition turns it into argv, stdin and files. */
export interface RuntimeRequest {
  prompt: string;
  /** Absolute folder in which the agent works. */
  cwd: string;
  /** Absolute folder for the definition's temporary files; outside `cwd`, removed afterwards. */
  scratchDir: string;
  permission: Permission;
  /** Left out: the CLI's own default. */
  model?: string;
  /** Session id of an earlier attempt in the same `cwd`; always matches `SESSION_ID` of kernel/id.ts. */
  resume?: string;
  /**
   * With `resume`: the sum of all usage that earlier attempts on that session reported. Some CLIs
   * count over the whole session; their decoders subtract this. Left out: nothing is known.
   */
  previousThreadUsage?: Usage;
  /** Standing instructions beside the prompt; runtimes without a place for them put them before it. */
  systemText?: string;
  /**
   * Names of our own skills as they are installed in this host: a worker must not be led to start
   * this program again. Left out: none are known.
   */
  hiddenSkills?: readonly string[];
  /** How this program starts itself: for runtimes that are part of it. */
  self: readonly string[];
  /** Free data for embedded runtimes (which recorded attempt to play); others ignore it. */
  embedded?: Readonly<Record<string, string>>;
}

/** What is started for a request. */
export interface Invocation {
  /** Without the program itself. */
  args: string[];
  /** Written to stdin, which is then closed. Left out: stdin is empty. */
  stdin?: string;
  /** Variables that this invocation sets, over what is passed on. */
  env: Record<string, string>;
  /** Temporary files: path relative to `scratchDir` → text; mode 0600. */
  files: Record<string, string>;
}

/** A permission word in this CLI's terms. */
export interface PermissionMapping {
  /** One line for people: what confines the agent, and what does not, as tried with the real CLI. */
  confinement: string;
  /** The same for one system, where that is not the same everywhere: "linux", "darwin", "windows". */
  confinementOn?: (os: string) => string;
  /** Whether a write outside the work folder is stopped by the CLI itself, as tried. */
  stopsOutsideWrites: boolean;
}

/** Evidence in what a CLI printed → what it means. The first match wins. */
export interface FailureRule {
  /** Tested against the error text that the decoder found (or the tail of stderr). */
  match: RegExp;
  code: ErrorCode;
  retryable: boolean;
  /** What to type or change next; `$1` stands for what the first group of `match` found. */
  hint: string;
  /** `refused` for a permission that was withheld; `failed` otherwise. */
  reason?: EndReason;
}

/** How a child of a runtime ended, as the process room saw it. */
export interface RuntimeExit {
  reason: EndReason;
  limit?: LimitName;
  code: number | null;
  signal: string | null;
  /** Last part of stderr, ANSI sequences left in. */
  stderrTail: string;
  /** When it ended, in milliseconds since 1970; left out where nobody saw it. */
  endedAtMs?: number;
}

/**
 * A decoder: pure functions over a state of their own. The same lines give the same events, so a
 * spooled output can be decoded again after a crash.
 */
export interface Decode<S> {
  start(request: RuntimeRequest): S;
  /**
   * One line without its line break. May change `state`. Never throws, and never gives `finished`:
   * the driver makes that from `finish`.
   */
  line(state: S, stream: "stdout" | "stderr", line: string): RuntimeEvent[];
  /** What the whole meant; called once, after the last line. Never throws. */
  finish(state: S, exit: RuntimeExit): Outcome;
}

/** One step of stopping: send `signal`, then wait. The last step of every ladder is SIGKILL on the whole tree. */
export interface StopStep {
  signal: "SIGINT" | "SIGTERM" | "SIGKILL";
  graceMs: number;
}

/** Finite defaults of every limit; each can be set in the configuration. */
export interface RuntimeLimits {
  /**
   * Silence before the first output in which its processes do no work either (waiting for a network
   * is none); not applied when `streams` is false.
   */
  startMs: number;
  /** The same between outputs; not applied when `streams` is false. */
  idleMs: number;
  totalMs: number;
  /** Bytes of stdout and stderr together. */
  outputBytes: number;
  lineBytes: number;
  /** Checked before anything starts. */
  promptBytes: number;
  /** Copies of this CLI at once on one machine. */
  parallel: number;
}

/** Names only; values never stand in a definition. A name may end in `*`. */
export interface RuntimeEnv {
  /** Handed to the child where set. */
  pass: readonly string[];
  /**
   * Never handed on, even where another rule would: session markers of hosts, our own selectors. An
   * invocation may set such a name to a value of its own.
   */
  withhold: readonly string[];
  /** What a worker gets where the user has chosen nothing. */
  defaults?: readonly EnvDefault[];
}

/** A variable that is ours to set as long as the user has not. */
export interface EnvDefault {
  /** Also among `pass`: the user's own value goes first. */
  name: string;
  value: string;
  /** A file below `placement.home` (else below HOME) in which the user may have chosen, and how. */
  unless?: { file: string; match: RegExp };
}

/** What a runtime can do, as tagged choices; the README's table is generated from these. */
export interface RuntimeCapabilities {
  streaming: "events" | "none";
  resume: "by-id" | "none";
  systemPrompt: "native" | "in-prompt";
  toolRestriction: "native" | "none";
  /** `native`: it hands the schema of a completion to the model. */
  structuredOutput: "native" | "none";
  /** Whether it has `complete`. */
  completions: boolean;
  usage: "per-call" | "per-attempt" | "none";
  cost: "reported" | "unknown";
}

/** How the program of a runtime is found. `embedded`: it is this program itself. */
export type RuntimeBinary =
  | {
    kind: "external";
    /** Tried in this order on PATH. */
    names: readonly string[];
    versionArgs: readonly string[];
    /** Variables of folders that it makes or fills even when it is only asked for its version. */
    versionFolders?: readonly string[];
    /** Takes the version out of what `versionArgs` printed (stdout, then stderr). */
    parseVersion(text: string): string | undefined;
    lowestVersion: string;
    /** How to install it, to be pasted. */
    install: string;
    /** Files below HOME (or below `placement.home`) or variables that show a sign-in; no model call. */
    signIn: { files: readonly string[]; env: readonly string[]; command: string };
  }
  /** Part of this program: it plays a recording, or waits for what a host does itself. */
  | { kind: "embedded"; plays: boolean };

/**
 * Everything about one runtime: data and pure functions, no IO. `invoke` throws OuroborosError where
 * nothing should be started: prompt_empty, prompt_too_large, session_lost (an id that this CLI would
 * take for something else).
 */
export interface RuntimeDefinition<S = unknown> {
  /** Permanent, lower-case. */
  id: string;
  aliases: readonly string[];
  title: string;
  maturity: "stable" | "experimental";
  docsUrl: string;
  binary: RuntimeBinary;
  invoke(request: RuntimeRequest): Invocation;
  /** How it answers a question without working; left out: it cannot. */
  complete?: CompletionMapping;
  /** A missing word maps to the nearest tighter one that exists. */
  permissions: Partial<Record<Permission, PermissionMapping>>;
  decode: Decode<S>;
  /** False: prints only at its end, so that silence says nothing: the total limit alone ends it. */
  streams: boolean;
  limits: RuntimeLimits;
  stop: readonly StopStep[];
  env: RuntimeEnv;
  failures: readonly FailureRule[];
  placement?: Placement;
  capabilities: RuntimeCapabilities;
  /** Two or three lines that are rendered into skills for this host. */
  guidance: readonly string[];
  /** What people should know before they choose it: one line each. */
  limitations: readonly string[];
}

/**
 * Names under which this program's skills lie in a host. A worker that runs in the same home must
 * not be led by them to start this program again.
 */
export function installedSkillNames(
  definition: Pick<RuntimeDefinition, "placement">,
  bundles: readonly string[],
): string[] {
  const { placement } = definition;
  return placement ? bundles.map((name) => placement.skills.prefix + name) : [];
}

/** Fixes the type of a definition's decoder state and hides it behind `unknown`. */
export function defineRuntime<S>(definition: RuntimeDefinition<S>): RuntimeDefinition {
  return definition as RuntimeDefinition;
}

/** What confines the agent on one system, in a line for people. */
export function confinementHere(mapping: PermissionMapping, os: string): string {
  return mapping.confinementOn?.(os) ?? mapping.confinement;
}

/** The word that takes the place of `wanted`: itself, or the nearest tighter one that the runtime has. */
export function effectivePermission(
  definition: Pick<RuntimeDefinition, "permissions">,
  wanted: Permission,
): Permission | undefined {
  const order: Permission[] = ["full", "edit", "read"];
  return order.slice(order.indexOf(wanted)).find((word) => definition.permissions[word]);
}
