import { OuroborosError } from "../kernel/error.ts";
import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { guardPrompt } from "./_parts/prompt_guard.ts";
import { replayDecode } from "./_parts/replay_decode.ts";
import {
  type CompletionRequest,
  defineRuntime,
  type Invocation,
  type RuntimeRequest,
} from "./definition.ts";

const TITLE = "Replay";
const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;
const LIMITS = {
  startMs: MINUTE_MS,
  // A recorded wait is at most ten minutes, a recorded command may be a long test run.
  idleMs: 20 * MINUTE_MS,
  totalMs: 60 * MINUTE_MS,
  outputBytes: 256 * MIB,
  lineBytes: 32 * MIB,
  promptBytes: 4 * MIB,
  parallel: 8,
};

function invoke(request: RuntimeRequest): Invocation {
  guardPrompt(request, { title: TITLE, promptBytes: LIMITS.promptBytes });
  const { recording, criterion, attempt } = request.embedded ?? {};
  if (!recording || !criterion || !attempt) {
    throw noRecording("start", "ouroboros run SEED --recording FILE");
  }
  return {
    // "--": a criterion's name is data, whatever it begins with.
    args: ["replay-agent", "--", recording, criterion, attempt],
    stdin: request.systemText ? `${request.systemText}\n\n${request.prompt}` : request.prompt,
    env: { PWD: request.cwd },
    files: {},
  };
}

function completionInvoke(request: CompletionRequest): Invocation {
  guardPrompt(request, { title: TITLE, promptBytes: LIMITS.promptBytes });
  const { recording, kind, number, turn } = request.embedded ?? {};
  if (!recording || !kind || !number || !turn) throw noRecording("ask", "--recording FILE");
  return {
    args: ["replay-agent", "--answer", turn, "--", recording, kind, number],
    stdin: request.prompt,
    env: { PWD: request.cwd },
    files: {},
  };
}

function noRecording(verb: "start" | "ask", hint: string): OuroborosError {
  const message = `Cannot ${verb} ${TITLE}: no recording was named`;
  return new OuroborosError({ code: "recording_invalid", message, hint });
}

/**
 * Plays a recorded run: no agent, no key, no network. The child is this program itself; its writes
 * and commands really happen, so that everything after the agent is as with a real one.
 */
export const replay = defineRuntime({
  id: "replay",
  aliases: [],
  title: TITLE,
  maturity: "stable",
  docsUrl: "https://github.com/Q00/ouroboros",
  binary: { kind: "embedded", plays: true },
  invoke,
  complete: {
    invoke: completionInvoke,
    takesSchema: () => false,
    reads: true,
    confinement: "recorded answers are printed, and nothing else is done",
  },
  permissions: {
    edit: {
      confinement:
        "recorded writes outside the work folder are refused; recorded commands may write anywhere the user can",
      stopsOutsideWrites: false,
    },
  },
  decode: replayDecode,
  streams: true,
  limits: LIMITS,
  stop: [{ signal: "SIGTERM", graceMs: 3_000 }, { signal: "SIGKILL", graceMs: 2_000 }],
  // DENO_DIR: from source the player is a Deno program, and finds its packages there.
  env: { pass: [...COMMON_ENV, "DENO_DIR"], withhold: SESSION_MARKERS },
  failures: [],
  capabilities: {
    streaming: "events",
    resume: "by-id",
    systemPrompt: "in-prompt",
    toolRestriction: "none",
    structuredOutput: "none",
    completions: true,
    usage: "per-attempt",
    cost: "reported",
  },
  guidance: [
    "Replay is no agent: it plays what one did once, with its writes and commands done again.",
    "Make a recording with `ouroboros run SEED --record FILE`.",
  ],
  limitations: [
    "It does the same whatever the prompt says; tokens and cost are those of the recording",
    "A recording runs commands on your machine: read one from somebody else before you play it",
  ],
});
