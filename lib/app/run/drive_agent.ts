import { join } from "@std/path";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import { addUsage, type Outcome, type Usage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Child, ChildEnv, ChildIdentity } from "../../process/child.ts";
import type { Processes } from "../../process/processes.ts";
import type { SpoolMask } from "../../process/spool.ts";
import type {
  Invocation,
  RuntimeDefinition,
  RuntimeLimits,
  RuntimeRequest,
} from "../../runtimes/definition.ts";

/** What one agent process needs. */
export interface DriveParts {
  processes: Processes;
  definition: RuntimeDefinition;
  /** Program and leading arguments: the CLI's path, or how this program starts itself. */
  program: readonly [string, ...string[]];
  request: RuntimeRequest;
  invocation: Invocation;
  /** Variables that are handed on; those of the invocation come over them. */
  env: ChildEnv;
  limits: RuntimeLimits;
  /** Raw output goes to `<spool>.stdout` and `<spool>.stderr`. */
  spool: string;
  /** Makes what takes known secrets out of it before it is on disk. */
  spoolMask?: () => SpoolMask;
  label: string;
  cancel: AbortSignal;
  onEvent(event: RuntimeEvent): void;
  /** Called once, as soon as the process is known, before its end. */
  onStarted(identity: ChildIdentity): Promise<void>;
}

/** How an agent process ended. */
export interface AgentEnd {
  outcome: Outcome;
  usage: Usage;
  durationMs: number;
  /** One line for people. */
  why: string;
}

/**
 * Starts an agent CLI, decodes what it says and waits for its end. Never throws for what a CLI or
 * the system does: that is an outcome, `not_started` included.
 */
export async function driveAgent(parts: DriveParts): Promise<AgentEnd> {
  const { definition, request, invocation } = parts;
  const state = definition.decode.start(request);
  let usage: Usage = {};
  let child: Child | undefined;
  let gaveUp: { code: ErrorCode; text: string } | undefined;
  const take = (event: RuntimeEvent) => {
    if (event.type === "usage") usage = addUsage(usage, event.usage);
    if (event.type === "give_up" && gaveUp === undefined) {
      gaveUp = { code: event.code, text: event.text };
      child?.stop("failed");
    }
    parts.onEvent(event);
  };
  try {
    await writeScratch(request.scratchDir, invocation.files);
    child = await parts.processes.start({
      argv: [...parts.program, ...invocation.args] as [string, ...string[]],
      cwd: request.cwd,
      env: {
        ...parts.env,
        values: { ...parts.env.values, ...invocation.env, PWD: request.cwd },
      },
      ...(invocation.stdin === undefined ? {} : { stdin: invocation.stdin }),
      limits: {
        ...(definition.streams
          ? { startMs: parts.limits.startMs, idleMs: parts.limits.idleMs }
          : {}),
        totalMs: parts.limits.totalMs,
        outputBytes: parts.limits.outputBytes,
        lineBytes: parts.limits.lineBytes,
      },
      stop: definition.stop,
      onLine: (stream, line) => {
        for (const event of definition.decode.line(state, stream, line)) take(event);
      },
      spool: parts.spool,
      ...(parts.spoolMask === undefined ? {} : { spoolMask: parts.spoolMask }),
      cancel: parts.cancel,
      label: parts.label,
    });
  } catch (error) {
    return notStarted(error, definition);
  }
  // The first lines may have asked for an end before the child was known here.
  if (gaveUp) child.stop("failed");
  try {
    await parts.onStarted(child.identity);
  } catch (error) {
    // What cannot be written down must not go on: nobody could find and end it later.
    child.stop("cancelled");
    await child.ended;
    throw error;
  }
  const end = await child.ended;
  const outcome = withSeen(
    definition.decode.finish(state, {
      reason: end.reason,
      ...(end.limit === undefined ? {} : { limit: end.limit }),
      code: end.code,
      signal: end.signal,
      stderrTail: end.stderrTail,
      endedAtMs: Date.now(),
    }),
    end.seen,
  );
  const settled = settle(outcome, gaveUp, parts.cancel.aborted && end.reason === "cancelled");
  parts.onEvent({ type: "finished", outcome: settled });
  return { outcome: settled, usage, durationMs: end.durationMs, why: end.why };
}

/** The first writer wins: our cancel and the decoder's own giving up stand over what was seen last. */
function settle(
  outcome: Outcome,
  gaveUp: { code: ErrorCode; text: string } | undefined,
  cancelled: boolean,
): Outcome {
  if (cancelled) return { ...outcome, reason: "cancelled", code: "cancelled" };
  if (gaveUp && outcome.reason === "completed") {
    return { ...outcome, reason: "failed", code: gaveUp.code, message: gaveUp.text };
  }
  return outcome;
}

/** A CLI that fell silent cannot say why: what its processes did is all that is known. */
function withSeen(outcome: Outcome, seen: string | undefined): Outcome {
  if (seen === undefined || outcome.reason !== "timed_out") return outcome;
  const { message } = outcome;
  return { ...outcome, message: message === undefined ? seen : `${message}; ${seen}` };
}

async function writeScratch(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  await Deno.mkdir(dir, { recursive: true, mode: 0o700 });
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(dir, path), text, { mode: 0o600 });
  }
}

/** The end of an attempt whose process never ran. */
export function notStarted(error: unknown, definition: RuntimeDefinition): AgentEnd {
  if (!(error instanceof OuroborosError)) throw error;
  return {
    outcome: {
      reason: "not_started",
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      retryable: error.retryable,
    },
    usage: {},
    durationMs: 0,
    why: `${definition.title} was not started: ${error.message}`,
  };
}
