import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { effectivePermission } from "../../../lib/runtimes/definition.ts";
import { hermes } from "../../../lib/runtimes/hermes.ts";
import {
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
} from "../../helpers/runtime_transcript.ts";

const ID = "20261122_101500_a1b2c3";
const COMMON = ["chat", "-Q", "--source", "tool"];
const TOOLSETS = ["-t", "terminal,file,todo,code_execution"];

/** What the decoder makes of whole streams; lines are cut at LF alone, as the process room does. */
function read(stdout: string, stderr: string, code: number) {
  const lines = (stream: "stdout" | "stderr", text: string) =>
    text === "" ? [] : text.replace(/\n$/, "").split("\n").map((line) => ({ stream, text: line }));
  return decodeLines(hermes, {
    lines: [...lines("stderr", stderr), ...lines("stdout", stdout)],
    exit: exited(code),
  });
}

const outcome = (stdout: string, stderr: string, code: number) =>
  read(stdout, stderr, code).outcome;
const id = (session: string) => `\nsession_id: ${session}\n`;

Deno.test("edit: tool sets without those that stand still or outlive the task (B1)", () => {
  assertEquals(hermes.invoke(runtimeRequest({ model: "m" })), {
    args: [...COMMON, "--model", "m", ...TOOLSETS, "--query=Say hello"],
    env: {
      PWD: "/project/tree",
      _OUROBOROS_SERVER: "no",
      HERMES_DISABLE_LAZY_INSTALLS: "1",
    },
    files: {},
  });
});

Deno.test("verifying at the end is off only where the user has not chosen it", () => {
  const [rule] = hermes.env.defaults ?? [];
  assertEquals([rule?.name, rule?.value], ["HERMES_VERIFY_ON_STOP", "0"]);
  assert(hermes.env.pass.includes("HERMES_VERIFY_ON_STOP"), "the user's own value goes first");
  const { match } = rule!.unless!;
  for (const chosen of ["true", "false", "'on'", '"1"']) {
    assert(match.test(`agent:\n  max_turns: 60\n  verify_on_stop: ${chosen}\n`), chosen);
  }
  for (const none of ["auto", '"auto"', "", "# true"]) {
    assert(!match.test(`agent:\n  verify_on_stop: ${none}\n  other: 1\n`), none);
  }
  assert(!match.test("agent:\n  # verify_on_stop: true\n"));
});

Deno.test("full asks no question, resume names the session (B1, B4)", () => {
  assertEquals(
    hermes.invoke(runtimeRequest({ permission: "full", resume: ID })).args,
    [...COMMON, "--resume", ID, ...TOOLSETS, "--yolo", "--query=Say hello"],
  );
});

Deno.test("there is no way to look only, so that word is not given a wider one (B4)", () => {
  assertEquals(effectivePermission(hermes, "read"), undefined);
});

Deno.test("a prompt that fits one argument is handed over whole, up to the last byte (B1)", () => {
  const prompt = "p".repeat(131_071 - "--query=".length);
  const { args, files } = hermes.invoke(runtimeRequest({ prompt }));
  assertEquals(args.at(-1), `--query=${prompt}`);
  assertEquals(files, {});
});

Deno.test("one byte more, or a NUL, goes into a file that the query names (B1)", () => {
  const long = "ü".repeat(65_532);
  for (const prompt of [long, "a\0b"]) {
    const { args, files } = hermes.invoke(runtimeRequest({ prompt }));
    assertEquals(files, { "prompt.md": prompt });
    assertStringIncludes(args.at(-1)!, "--query=Your whole task is written in the file /scratch/");
    assert(args.at(-1)!.length < 1000);
  }
});

Deno.test("standing instructions come before the prompt, in the file as well", () => {
  const systemText = "Be brief";
  assertEquals(
    hermes.invoke(runtimeRequest({ systemText })).args.at(-1),
    "--query=Be brief\n\nSay hello",
  );
  assertEquals(
    hermes.invoke(runtimeRequest({ systemText, prompt: "a\0b" })).files["prompt.md"],
    "Be brief\n\na\0b",
  );
});

Deno.test("a prompt that begins like a path is not taken for a dropped file (B1)", () => {
  for (const prompt of ["/etc/hosts.png is wrong", "~/x", "./a", "'../a.png'", "C:\\a.png"]) {
    assertEquals(
      hermes.invoke(runtimeRequest({ prompt })).args.at(-1),
      `--query=The task:\n\n${prompt}`,
    );
  }
  assertEquals(hermes.invoke(runtimeRequest({ prompt: "-x" })).args.at(-1), "--query=-x");
});

Deno.test("the version is read from the first line of --version", () => {
  assert(hermes.binary.kind === "external");
  assertEquals(hermes.binary.parseVersion("Hermes Agent v0.19.0 (2026.7.20)\n…"), "0.19.0");
});

Deno.test("SIGTERM gets more than ten seconds before SIGKILL (B6)", () => {
  const [first] = hermes.stop;
  assertEquals(first?.signal, "SIGTERM");
  assert(first!.graceMs >= 10_000);
});

Deno.test("B3.1 success", () => {
  assertEquals(outcome("Done: 3 files changed.\n", id(ID), 0), {
    reason: "completed",
    finalText: "Done: 3 files changed.",
    sessionId: ID,
  });
});

Deno.test("B3.2-5, 12: decorations around the answer go", () => {
  for (
    const [stdout, answer] of [
      [
        "  ┊ review diff\r\na/out.txt → b/out.txt\r\n@@ -0,0 +1 @@\r\n+written\r\nTool finished.\n",
        "Tool finished.",
      ],
      ["\r\n┌─ Reasoning ──────┐\r\nThe answer is 42.\n", "The answer is 42."],
      [
        "🔧 Auto-repaired tool name: 'mcp_fake_echo' -> 'mcp__fake__echo'\n  ┊ review diff\r\na\r\nDone.\n",
        "Done.",
      ],
      [
        "↩ Background task running — I'll resume when it finishes. Keep chatting.\r\nTool finished.\n" +
        "[subagent-0] ⚡ Interrupted during API call.\r\n",
        "Tool finished.",
      ],
      ["\r\n  ⏱ Timeout — denying command\r\nI could not delete it.\n", "I could not delete it."],
    ]
  ) {
    const { reason, finalText } = outcome(stdout!, id(ID), 0);
    assertEquals([reason, finalText], ["completed", answer]);
  }
});

Deno.test("B3.6-8: errors are told by their text, wherever the version prints it", () => {
  for (
    const [stdout, stderr, code, retryable] of [
      ["HTTP 401: Incorrect API key provided: sk-abcdefgh1234.\n", id(ID), "not_signed_in", false],
      [
        "",
        "Error: Error code: 401 - {'error': {'message': 'Incorrect API key sk-abcdefgh1234'}}\n" +
        id(ID),
        "not_signed_in",
        false,
      ],
      ["", "Error: HTTP 401: Incorrect API key\n" + id(ID), "not_signed_in", false],
      [
        "API call failed after 3 retries: HTTP 429: Rate limit reached for requests\n",
        id(ID),
        "rate_limited",
        true,
      ],
    ] as const
  ) {
    const read = outcome(stdout, stderr, 1);
    assertEquals([read.reason, read.code, read.retryable], ["failed", code, retryable]);
    assertEquals(read.finalText, undefined, "an error is not an answer");
    assert(!read.message!.includes("sk-abcdefgh1234"));
    assertEquals(read.sessionId, ID);
  }
});

Deno.test("B3.9-11, 16: exit code 0 that was no success", () => {
  for (
    const [stdout, stderr, code] of [
      [
        "",
        "Error: Response remained truncated after 4 continuation attempts\n" + id(ID),
        "stream_cut",
      ],
      [
        "⚠️ No reply: the model returned empty content after retries and any fallback providers. …\n",
        id(ID),
        "empty_response",
      ],
      [
        "⚠️  Reached maximum iterations (3). Requesting summary...\n" +
        "I reached the iteration limit and couldn't generate a summary.\n",
        id(ID),
        "turn_limit",
      ],
      [
        "⚠️  Reached maximum iterations (90). Requesting summary...\nHalf is done.\n",
        id(ID),
        "turn_limit",
      ],
      [
        `${"\n".repeat(24)}╭────── Hermes Agent v0.19.0 (2026.7.20) ──────╮\n`,
        "Warning: Input is not a terminal (fd=0).\n",
        "request_invalid",
      ],
      ["", "", "request_invalid"],
      ["", id(ID), "empty_response"],
      ["  ┊ review diff\r\na\r\n", id(ID), "empty_response"],
    ] as const
  ) {
    const read = outcome(stdout, stderr, 0);
    assertEquals([read.reason, read.code], ["failed", code], stdout.slice(0, 60));
  }
});

Deno.test("the summary of a run that hit its cap is kept", () => {
  const stdout = "⚠️  Reached maximum iterations (90). Requesting summary...\nHalf is done.\n";
  assertEquals(outcome(stdout, id(ID), 0).finalText, "Half is done.");
});

Deno.test("B3.13: an id that the model printed stays text; stderr has the id (M3)", () => {
  const { finalText, sessionId } = outcome(
    "Look:\n\nsession_id: 20200101_000000_abcdef\nafter\n",
    "\nsession_id: 20261123_093649_d6823f\n",
    0,
  );
  assertEquals(finalText, "Look:\n\nsession_id: 20200101_000000_abcdef\nafter");
  assertEquals(sessionId, "20261123_093649_d6823f");
});

Deno.test("B3.14, 15, 17: a lost session, nothing configured, an interrupt", () => {
  const lost = outcome(
    "",
    "Session not found: 2020\nUse a session ID from a previous CLI run (hermes sessions list).\n",
    1,
  );
  assertEquals([lost.code, lost.sessionId], ["session_lost", undefined]);
  const bare = outcome(
    "\nIt looks like Hermes isn't configured yet -- no API keys or providers found.\n\n",
    "",
    1,
  );
  assertEquals(bare.code, "not_configured");
  const interrupted = outcome("", id(ID), 130);
  assertEquals([interrupted.reason, interrupted.sessionId], ["cancelled", ID]);
});

Deno.test("B3.18: version 0.5 printed banner and id on stdout", () => {
  const stdout = `↻ Resumed session ${ID} (1 user message, 2 total messages)\r\n` +
    "  ┊ 💻 $         npm test  4.2s\r\n\r\n╭─ ⚕ Hermes ──╮\r\nAll green.\n\n" +
    `session_id: ${ID}\n`;
  assertEquals(outcome(stdout, "", 0), {
    reason: "completed",
    finalText: "All green.",
    sessionId: ID,
  });
});

Deno.test("B3.19: what was not UTF-8 stays readable", () => {
  // The process room has put U+FFFD for each stray byte.
  assertEquals(
    outcome("caf\ufffd r\ufffdsum\ufffd\n", id(ID), 0).finalText,
    "caf\ufffd r\ufffdsum\ufffd",
  );
});

Deno.test("text without decorations comes back as it was, line by line (M3.d)", () => {
  for (
    const text of [
      "one line",
      "  indented\n\n\tand a tab\n",
      "alpha\nsession_id: 20200101_000000_abcdef\nomega",
      "session: x\nid\n```\n$ code\n```",
      "NUL \u0000 and bell \u0007",
      "a\n\n\nb",
      "⚠️ a warning of the model's own\n  • with a list",
    ]
  ) assertEquals(outcome(`${text}\n`, id(ID), 0).finalText, text);
});

Deno.test("the newest id wins, and each is told once: a compressed session goes on under another", () => {
  const { events, outcome } = read(
    "Done\n",
    `${id("first-1")}${id("first-1")}${id("second-2")}`,
    0,
  );
  assertEquals(events, [
    { type: "started", sessionId: "first-1" },
    { type: "started", sessionId: "second-2" },
  ]);
  assertEquals(outcome.sessionId, "second-2");
});

Deno.test("ids are opaque, but one that could be a flag is not passed on (M5)", () => {
  for (const session of ["ABCDEF", "3f2b8c1e-0d7a-4d53-9d7e-6f2a1c0b9e8d", "x:y.z_1"]) {
    assertEquals(outcome("Done\n", id(session), 0).sessionId, session);
  }
  const { events, outcome: odd } = read("Done\n", id("--yolo"), 0);
  assertEquals(events.map((event) => event.type), ["notice"]);
  assertEquals(odd.sessionId, undefined);
});

Deno.test("an id twice, only an id, no line break at the end, colours (coverage 3)", () => {
  assertEquals(outcome(`session_id: ${ID}\n`, "", 0).code, "empty_response");
  assertEquals(outcome("no break", id(ID), 0).finalText, "no break");
  assertEquals(outcome("\x1b[1mbold\x1b[0m\n", id(ID), 0).finalText, "bold");
  assertEquals(outcome(`twice\n\nsession_id: ${ID}\nsession_id: ${ID}\n`, "", 0).sessionId, ID);
});

Deno.test("a flood is cut with a marker and does not fill the memory (coverage 3)", () => {
  const state = hermes.decode.start(runtimeRequest());
  const line = "x".repeat(1024 * 1024);
  for (let i = 0; i < 200; i++) hermes.decode.line(state, "stdout", line);
  hermes.decode.line(state, "stderr", `session_id: ${ID}`);
  const { finalText } = hermes.decode.finish(state, exited(0));
  assert(finalText!.length < 9 * 1024 * 1024);
  assert(finalText!.endsWith("… (output cut here)"));
});

Deno.test("a footer of the verifier becomes a warning; the same words inside an answer stay", () => {
  const footer =
    "⚠️ File-mutation verifier: 1 file(s) were NOT modified this turn\n  • `/x` — refused\n";
  const { events, outcome } = read(`Done.\n\n${footer}`, id(ID), 0);
  assertEquals(outcome.finalText, "Done.");
  assertEquals(events.filter((event) => event.type === "notice").length, 1);
  const quoted = `Look:\n\n${footer}and more text`;
  assertEquals(read(`${quoted}\n`, id(ID), 0).outcome.finalText, quoted);
});

Deno.test("waiting for an approval that nobody can give is pointed out (B4)", () => {
  const { events } = read("\r\n  ⏱ Timeout — denying command\r\nDone\n", id(ID), 0);
  assertEquals(events.filter((event) => event.type === "notice").length, 1);
});

Deno.test("it is silent while it works, so silence ends nothing (H1.b)", () => {
  assertEquals(hermes.streams, false);
  assertEquals(hermes.limits.totalMs, 30 * 60_000);
});

Deno.test("a question has a list of things to do for its only tool, and no rules of the user's", () => {
  const { args, env } = hermes.complete!.invoke(completionRequest());
  assertEquals([args[args.indexOf("-t") + 1], env.HERMES_SAFE_MODE], ["todo", "1"]);
  for (const flag of ["--ignore-rules", "--max-turns"]) assertEquals(args.includes(flag), true);
  assertEquals(args.at(-1), "--query=You count\n\nHow many?");
});

Deno.test("a question that fits into no argument is refused: nothing could read it from a file", () => {
  const ask = (prompt: string) => () => hermes.complete!.invoke(completionRequest({ prompt }));
  for (const prompt of ["y".repeat(132_000), "a\0b"]) {
    assertEquals(assertThrows(ask(prompt), OuroborosError).code, "prompt_too_large");
  }
});
