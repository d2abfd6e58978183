import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { NETWORK_WAITS } from "../../../lib/runtimes/_parts/codex_decode.ts";
import { codex } from "../../../lib/runtimes/codex.ts";
import {
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
} from "../../helpers/runtime_transcript.ts";

const ID = "01a20563-b2ea-7b12-97b3-881d5e3926ad";

const HEAD = ["exec", "--json", "--skip-git-repo-check", "-C", "/project/tree", "--sandbox"];

const SETTINGS = [
  "-c",
  'approval_policy="never"',
  "-c",
  "features.plugins=false",
  "-c",
  "analytics.enabled=false",
  "-c",
  "check_for_update_on_startup=false",
  "-c",
  "sandbox_workspace_write.exclude_slash_tmp=true",
  "-c",
  "sandbox_workspace_write.exclude_tmpdir_env_var=false",
  "-c",
  'mcp_servers.ouroboros={command="true",enabled=false}',
];

const WORDS = { read: "read-only", edit: "workspace-write", full: "danger-full-access" } as const;

for (const permission of ["read", "edit", "full"] as const) {
  Deno.test(`codex: the whole command line for "${permission}"`, () => {
    assertEquals(codex.invoke(runtimeRequest({ permission })), {
      args: [...HEAD, WORDS[permission], ...SETTINGS, "-"],
      stdin: "Say hello",
      env: { TMPDIR: "/scratch", TMP: "/scratch", TEMP: "/scratch" },
      files: {},
    });
  });
}

Deno.test("codex: flags stand before resume, which takes none of them (spec §1.1)", () => {
  const { args } = codex.invoke(runtimeRequest({ resume: ID, model: "gpt-5.5" }));
  assertEquals(args, [
    ...HEAD,
    "workspace-write",
    "--model=gpt-5.5",
    ...SETTINGS,
    "resume",
    ID,
    "-",
  ]);
});

Deno.test("codex: an id that is no UUID is never resumed: it would start a new thread (spec §1.5)", () => {
  for (const resume of ["no-such-name", "--last", "latest", `${ID}x`]) {
    const error = assertThrows(() => codex.invoke(runtimeRequest({ resume })), OuroborosError);
    assertEquals(error.code, "session_lost");
  }
});

Deno.test("codex: standing instructions and hidden skills are written as TOML", () => {
  const { args } = codex.invoke(
    runtimeRequest({ systemText: 'Say "yes"\n\\o/\x7f\ud800', hiddenSkills: ["a-run", "a-seed"] }),
  );
  assert(args.includes(
    'skills.config=[{name="a-run",enabled=false},{name="a-seed",enabled=false}]',
  ));
  assert(args.includes('developer_instructions="Say \\"yes\\"\\n\\\\o/\\u007f\ufffd"'));
});

Deno.test("codex: instructions too long for an argument go before the prompt", () => {
  const systemText = "s".repeat(200_000);
  const { args, stdin } = codex.invoke(runtimeRequest({ systemText }));
  assert(args.every((arg) => arg.length < 1000));
  assertEquals(stdin, `${systemText}\n\nSay hello`);
});

Deno.test("codex: takes 200 kB, and refuses 2 MB before it starts (limit 1,048,576, spec §1.2)", () => {
  const prompt = "a".repeat(200_000);
  assertEquals(codex.invoke(runtimeRequest({ prompt })).stdin, prompt);
  for (const request of [{ prompt: "a".repeat(2_000_000) }, { prompt: "a".repeat(1_048_577) }]) {
    const error = assertThrows(() => codex.invoke(runtimeRequest(request)), OuroborosError);
    assertEquals(error.code, "prompt_too_large");
    assertStringIncludes(error.hint ?? "", "file");
  }
});

Deno.test("codex: a different thread on resume is given up before it is paid for (spec §1.5)", () => {
  const state = codex.decode.start(runtimeRequest({ resume: ID }));
  const other = '{"type":"thread.started","thread_id":"01a20563-c5ea-7162-a37c-2c3aee089203"}';
  const events = codex.decode.line(state, "stdout", other);
  assertEquals(events.map((event) => event.type), ["give_up"]);
  const outcome = codex.decode.finish(state, { ...exited(1), reason: "failed" });
  assertEquals([outcome.code, outcome.sessionId], ["session_lost", undefined]);
});

Deno.test("codex: waiting for a network is given up after some waits, not at once (spec §1.4)", () => {
  const wait =
    '{"type":"error","message":"Reconnecting... waiting for network (Connection failed: error sending request)"}';
  const few = decodeLines(codex, { lines: repeat(wait, NETWORK_WAITS - 1), exit: exited(1) });
  assert(few.events.every((event) => event.type === "notice"));
  const many = decodeLines(codex, { lines: repeat(wait, NETWORK_WAITS + 3), exit: exited(1) });
  assertEquals(many.events.filter((event) => event.type === "give_up").length, 1);
  assertEquals(many.outcome.code, "connection_failed");
  assertEquals(many.outcome.retryable, true);
});

Deno.test("codex: usage of a resumed thread is unknown where the earlier total is (spec §1.3)", () => {
  const lines = repeat('{"type":"turn.completed","usage":{"input_tokens":2400}}', 1);
  const { events } = decodeLines(codex, { lines, exit: exited(0), request: { resume: ID } });
  assertEquals(events.map((event) => event.type), ["notice"]);
});

Deno.test("codex: its messages get the code that a person can act on (spec §1.4)", () => {
  const codes: [string, string][] = [
    ["Missing environment variable: `MY_KEY`.", "not_configured"],
    ["unexpected status 403 Forbidden: no, url: http://x", "not_signed_in"],
    ["You've hit your usage limit. Try again in 3 hours 5 minutes.", "quota_exhausted"],
    ["exceeded retry limit, last status: 429 Too Many Requests", "rate_limited"],
    ["exceeded retry limit, last status: 503 Service Unavailable", "server_error"],
    ["Incomplete response returned, reason: content_filter", "content_refused"],
    ["stream disconnected before completion: content_filter", "content_refused"],
    ["Incomplete response returned, reason: max_output_tokens", "truncated_response"],
    ["The model `x` does not exist or you do not have access to it.", "model_unknown"],
    ['{"error":{"message":"Bad field","type":"invalid_request_error"}}', "request_invalid"],
    ["something nobody has seen yet", "agent_failed"],
  ];
  for (const [message, code] of codes) {
    const lines = repeat(JSON.stringify({ type: "turn.failed", error: { message } }), 1);
    assertEquals([message, decodeLines(codex, { lines, exit: exited(1) }).outcome.code], [
      message,
      code,
    ]);
  }
});

Deno.test("codex: hints name the variable, the wait and the plain message", () => {
  const failed = (message: string) =>
    decodeLines(codex, {
      lines: repeat(JSON.stringify({ type: "turn.failed", error: { message } }), 1),
      exit: { ...exited(1), endedAtMs: +new Date(2026, 10, 30, 15, 0) },
    }).outcome;
  assertStringIncludes(
    failed("Missing environment variable: `MY_KEY`.").hint ?? "",
    "--env MY_KEY",
  );
  assertEquals(
    failed("You've hit your usage limit. Try again in 3 hours 5 minutes.").retryAfterSeconds,
    3 * 3600 + 5 * 60,
  );
  assertEquals(
    failed("You’ve hit your usage limit. Try again at 3:05 PM.").retryAfterSeconds,
    6 * 60,
    "in this machine's zone, to the end of the minute",
  );
  assertEquals(failed('{"error":{"message":"Bad field"}}').message, "Bad field");
});

Deno.test("codex: a prompt that it refused on stderr alone is told so (spec §1.2)", () => {
  const stderr =
    'Error: turn/start: turn/start failed: Input exceeds the maximum length of 1048576 characters. (code -32602), data: {"input_error_code":"input_too_large"}';
  const { outcome } = decodeLines(codex, {
    lines: [
      { stream: "stdout", text: `{"type":"thread.started","thread_id":"${ID}"}` },
      { stream: "stderr", text: stderr },
    ],
    exit: exited(1, `${stderr}\n`),
  });
  assertEquals(outcome.code, "prompt_too_large");
});

Deno.test("codex: versions are read from what --version prints", () => {
  assert(codex.binary.kind === "external");
  assertEquals(codex.binary.parseVersion("codex-cli 0.169.0\n"), "0.169.0");
  assertEquals(codex.binary.parseVersion("no version"), undefined);
});

function repeat(text: string, times: number) {
  return Array.from({ length: times }, () => ({ stream: "stdout" as const, text }));
}

Deno.test("codex: a question stands in the read-only sandbox, without a shell and a session", () => {
  const { args, files } = codex.complete!.invoke(completionRequest({ foreignServers: ["a.b"] }));
  assertEquals(args[args.indexOf("--sandbox") + 1], "read-only");
  assert(args.includes("--ephemeral"));
  const off = ["shell_tool", "unified_exec", "code_mode_host", "multi_agent", "apps", "hooks"];
  for (const feature of off) assert(args.includes(`features.${feature}=false`), feature);
  assert(
    args.includes(`mcp_servers={ouroboros={command="true",enabled=false},"a.b"={enabled=false}}`),
  );
  assertEquals(files["instructions.md"], "You count");
  assert(files["schema.json"]?.includes('"integer"'));
});

Deno.test("codex: a schema that its provider would refuse goes into the prompt instead", () => {
  const schema = { type: "object", properties: { n: { type: "integer" } } };
  const { args, files } = codex.complete!.invoke(completionRequest({ schema }));
  assertEquals([args.includes("--output-schema"), Object.keys(files)], [false, [
    "instructions.md",
  ]]);
});
