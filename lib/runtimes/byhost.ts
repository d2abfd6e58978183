import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { guardPrompt } from "./_parts/prompt_guard.ts";
import { hostDecode } from "./_parts/host_decode.ts";
import { defineRuntime, type Invocation, type RuntimeRequest } from "./definition.ts";

const TITLE = "The host itself";
const HOUR_MS = 60 * 60_000;
const MIB = 1024 * 1024;
const LIMITS = {
  startMs: HOUR_MS,
  idleMs: HOUR_MS,
  // A person may go to lunch while their host works; after that the try counts as not done.
  totalMs: 4 * HOUR_MS,
  outputBytes: MIB,
  lineBytes: MIB,
  promptBytes: 4 * MIB,
  parallel: 8,
};

function invoke(request: RuntimeRequest): Invocation {
  guardPrompt(request, { title: TITLE, promptBytes: LIMITS.promptBytes });
  // Whoever does it stands in the project itself, where nothing may be changed.
  const where = `Work in ${request.cwd} and nowhere else: that is the current folder from here on.`;
  const parts = [where, request.systemText, request.prompt];
  return {
    args: ["host-agent", "--", request.scratchDir],
    stdin: parts.filter((one) => one).join("\n\n"),
    env: { PWD: request.cwd },
    files: {},
  };
}

/**
 * Whoever asks for it does the work: the host's model, in the worktree that it is handed. The child
 * is this program itself; it offers the work and waits until it is handed in. Everything after that
 * is as with an agent.
 */
export const byhost = defineRuntime({
  id: "byhost",
  aliases: [],
  title: TITLE,
  maturity: "experimental",
  docsUrl: "https://github.com/Q00/ouroboros",
  binary: { kind: "embedded", plays: false },
  invoke,
  permissions: {
    edit: {
      confinement: "nothing of ours: whatever the host lets its model do",
      stopsOutsideWrites: false,
    },
  },
  decode: hostDecode,
  streams: false,
  limits: LIMITS,
  stop: [{ signal: "SIGTERM", graceMs: 3_000 }, { signal: "SIGKILL", graceMs: 2_000 }],
  // DENO_DIR: from source the child is a Deno program, and finds its packages there.
  env: { pass: [...COMMON_ENV, "DENO_DIR"], withhold: SESSION_MARKERS },
  failures: [],
  capabilities: {
    streaming: "none",
    resume: "none",
    systemPrompt: "in-prompt",
    toolRestriction: "none",
    structuredOutput: "none",
    completions: false,
    usage: "none",
    cost: "unknown",
  },
  guidance: [
    "Start the run with the runtime byhost, then take work with the tool ouroboros_attempt.",
    "Work only in the worktree that is handed out; what you say is a claim, its checks decide.",
  ],
  limitations: [
    "What the host's model uses is not known here; no limit of cost holds it",
    "A try that is not handed in within its time limit counts as not done",
    "The worktree lies outside the project: most hosts have to be let write there (docs/byhost.md)",
    "Hidden checks are not handed out; whoever can read the seed can read them there",
  ],
});
