import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { makeReceipt, receiptDigest, type ReceiptParts } from "../../../lib/checks/receipt.ts";
import { renderReceipt } from "../../../lib/checks/render_receipt.ts";
import { commandCheck } from "../../helpers/check_bench.ts";
import { checkRun } from "../../helpers/check_runs.ts";

const PARTS: ReceiptParts = {
  seed: { id: "coupons", digest: "s".repeat(64) },
  criterion: { id: "1", description: "Expired coupons are rejected" },
  baseTree: "b".repeat(40),
  tree: "w".repeat(40),
  prepare: null,
  checks: [commandCheck("npm test"), commandCheck("secret-command", { hidden: true })],
  base: [checkRun("fail", "b", { testsRan: 3 }), checkRun("fail", "b", { line: "secret-line" })],
  controls: [],
  runs: [checkRun("pass", "w", { testsRan: 3 }), checkRun("pass", "w")],
  decision: { state: "passed", reason: "Checks 1, 2 failed on the base and pass now" },
  runtime: "made-up",
  version: "1.2.3",
  model: null,
  argv: ["made-up", "run"],
  permission: { asked: "read", effective: "edit", confinement: "none" },
  sessionId: "abc",
  attempts: 2,
  usage: { inputTokens: 1200 },
  startedAt: "2026-01-01T00:00:00.000Z",
  endedAt: "2026-01-01T00:01:00.000Z",
  durationMs: 60_000,
  lastWords: "Done.\nAll green \x1b[32mnow\x1b[0m.",
  accepted: null,
};

Deno.test("A receipt keeps what can be run again apart from what was claimed", () => {
  const receipt = makeReceipt(PARTS);
  assertEquals(Object.keys(receipt).sort(), [
    "claimed",
    "format",
    "replayable",
    "signature",
    "version",
  ]);
  assertEquals(receipt.signature, null);
  assertEquals([receipt.replayable.control, receipt.claimed.wall], ["none", "none"]);
  assertEquals(receipt.replayable.checks[0]!.work, { verdict: "pass", exit: 0, testsRan: 3 });
});

Deno.test("A hidden check leaves its digest only, in the record and in the text", () => {
  const receipt = makeReceipt(PARTS);
  assertEquals(receipt.replayable.checks[1]!.command, null);
  assert(!JSON.stringify(receipt).includes("secret"));
  const text = renderReceipt(receipt, { width: 100 });
  assertStringIncludes(text, `hidden check ${receipt.replayable.checks[1]!.digest.slice(0, 16)}`);
});

Deno.test("The digest means the record: every change moves it, a signature does not", () => {
  const receipt = makeReceipt(PARTS);
  assertEquals(receiptDigest(receipt), receiptDigest(makeReceipt(structuredClone(PARTS))));
  assertNotEquals(receiptDigest(makeReceipt({ ...PARTS, model: "m" })), receiptDigest(receipt));
  const signed = { ...receipt, signature: "sig" as unknown as null };
  assertEquals(receiptDigest(signed), receiptDigest(receipt));
});

Deno.test("The text says what was checked, what was not, and what was only claimed", () => {
  const text = renderReceipt(makeReceipt(PARTS), { width: 200 });
  for (
    const part of [
      "Passed: Checks 1, 2 failed on the base and pass now",
      "1. npm test",
      "on the base: failed (exit 1, 3 tests); on the work: passed (exit 0, 3 tests)",
      "Whether the checks would notice wrong work (control: none)",
      "outside its worktree (wall: none); hidden checks were out of its prompt and worktree, not out of its reach",
      "edit (asked for: read)",
      "used  1200 tokens read",
      "model unknown",
      "not signed",
      '"Done. All green now."',
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("What a person accepted is never printed as checked", () => {
  const text = renderReceipt(
    makeReceipt({
      ...PARTS,
      checks: [],
      base: [],
      runs: [],
      decision: { state: "accepted", reason: "closed by a person" },
      accepted: {
        by: "ada",
        reason: "looked at it",
        at: "2026-01-02T00:00:00.000Z",
        tree: null,
      },
    }),
    { width: 200 },
  );
  assertStringIncludes(
    text,
    "Accepted by ada at 2026-01-02T00:00:00.000Z, not by a check: looked at it",
  );
  assertStringIncludes(text, "None of its work was brought in");
  assertStringIncludes(text, "no check: nothing was checked");
  assertStringIncludes(text, "no check ran on it");
  assert(!/pass/i.test(text));
});

Deno.test("No line is wider than the terminal, except a word that is", () => {
  const text = renderReceipt(makeReceipt(PARTS), { width: 48 });
  for (const line of text.split("\n")) {
    assert(line.length <= 48 || !line.trim().includes(" "), line);
  }
});
