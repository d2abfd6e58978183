import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { SIGN_IN_RETRIES } from "../../../lib/runtimes/_parts/claude_decode.ts";
import { claude } from "../../../lib/runtimes/claude.ts";
import { confinementHere } from "../../../lib/runtimes/definition.ts";
import {
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
  type TranscriptLine,
  usageOf,
} from "../../helpers/runtime_transcript.ts";

const ID = "6290bc0a-d651-4583-b879-f3d38ca1f85a";

const HEAD = ["-p", "--output-format", "stream-json", "--verbose"];

const COMMON = [
  "--disallowedTools",
  "Skill(ouroboros:*),EnterWorktree,ExitWorktree,CronCreate,CronDelete,CronList,ScheduleWakeup,SendMessage,Workflow",
  "--strict-mcp-config",
];

const SANDBOX =
  '{"sandbox":{"enabled":true,"autoAllowBashIfSandboxed":true,"allowUnsandboxedCommands":false}}';

const FLAGS = {
  read: ["--permission-mode", "dontAsk", "--tools", "Read,Glob,Grep", ...COMMON],
  edit: [
    "--permission-mode",
    "acceptEdits",
    "--allowedTools",
    "Bash",
    ...COMMON,
    "--settings",
    SANDBOX,
  ],
  full: ["--permission-mode", "bypassPermissions", ...COMMON],
} as const;

for (const permission of ["read", "edit", "full"] as const) {
  Deno.test(`claude: the whole command line for "${permission}"`, () => {
    assertEquals(claude.invoke(runtimeRequest({ permission })), {
      args: [...HEAD, ...FLAGS[permission]],
      stdin: "Say hello",
      env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", CLAUDE_CODE_MAX_RETRIES: "6" },
      files: {},
    });
  });
}

Deno.test("claude: model, standing instructions, hidden skills and resume", () => {
  const invocation = claude.invoke(runtimeRequest({
    permission: "full",
    model: "sonnet",
    systemText: "Be brief",
    hiddenSkills: ["ouroboros-run"],
    resume: ID,
  }));
  assertEquals(invocation.args, [
    ...HEAD,
    ...FLAGS.full,
    "--settings",
    '{"skillOverrides":{"ouroboros-run":"off"}}',
    "--model=sonnet",
    "--append-system-prompt-file",
    "/scratch/system.txt",
    "--resume",
    ID,
  ]);
  assertEquals(invocation.files, { "system.txt": "Be brief" });
});

Deno.test("claude: a prompt is never a command, and else is left as it is (spec §2.2)", () => {
  for (const prompt of ["/init", "/no-such x", "/etc/hosts is wrong"]) {
    assertEquals(claude.invoke(runtimeRequest({ prompt })).stdin, `\n${prompt}`);
  }
  for (const prompt of ["-x", " /init", "a\r\nb /c\n", "\n/init"]) {
    assertEquals(claude.invoke(runtimeRequest({ prompt })).stdin, prompt);
  }
});

Deno.test("claude: takes 200 kB and 2 MB, and refuses above 10 MB (spec §2.2)", () => {
  for (const length of [200_000, 2_000_000]) {
    assertEquals(
      claude.invoke(runtimeRequest({ prompt: "a".repeat(length) })).stdin?.length,
      length,
    );
  }
  const error = assertThrows(
    () => claude.invoke(runtimeRequest({ prompt: "ü".repeat(5_000_001) })),
    OuroborosError,
  );
  assertEquals(error.code, "prompt_too_large");
});

Deno.test("claude: an id that is no UUID is never resumed: it would be taken for a title", () => {
  for (const resume of ["some-title", "--continue"]) {
    const error = assertThrows(() => claude.invoke(runtimeRequest({ resume })), OuroborosError);
    assertEquals(error.code, "session_lost");
  }
});

Deno.test("claude: is stopped by SIGINT, never by SIGTERM, on which it may pay again (spec §2.6)", () => {
  assertEquals(claude.stop.map((step) => step.signal), ["SIGINT", "SIGKILL"]);
});

Deno.test("claude: a refused sign-in is given up instead of asked for minutes (spec §2.4)", () => {
  const retry = (attempt: number) =>
    event({
      type: "system",
      subtype: "api_retry",
      attempt,
      max_retries: 6,
      retry_delay_ms: 600,
      error_status: 401,
      error: "authentication_failed",
    });
  const once = decodeLines(claude, { lines: [retry(1)], exit: exited(1) });
  assertEquals(once.events.map((one) => one.type), ["notice"]);
  const lines = [1, 2, 3, 4].map(retry);
  const { events, outcome } = decodeLines(claude, { lines, exit: exited(1) });
  const given = events.findIndex((one) => one.type === "give_up");
  assertEquals(
    events.slice(0, given).filter((one) => one.type === "notice").length,
    SIGN_IN_RETRIES,
  );
  assertEquals(events.filter((one) => one.type === "give_up").length, 1);
  assertEquals([outcome.reason, outcome.code, outcome.retryable], [
    "failed",
    "not_signed_in",
    false,
  ]);
});

Deno.test("claude: a rate limit is asked again, and the last retry explains a time-out", () => {
  const lines = [1, 2, 3].map((attempt) =>
    event({ type: "system", subtype: "api_retry", attempt, error_status: 429, error: "rate_limit" })
  );
  const { events, outcome } = decodeLines(claude, {
    lines,
    exit: { ...exited(1), reason: "timed_out", limit: "total" },
  });
  assert(events.every((one) => one.type === "notice"));
  assertStringIncludes(outcome.message ?? "", "rate_limit (429)");
});

Deno.test("claude: a limit that names its end says for how long to wait, by an event or in words", () => {
  const endedAtMs = Date.parse("2026-11-30T12:00:00Z");
  const limited = (status: string, resetsAt: number) =>
    event({ type: "rate_limit_event", rate_limit_info: { status, resetsAt }, session_id: ID });
  const failed = (text: string, lines: TranscriptLine[] = []) => {
    const ends = [
      event({ type: "assistant", message: { model: "<synthetic>" }, error: "rate_limit" }),
      event({ type: "result", subtype: "success", is_error: true, result: text }),
    ];
    const exit = { ...exited(1), endedAtMs };
    const { outcome } = decodeLines(claude, { lines: [...lines, ...ends], exit });
    assert(outcome.code === "quota_exhausted" || outcome.code === "rate_limited");
    return outcome.retryAfterSeconds;
  };
  const soon = endedAtMs / 1000 + 3600;
  assertEquals(failed("You've hit your session limit", [limited("rejected", soon)]), 3600);
  assertEquals(failed(`Claude AI usage limit reached|${soon}`), 3600);
  assertEquals(failed("You've hit your session limit · resets 1pm (UTC)"), 3660);
  // A warning stops nothing, and a limit that was lifted no longer does.
  assertEquals(failed("API Error: (429)", [limited("allowed_warning", soon)]), undefined);
  const lifted = [limited("rejected", soon), limited("allowed", soon + 9)];
  assertEquals(failed("API Error: (429)", lifted), undefined);
  assertEquals(
    failed("You've hit your session limit", [limited("rejected", 1764774000)]),
    undefined,
  );
  assertEquals(failed("Claude AI usage limit reached|1764774000"), undefined);
});

Deno.test("claude: each block repeats its answer's usage, which counts once (spec §2.3)", () => {
  const block = (content: unknown) =>
    event({
      type: "assistant",
      message: {
        id: "msg_1",
        model: "m",
        content: [content],
        usage: { input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 1 },
      },
    });
  const lines = [block({ type: "text", text: "a" }), block({ type: "text", text: "b" })];
  const cut = decodeLines(claude, { lines, exit: exited(1) });
  // Without a result, what was written is unknown, and so is left out.
  assertEquals(usageOf(cut.events), { inputTokens: 100, cachedInputTokens: 1000 });
  const whole = decodeLines(claude, {
    lines: [...lines, result({ modelUsage: { m: { inputTokens: 90, outputTokens: 7 } } })],
    exit: exited(0),
  });
  assertEquals(usageOf(whole.events).outputTokens, 7);
  for (const one of whole.events) {
    if (one.type === "usage") assert(Object.values(one.usage).every((value) => value >= 0));
  }
});

Deno.test("claude: a subagent's words are not the answer", () => {
  const lines = [event({
    type: "assistant",
    parent_tool_use_id: "toolu_1",
    message: { id: "msg_2", model: "m", content: [{ type: "text", text: "inner" }] },
  })];
  const { events } = decodeLines(claude, { lines, exit: exited(0) });
  assertEquals(events, [{ type: "thinking", text: "inner" }]);
});

Deno.test("claude: a refusal beside work that was done is only noticed", () => {
  const call = (id: string, name: string) =>
    event({
      type: "assistant",
      message: {
        id,
        model: "m",
        content: [{ type: "tool_use", id, name, input: { command: "x" } }],
      },
    });
  const back = (id: string, failed: boolean) =>
    event({
      type: "user",
      message: {
        content: [{ type: "tool_result", tool_use_id: id, is_error: failed, content: "" }],
      },
    });
  const denied = result({
    permission_denials: [{ tool_name: "Bash", tool_input: { command: "rm" } }],
  });
  const worked = [call("a", "Edit"), back("a", false), call("b", "Bash"), back("b", true), denied];
  assertEquals(decodeLines(claude, { lines: worked, exit: exited(0) }).outcome.reason, "completed");
  const nothing = [call("b", "Bash"), back("b", true), denied];
  assertEquals(decodeLines(claude, { lines: nothing, exit: exited(0) }).outcome.reason, "refused");
  const other = [result({ permission_denials: [{ tool_name: "WebFetch", tool_input: {} }] })];
  assertEquals(decodeLines(claude, { lines: other, exit: exited(0) }).outcome.reason, "completed");
});

Deno.test("claude: a model may begin its answer like a refused command (spec §2.2)", () => {
  const text = "Unknown command errors are fixed now";
  const answer = event({
    type: "assistant",
    message: { id: "msg_3", model: "m", content: [{ type: "text", text }] },
  });
  const end = result({ result: text });
  const of = (lines: TranscriptLine[]) => decodeLines(claude, { lines, exit: exited(0) }).outcome;
  assertEquals(of([answer, end]).reason, "completed");
  assertEquals(of([end]).code, "request_invalid");
});

Deno.test("claude: a plan says what confines it on this system, and no other one's", () => {
  const edit = claude.permissions.edit!;
  const [linux, darwin, windows] = (["linux", "darwin", "windows"] as const)
    .map((os) => confinementHere(edit, os));
  assertStringIncludes(linux!, "where bubblewrap and socat are installed");
  assertStringIncludes(darwin!, "its own sandbox");
  assertStringIncludes(windows!, "commands are not confined");
  for (const text of [linux!, darwin!, windows!]) assertEquals(/Linux|macOS/.test(text), false);
  const read = claude.permissions.read!;
  assertEquals(confinementHere(read, "linux"), read.confinement);
});

Deno.test("claude: a missing sandbox is told as a warning", () => {
  const { events } = decodeLines(claude, {
    lines: [
      { stream: "stderr", text: "⚠ Sandbox disabled: bubblewrap (bwrap) not installed" },
      { stream: "stderr", text: "something else" },
    ],
    exit: exited(0),
  });
  assertEquals(events, [{
    type: "notice",
    level: "warning",
    text: "Sandbox disabled: bubblewrap (bwrap) not installed",
  }]);
});

Deno.test("claude: a session of its own on resume is given up", () => {
  const lines = [event({ type: "system", subtype: "init", session_id: crypto.randomUUID() })];
  const { events, outcome } = decodeLines(claude, {
    lines,
    exit: exited(0),
    request: { resume: ID },
  });
  assertEquals(events.map((one) => one.type), ["give_up"]);
  assertEquals([outcome.code, outcome.sessionId], ["session_lost", undefined]);
});

Deno.test("claude: full access as root says what to do", () => {
  const stderr =
    "--dangerously-skip-permissions cannot be used with root/sudo privileges for security reasons";
  const { outcome } = decodeLines(claude, { lines: [], exit: exited(1, stderr) });
  assertEquals(outcome.code, "not_configured");
  assertStringIncludes(outcome.hint ?? "", "IS_SANDBOX=1");
});

function event(value: unknown): TranscriptLine {
  return { stream: "stdout", text: JSON.stringify(value) };
}

function result(parts: Record<string, unknown>): TranscriptLine {
  return event({ type: "result", subtype: "success", is_error: false, result: "Done", ...parts });
}

Deno.test("claude: a question has no tools, hooks, skills or servers, and keeps no session", () => {
  const { args, env } = claude.complete!.invoke(completionRequest());
  assertEquals(args[args.indexOf("--tools") + 1], "");
  for (const flag of ["--strict-mcp-config", "--disable-slash-commands"]) {
    assert(args.includes(flag));
  }
  assert(args.includes("--no-session-persistence"));
  assertStringIncludes(args.join(" "), '--settings {"disableAllHooks":true}');
  assertEquals(env.MAX_STRUCTURED_OUTPUT_RETRIES, "1");
  const looking = claude.complete!.invoke(completionRequest({ reads: true })).args;
  assertEquals(looking[looking.indexOf("--tools") + 1], "Read,Glob,Grep");
});

Deno.test("claude: an answer that it takes for wrong is an answer all the same", () => {
  const call = {
    type: "assistant",
    message: {
      id: "m",
      model: "claude-x",
      content: [{ type: "tool_use", id: "t", name: "StructuredOutput", input: { n: "x" } }],
    },
  };
  const result = { type: "result", subtype: "error_max_structured_output_retries", is_error: true };
  const lines = [call, result].map((one): TranscriptLine => ({
    stream: "stdout",
    text: JSON.stringify(one),
  }));
  const { outcome } = decodeLines(claude, { lines, exit: exited(1) });
  assertEquals([outcome.reason, outcome.finalText], ["completed", '{"n":"x"}']);
  const without = decodeLines(claude, { lines: lines.slice(1), exit: exited(1) });
  assertEquals(without.outcome.reason, "failed");
});
