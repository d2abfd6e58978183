import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { RuntimeEvent } from "../../../lib/kernel/runtime_event.ts";
import { opencode } from "../../../lib/runtimes/opencode.ts";
import {
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
} from "../../helpers/runtime_transcript.ts";

const SESSION = "ses_dfaa27e5dffeVDeT2VvesvKMAy";
const COMMON = [
  "run",
  "--format",
  "json",
  "--dir",
  "/project/tree",
  "--thinking",
  "--print-logs",
  "--log-level",
  "ERROR",
  "--agent",
  "build",
];

/** How the child ends when the driver stops it because the decoder gave up. */
const STOPPED = { reason: "failed", code: null, signal: "SIGTERM", stderrTail: "" } as const;

/** Lines of stdout as OpenCode prints them. */
function said(...events: readonly Record<string, unknown>[]) {
  return events.map((event) => ({
    stream: "stdout" as const,
    text: JSON.stringify({ timestamp: 1, sessionID: SESSION, ...event }),
  }));
}

function err(text: string) {
  return { stream: "stderr" as const, text };
}

const start = (messageID: string) => ({ type: "step_start", part: { messageID } });
const words = (messageID: string, text: string) => ({ type: "text", part: { messageID, text } });
const end = (reason: string) => ({ type: "step_finish", part: { reason } });
const bash = (command: string, output: string) => ({
  type: "tool_use",
  part: {
    tool: "bash",
    callID: crypto.randomUUID(),
    state: { status: "completed", input: { command }, output, metadata: { exit: 0 } },
  },
});

function config(request: Parameters<typeof runtimeRequest>[0]) {
  return JSON.parse(opencode.invoke(runtimeRequest(request)).env.OPENCODE_CONFIG_CONTENT!);
}

function giveUps(events: readonly RuntimeEvent[]) {
  return events.filter((event) => event.type === "give_up");
}

Deno.test("edit: a new session with a title of ours, the prompt on stdin (A1)", () => {
  const { args, stdin, env, files } = opencode.invoke(runtimeRequest({ model: "fake/model" }));
  assertEquals(args, [...COMMON, "--model", "fake/model", "--title", "Ouroboros attempt"]);
  assertEquals(stdin, "Say hello");
  assertEquals(files, {});
  const { OPENCODE_CONFIG_CONTENT: _, ...others } = env;
  assertEquals(others, {
    PWD: "/project/tree",
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_SHARE: "1",
  });
});

Deno.test("resume: the session goes into argv, no title is given (A4)", () => {
  const { args } = opencode.invoke(runtimeRequest({ resume: SESSION }));
  assertEquals(args, [...COMMON, "--session", SESSION]);
});

Deno.test("full: every question is answered; read and edit never say --auto (A5)", () => {
  assertEquals(opencode.invoke(runtimeRequest({ permission: "full" })).args.at(-1), "--auto");
  for (const permission of ["read", "edit"] as const) {
    assert(!opencode.invoke(runtimeRequest({ permission })).args.includes("--auto"));
  }
});

Deno.test("standing instructions come before the prompt", () => {
  const { stdin } = opencode.invoke(runtimeRequest({ systemText: "Be brief" }));
  assertEquals(stdin, "Be brief\n\nSay hello");
});

Deno.test("our own server is off, and nothing is shared or updated", () => {
  for (const permission of ["read", "edit", "full"] as const) {
    const { autoupdate, share, mcp } = config({ permission });
    assertEquals({ autoupdate, share, mcp }, {
      autoupdate: false,
      share: "disabled",
      mcp: { ouroboros: { enabled: false } },
    });
  }
});

Deno.test("rules stand for the agent too, or a project's own would lift them", () => {
  for (const permission of ["read", "edit", "full"] as const) {
    const { permission: rules, agent } = config({ permission });
    assertEquals(agent.build.permission, rules);
  }
});

Deno.test("edit denies what lies outside, and allows nothing that the user denied (A5)", () => {
  assertEquals(config({ permission: "edit" }).permission, {
    skill: { "ouroboros*": "deny" },
    external_directory: { "*": "deny" },
    read: { "*.env": "deny", "*.env.*": "deny", "*.env.example": "allow" },
  });
});

Deno.test("read denies editing, commands and subagents by name", () => {
  const rules = config({ permission: "read" }).permission;
  assertEquals(Object.keys(rules)[0], "*");
  for (const tool of ["*", "edit", "bash", "task", "webfetch", "skill"]) {
    assertEquals(rules[tool], "deny", tool);
  }
});

Deno.test("skills of ours are hidden under every name that they were installed with", () => {
  const { skill } = config({ permission: "full", hiddenSkills: ["ooo-run"] }).permission;
  assertEquals(skill, { "ouroboros*": "deny", "ooo-run": "deny" });
});

Deno.test("the version is read from what --version prints", () => {
  assert(opencode.binary.kind === "external");
  assertEquals(opencode.binary.parseVersion("1.18.33\n"), "1.18.33");
  assertEquals(opencode.binary.parseVersion("command not found"), undefined);
});

Deno.test("retries that are silent on stdout become warnings (A3)", () => {
  const line = 'timestamp=2026-11-25T15:45:00.525Z level=ERROR run=1 message="stream error" ' +
    'providerID=fake small=false error.error="AI_APICallError: Rate limit reached for \\"x\\""';
  const { events, outcome } = decodeLines(opencode, {
    lines: [err(line)],
    exit: { ...exited(0), reason: "timed_out", limit: "start" },
  });
  assertEquals(events, [{
    type: "notice",
    level: "warning",
    text: 'Request failed, OpenCode tries again: AI_APICallError: Rate limit reached for "x"',
  }]);
  assertStringIncludes(outcome.message ?? "", "Rate limit reached");
});

Deno.test("an empty purse is given up at its first refusal: six requests would say the same", () => {
  const line = 'timestamp=2026-11-25T15:45:00.525Z level=ERROR run=1 message="stream error" ' +
    'small=false error.error="AI_APICallError: You exceeded your current quota, please check"';
  const { events, outcome } = decodeLines(opencode, { lines: [err(line)], exit: STOPPED });
  assertEquals(giveUps(events).length, 1);
  assertEquals([outcome.code, outcome.retryable], ["quota_exhausted", false]);
  assertStringIncludes(outcome.message ?? "", "exceeded your current quota");
  assertStringIncludes(outcome.hint ?? "", "Top up");
});

Deno.test("a reference is resolved from the log, so that an unknown model is named (A3)", () => {
  const error = {
    type: "error",
    error: { name: "UnknownError", data: { message: "Unexpected server error.", ref: "err_1" } },
  };
  const log = "timestamp=2026-11-25T15:44:55.234Z level=ERROR run=1 message=failed ref=err_1 " +
    'error="ProviderModelNotFoundError: Model not found: fake/nope." cause="…"';
  const known = decodeLines(opencode, { lines: [...said(error), err(log)], exit: exited(1) });
  assertEquals(known.outcome.code, "model_unknown");
  assertStringIncludes(known.outcome.message ?? "", "fake/nope");
  const unknown = decodeLines(opencode, { lines: said(error), exit: exited(1) });
  assertEquals(unknown.outcome.code, "agent_failed");
  assertStringIncludes(unknown.outcome.hint ?? "", "err_1");
});

Deno.test("a start that another one's set-up of the database ended is made again", () => {
  for (
    const below of [["", "database is locked"], [
      "",
      "Failed query:",
      " CREATE TABLE `a` (",
      "params:",
    ]]
  ) {
    const { outcome } = decodeLines(opencode, {
      lines: ["\x1b[91m\x1b[1mError: \x1b[0mUnexpected error", ...below].map(err),
      exit: exited(1),
    });
    assertEquals([outcome.code, outcome.retryable], ["not_started", true]);
    assertStringIncludes(outcome.message!, `Unexpected error: ${below[1]}`);
  }
});

Deno.test("a provider's headers and body are not shown, its key is cut, its wait is kept", () => {
  const { outcome } = decodeLines(opencode, {
    lines: said({
      type: "error",
      error: {
        name: "APIError",
        data: {
          message: "Too fast with key sk-abcdefgh12345678",
          statusCode: 429,
          responseHeaders: { "retry-after": "42", "set-cookie": "secret-cookie" },
          responseBody: '{"error":{"message":"secret-body","code":"rate_limit_exceeded"}}',
          metadata: { url: "http://secret-host/v1" },
        },
      },
    }),
    exit: exited(1),
  });
  assertEquals(outcome.code, "rate_limited");
  assertEquals(outcome.retryAfterSeconds, 42);
  assertEquals(outcome.message, "HTTP 429: Too fast with key sk-… (rate_limit_exceeded)");
});

Deno.test("a refusal names the permission that was missing (A3)", () => {
  const { outcome } = decodeLines(opencode, {
    lines: [
      err(
        "\x1b[93m\x1b[1m! \x1b[0mpermission requested: external_directory (/x/*); auto-rejecting",
      ),
      ...said(start("m1"), end("tool-calls")),
    ],
    exit: exited(0),
  });
  assertEquals([outcome.reason, outcome.code], ["refused", "permission_refused"]);
  assertStringIncludes(outcome.message ?? "", "external_directory (/x/*)");
});

Deno.test("a refusal after which the agent went on to an answer is a warning", () => {
  const { outcome } = decodeLines(opencode, {
    lines: [
      err("! permission requested: bash (ls); auto-rejecting"),
      ...said(start("m1"), words("m1", "Done"), end("stop")),
    ],
    exit: exited(0),
  });
  assertEquals([outcome.reason, outcome.finalText], ["completed", "Done"]);
});

Deno.test("one tool call again and again is given up (A3 tool-loop)", () => {
  const rounds = (n: number) =>
    Array.from(
      { length: n },
      (_, i) => [start(`m${i}`), bash("echo hi", "hi\n"), end("tool-calls")],
    )
      .flat();
  const few = decodeLines(opencode, { lines: said(...rounds(8)), exit: exited(0) });
  assertEquals(giveUps(few.events), []);
  const { events, outcome } = decodeLines(opencode, {
    lines: said(...rounds(60)),
    exit: STOPPED,
  });
  assertEquals(giveUps(events).length, 1);
  assertEquals([outcome.reason, outcome.code], ["failed", "turn_limit"]);
});

Deno.test("two calls in turn for ever are given up as well", () => {
  const rounds = Array.from({ length: 100 }, (_, i) => [
    start(`m${i}`),
    bash(`echo ${i % 2}`, `${i}`),
    end("tool-calls"),
  ]).flat();
  const { events } = decodeLines(opencode, { lines: said(...rounds), exit: STOPPED });
  assertEquals(giveUps(events).length, 1);
});

Deno.test("two hundred different calls are work, not a loop", () => {
  const rounds = Array.from({ length: 200 }, (_, i) => [
    start(`m${i}`),
    bash(`sed -n ${i}p file`, "same"),
    end("tool-calls"),
  ]).flat();
  const { events, outcome } = decodeLines(opencode, {
    lines: said(...rounds, start("z"), words("z", "Done"), end("stop")),
    exit: exited(0),
  });
  assertEquals(giveUps(events), []);
  assertEquals(outcome.reason, "completed");
});

Deno.test("another session than the one to resume is given up at its first line", () => {
  const { events, outcome } = decodeLines(opencode, {
    request: { resume: "ses_other" },
    lines: said(start("m1")),
    exit: STOPPED,
  });
  assertEquals(giveUps(events).length, 1);
  assertEquals([outcome.code, outcome.retryable], ["session_lost", true]);
});

Deno.test("a session id that cannot stand in argv is not passed on, and that is said", () => {
  const line = JSON.stringify({ type: "step_start", sessionID: "--evil id", part: {} });
  const { events, outcome } = decodeLines(opencode, {
    lines: [{ stream: "stdout", text: line }],
    exit: exited(0),
  });
  assertEquals(events.map((event) => event.type), ["notice"]);
  assertEquals(outcome.sessionId, undefined);
});

Deno.test("lines of a plugin, and events of later versions, change nothing (A2)", () => {
  const plugin = { stream: "stdout" as const, text: '[plugin] ready {"type":"text"}' };
  const done = { type: "done", reason: "idle", rejected: [] };
  const { outcome } = decodeLines(opencode, {
    lines: [plugin, ...said(start("m1"), words("m1", "Hi"), end("stop"), done), plugin],
    exit: exited(0),
  });
  assertEquals([outcome.reason, outcome.finalText], ["completed", "Hi"]);
});

Deno.test("without a model the default is pointed out, with one it is not", () => {
  const notices = (model?: string) =>
    decodeLines(opencode, {
      request: model === undefined ? {} : { model },
      lines: said(start("m1")),
      exit: exited(0),
    }).events.filter((event) => event.type === "notice").length;
  assertEquals([notices(), notices("a/b")], [1, 0]);
});

Deno.test("an error that compaction got over does not fail the attempt", () => {
  const overflow = {
    type: "error",
    error: { name: "ContextOverflowError", data: { message: "x" } },
  };
  const { outcome } = decodeLines(opencode, {
    lines: said(overflow, start("m1"), words("m1", "Done"), end("stop")),
    exit: exited(0),
  });
  assertEquals(outcome.reason, "completed");
});

Deno.test("a run that ended between two steps did not complete", () => {
  const { outcome } = decodeLines(opencode, {
    lines: said(start("m1"), words("m1", "I will now"), end("tool-calls")),
    exit: exited(0),
  });
  assertEquals([outcome.reason, outcome.code], ["failed", "agent_failed"]);
});

Deno.test("a question denies every tool by name, leaves servers out and reads no folder above", () => {
  const request = completionRequest({ foreignServers: ["notes"] });
  const { env } = opencode.complete!.invoke(request);
  const config = JSON.parse(env.OPENCODE_CONFIG_CONTENT!);
  assertEquals(new Set(Object.values(config.permission)), new Set(["deny"]));
  for (const tool of ["*", "edit", "bash", "read", "task", "webfetch"]) {
    assertEquals(config.agent.build.permission[tool], "deny", tool);
  }
  assertEquals(config.agent.build.prompt, "You count");
  assertEquals(config.mcp, { ouroboros: { enabled: false }, notes: { enabled: false } });
  for (const reads of [true, false]) {
    const { env } = opencode.complete!.invoke(completionRequest({ reads }));
    assertEquals(env.OPENCODE_DISABLE_PROJECT_CONFIG, "1");
  }
});
