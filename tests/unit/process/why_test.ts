import { assertEquals } from "@std/assert";
import { bytes, lastWords, type WhyFacts, whyLine } from "../../../lib/process/why.ts";

const FACTS: WhyFacts = {
  label: "claude",
  limits: { startMs: 60_000, idleMs: 300_000, totalMs: 60_000, outputBytes: 2e8, lineBytes: 1e6 },
  reason: "completed",
  code: 0,
  signal: null,
  durationMs: 12_340,
  stdoutTail: "",
  stderrTail: "",
  reaped: 0,
  left: 0,
};
const why = (more: Partial<WhyFacts>) => whyLine({ ...FACTS, ...more });

Deno.test("H1.c the line names limit, time and last words", () => {
  assertEquals(
    why({
      reason: "timed_out",
      limit: "total",
      stderrTail: "one\n\x1b[31mstill thinking\x1b[0m\n\n",
    }),
    'claude ended after 12.3 s: total limit of 60 s reached; last words: "still thinking"',
  );
  assertEquals(
    why({ reason: "timed_out", limit: "start", detail: "no output in its first 66s; at rest" }),
    "claude ended after 12.3 s: no output in its first 66s; at rest",
  );
  assertEquals(
    why({
      reason: "timed_out",
      limit: "idle",
      detail: "no output for 5m; at rest",
      stdoutTail: "working",
    }),
    'claude ended after 12.3 s: no output for 5m; at rest; last words: "working"',
  );
  assertEquals(
    why({ reason: "failed", limit: "output" }),
    "claude ended after 12.3 s: more output than its limit of 200 MB",
  );
});

Deno.test("the line names exit code, signal and cancel", () => {
  assertEquals(why({}), "claude ended after 12.3 s: exit code 0");
  assertEquals(
    why({ reason: "failed", code: 3, stdoutTail: "out", stderrTail: "err" }),
    'claude ended after 12.3 s: exit code 3; last words: "err"',
  );
  assertEquals(
    why({ reason: "failed", code: null, signal: "SIGSEGV" }),
    "claude ended after 12.3 s: killed by SIGSEGV",
  );
  assertEquals(
    why({ reason: "cancelled", durationMs: 8 }),
    "claude ended after 0.008 s: cancelled",
  );
});

Deno.test("the line names what was left running, and what could not be ended", () => {
  assertEquals(
    why({ reaped: 2, left: 1 }),
    "claude ended after 12.3 s: exit code 0; ended 2 processes that it left running; 1 process could not be ended",
  );
});

Deno.test("last words are one line of readable text, 200 characters at most", () => {
  assertEquals(lastWords("\x1b]0;title\x07Error: no\tkey\r\n──────\n\0\n"), "Error: no key");
  assertEquals(lastWords("x".repeat(500)), `${"x".repeat(200)}…`);
  assertEquals(lastWords(" \n---\n"), "");
});

Deno.test("bytes are written for people", () => {
  assertEquals([999, 1500, 2e6, 3.25e9].map(bytes), ["999 bytes", "1.5 kB", "2 MB", "3.3 GB"]);
});
