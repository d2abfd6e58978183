import { assertEquals } from "@std/assert";
import type { EndReason, LimitName, Outcome, Usage } from "../../lib/kernel/outcome.ts";
import { addUsage } from "../../lib/kernel/outcome.ts";
import type { RuntimeEvent } from "../../lib/kernel/runtime_event.ts";
import type {
  CompletionRequest,
  JsonSchema,
  RuntimeDefinition,
  RuntimeExit,
  RuntimeRequest,
} from "../../lib/runtimes/mod.ts";

const FIXTURES = new URL("../fixtures/runtimes/", import.meta.url);

/**
 * What a recording must be read as, written by hand from the facts. A member that is left out is not
 * looked at; `sessionId: null` means that there must be none.
 */
export interface Expected {
  /** The fact that this recording stands for. */
  spec?: string;
  /** What was asked for, where that matters to the decoder. */
  request?: Partial<RuntimeRequest>;
  /** How the child ended, where that was not by itself. */
  exit?: { reason: EndReason; limit?: LimitName };
  reason: EndReason;
  code?: string;
  retryable?: boolean;
  retryAfterSeconds?: number;
  /** The code with which the decoder itself asks for an end. */
  gaveUp?: string;
  sessionId?: string | null;
  finalText?: string;
  /** The sum of all usage events. */
  usage?: Usage;
  /** Finished tools in order: name, and whether it succeeded. */
  tools?: [string, boolean][];
  /** Number of warnings. */
  warnings?: number;
  /** Number of thinking events. */
  thinking?: number;
}

/** One line as the process room hands it on. */
export interface TranscriptLine {
  stream: "stdout" | "stderr";
  text: string;
}

/** One recorded run of a real CLI. */
export interface Transcript {
  name: string;
  lines: TranscriptLine[];
  exit: RuntimeExit;
  expected: Expected;
}

/** What a decoder made of a transcript. */
export interface Decoded {
  events: RuntimeEvent[];
  outcome: Outcome;
}

/** A request with everything that a definition may look at. */
export function runtimeRequest(parts: Partial<RuntimeRequest> = {}): RuntimeRequest {
  return {
    prompt: "Say hello",
    cwd: "/project/tree",
    scratchDir: "/scratch",
    permission: "edit",
    self: ["/usr/bin/ouroboros"],
    embedded: { recording: "/recordings/one.json", criterion: "1", attempt: "1" },
    ...parts,
  };
}

/** A question with everything that a definition may look at. */
export function completionRequest(parts: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    prompt: "How many?",
    systemText: "You count",
    cwd: "/empty",
    reads: false,
    scratchDir: "/scratch",
    schema: STRICT_SCHEMA,
    self: ["/usr/bin/ouroboros"],
    embedded: { recording: "/recordings/one.json", kind: "count", number: "1", turn: "1" },
    ...parts,
  };
}

/** A schema that every CLI takes that takes one. */
export const STRICT_SCHEMA: JsonSchema = {
  type: "object",
  properties: { n: { type: "integer" } },
  required: ["n"],
  additionalProperties: false,
};

/** Every recording of one runtime, sorted by name; none where it has no folder. */
export function transcriptsOf(id: string): Transcript[] {
  const folder = new URL(`${id}/`, FIXTURES);
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return entries.filter((entry) => entry.isDirectory).map((entry) => entry.name).sort()
    .map((name) => readTranscript(name, new URL(`${name}/`, folder)));
}

function readTranscript(name: string, folder: URL): Transcript {
  const stdout = readFirst(folder, ["stdout.jsonl", "stdout.txt"]);
  const stderr = readFirst(folder, ["stderr.txt"]);
  const meta = JSON.parse(readFirst(folder, ["meta.json"]));
  const expected = JSON.parse(readFirst(folder, ["expected.json"])) as Expected;
  return {
    name,
    lines: [
      ...linesOf(stderr).map((text) => ({ stream: "stderr" as const, text })),
      ...linesOf(stdout).map((text) => ({ stream: "stdout" as const, text })),
    ],
    exit: exitOf(meta.exit_code, stderr, expected.exit),
    expected,
  };
}

function readFirst(folder: URL, names: readonly string[]): string {
  for (const name of names) {
    try {
      return Deno.readTextFileSync(new URL(name, folder));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`Recording ${folder.pathname} has no ${names.join(" or ")}`);
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function exitOf(
  recorded: number | null | undefined,
  stderrTail: string,
  ended: Expected["exit"],
): RuntimeExit {
  const code = typeof recorded === "number" && recorded >= 0 ? recorded : null;
  const signal = typeof recorded === "number" && recorded < 0
    ? { 2: "SIGINT", 9: "SIGKILL", 15: "SIGTERM" }[-recorded] ?? `signal ${-recorded}`
    : null;
  return { reason: code === 0 ? "completed" : "failed", code, signal, stderrTail, ...ended };
}

/** Decodes lines with a state of their own. */
export function decodeLines(
  definition: RuntimeDefinition,
  { lines, exit, request }: {
    lines: readonly TranscriptLine[];
    exit: RuntimeExit;
    request?: Partial<RuntimeRequest>;
  },
): Decoded {
  const state = definition.decode.start(runtimeRequest(request));
  const events = lines.flatMap(({ stream, text }) => definition.decode.line(state, stream, text));
  return { events, outcome: definition.decode.finish(state, exit) };
}

/** An end of its own with this exit code. */
export function exited(code: number, stderrTail = ""): RuntimeExit {
  return { reason: code === 0 ? "completed" : "failed", code, signal: null, stderrTail };
}

/** The sum of all usage events. */
export function usageOf(events: readonly RuntimeEvent[]): Usage {
  return events.reduce<Usage>(
    (sum, event) => event.type === "usage" ? addUsage(sum, event.usage) : sum,
    {},
  );
}

/** Compares what a decoder made of a recording with what it must be read as. */
export function assertExpected({ events, outcome }: Decoded, expected: Expected): void {
  const seen: Record<string, unknown> = {
    reason: outcome.reason,
    code: outcome.code,
    retryable: outcome.retryable,
    retryAfterSeconds: outcome.retryAfterSeconds,
    gaveUp: events.find((event) => event.type === "give_up")?.code,
    sessionId: outcome.sessionId ?? null,
    finalText: outcome.finalText,
    usage: rounded(usageOf(events)),
    tools: events.flatMap((event) =>
      event.type === "tool_finished" ? [[event.tool, event.ok]] : []
    ),
    warnings: events.filter((event) => event.type === "notice" && event.level === "warning").length,
    thinking: events.filter((event) => event.type === "thinking").length,
  };
  const { spec: _spec, request: _request, exit: _exit, ...wanted } = expected;
  const looked = Object.fromEntries(Object.keys(wanted).map((key) => [key, seen[key]]));
  assertEquals(looked, wanted as Record<string, unknown>);
  // Without a code there is nothing that programs could tell a failure by.
  assertEquals(outcome.code === undefined, outcome.reason === "completed");
}

function rounded(usage: Usage): Usage {
  return usage.costUsd === undefined
    ? usage
    : { ...usage, costUsd: Math.round(usage.costUsd * 1e6) / 1e6 };
}
