import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { attemptPrompt, type PromptParts } from "../../../../lib/engine/run/prompt.ts";

const PARTS: PromptParts = {
  goal: "Coupons work",
  constraints: [],
  context: [],
  criterion: { id: "2", description: "Expired coupons are rejected" },
  artifacts: [],
  visibleChecks: [],
  humanChecks: [],
  protectedPaths: [],
  done: [],
  retry: null,
  resumed: false,
  fresh: false,
  merged: false,
};

const FAILED = { kind: "check_failed", line: "l", detail: "$ npm test\nnope" } as const;

Deno.test("a bare criterion makes a prompt of three short parts", () => {
  assertEquals(
    attemptPrompt(PARTS),
    "Goal of the whole work: Coupons work\n\n" +
      "Your task now is criterion 2: Expired coupons are rejected\n\n" +
      "Change files in the current folder only. Do not commit. " +
      "End with one or two sentences that say what you changed.",
  );
});

Deno.test("whatever the seed says of the work is in the prompt, once", () => {
  const prompt = attemptPrompt({
    ...PARTS,
    constraints: ["POSIX sh only"],
    context: [{ path: "src/coupon.js", role: "primary", summary: "prices are made here" }],
    artifacts: ["src/expiry.js"],
    visibleChecks: [{ run: "npm test" }],
    humanChecks: ["The wording of the message"],
    protectedPaths: ["test/**"],
    done: [{ id: "1", description: "Coupons are read" }],
  });
  for (
    const text of [
      "- POSIX sh only",
      "- src/coupon.js (primary) prices are made here",
      "- src/expiry.js",
      "- npm test",
      "- The wording of the message",
      "test/**",
      "- 1: Coupons are read",
    ]
  ) assertEquals(prompt.split(text).length, 2, text);
});

Deno.test("what a command must print is told with it", () => {
  const prompt = attemptPrompt({
    ...PARTS,
    visibleChecks: [{
      run: "./tally",
      expect: { exit: 2, contains: ["42"], excludes: ["error"], matches: "^ok", stdout: "a\n" },
    }],
  });
  assertStringIncludes(
    prompt,
    '- ./tally (must end with exit code 2, print "42", not print "error", ' +
      'print what matches /^ok/m, print exactly "a\\n")',
  );
});

Deno.test("a session that goes on is told only what is new", () => {
  const prompt = attemptPrompt({ ...PARTS, retry: FAILED, resumed: true });
  assertEquals(
    prompt,
    "Your work was checked and does not hold yet.\n$ npm test\nnope\n\n" +
      "Go on with criterion 2 until it holds.",
  );
});

Deno.test("a session that is resumed before it was told anything is told everything", () => {
  assertStringIncludes(attemptPrompt({ ...PARTS, resumed: true }), "Goal of the whole work");
});

Deno.test("a new session is told of an earlier try, and whether its changes are still there", () => {
  const kept = attemptPrompt({ ...PARTS, retry: FAILED });
  assertStringIncludes(kept, "An earlier try was checked and did not hold.\n$ npm test\nnope\n");
  assertStringIncludes(kept, "What it changed is still there.");
  assertFalse(kept.includes("Your work was"));
  const idle = attemptPrompt({ ...PARTS, retry: { ...FAILED, idle: true } });
  assertFalse(idle.includes("still there"), "it changed nothing");
  const fresh = attemptPrompt({ ...PARTS, retry: FAILED, fresh: true });
  assertStringIncludes(fresh, "Its changes were taken back");
  assertFalse(fresh.includes("still there"));
  const idleFresh = attemptPrompt({ ...PARTS, retry: { ...FAILED, idle: true }, fresh: true });
  assertFalse(idleFresh.includes("taken back"), "it changed nothing");
});
