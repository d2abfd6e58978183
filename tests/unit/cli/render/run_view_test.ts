import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOST_RUNTIME } from "../../../../lib/app/host/host_runtime.ts";
import { nextCommands, runText } from "../../../../lib/cli/render/run_view.ts";
import { visible } from "../../../../lib/cli/render/text.ts";
import type { RunView } from "../../../../lib/app/run/views.ts";

const RUN: RunView = {
  runId: "run_x",
  goal: "Coupons work",
  seed: { id: "seed_x", digest: "d", name: "seed.yaml" },
  project: "/shop",
  runtime: "made-up",
  permission: "edit",
  state: "passed",
  reason: "1 of 1 criteria hold",
  hint: null,
  criteria: [{
    id: "expired",
    description: "An expired coupon is refused",
    state: "passed",
    reason: "The check failed on the base and passes now",
    tries: 2,
    cutOff: 0,
    receipt: "r",
    control: null,
    putBack: null,
    guarded: [],
    links: [],
    toolchains: [],
    acceptedBy: null,
    withoutWork: false,
  }],
  usage: { inputTokens: 10, outputTokens: 5 },
  attempts: 2,
  unblocked: [],
  createdAt: "2026-01-01T10:00:00Z",
  updatedAt: "2026-01-01T10:05:00Z",
  changed: true,
  applied: false,
  applyCutOff: false,
  discarded: false,
  exit: 0,
};

const plain = (run: RunView, columns = 80) => runText(run, { color: false, columns });

Deno.test("a run tells its state, its criteria with reasons, and what to type next", () => {
  const text = plain(RUN);
  assertStringIncludes(text, "State    passed: 1 of 1 criteria hold\n");
  assertStringIncludes(text, "Agent    made-up, permission edit, 2 starts\n");
  assertStringIncludes(text, "  expired  passed, 2 tries  An expired coupon is refused\n");
  assertStringIncludes(text, "           The check failed on the base and passes now\n");
  assert(text.endsWith(
    "Next:\n  ouroboros diff run_x\n  ouroboros apply run_x\n" +
      "  ouroboros receipts run_x\n",
  ));
});

Deno.test("tries that were cut off are named as such: the limit does not count them", () => {
  const [one] = RUN.criteria;
  const text = plain({ ...RUN, criteria: [{ ...one!, cutOff: 1 }] });
  assertStringIncludes(text, "  expired  passed, 2 tries (1 cut off, not counted)");
});

Deno.test("what to type next names this program as it is to be typed", () => {
  const text = runText(RUN, { color: false, columns: 80, name: "~/bin/ouroboros" });
  assertStringIncludes(
    text,
    "Next:\n  ~/bin/ouroboros diff run_x\n  ~/bin/ouroboros apply run_x\n",
  );
});

Deno.test("what a person accepted is told as theirs, and apart where its work was left out", () => {
  const accepted = {
    ...RUN.criteria[0]!,
    state: "accepted",
    acceptedBy: "ada",
    reason: "I looked",
  };
  const text = plain({ ...RUN, criteria: [accepted] });
  assertStringIncludes(text, "  expired  accepted, 2 tries  An expired coupon");
  assertStringIncludes(text, "           accepted by ada: I looked\n");
  const closed = plain({ ...RUN, criteria: [{ ...accepted, withoutWork: true }] });
  assertStringIncludes(closed, "accepted by ada, without its work: I looked\n");
});

Deno.test("an apply that was cut off is told, with the way back", () => {
  const text = plain({ ...RUN, applyCutOff: true });
  assertStringIncludes(text, "Apply    cut off before its end; undo takes back what it did\n");
  assert(text.endsWith("Next:\n  ouroboros undo run_x\n"));
});

Deno.test("no line of others' words is wider than the screen", () => {
  const long = "日本 a reason that goes on ".repeat(30);
  const run = {
    ...RUN,
    goal: long,
    reason: long,
    criteria: [{ ...RUN.criteria[0]!, description: long, reason: long, acceptedBy: "ada" }],
  };
  for (const columns of [40, 80, 133]) {
    for (const line of plain(run, columns).split("\n")) {
      assert(visible(line) <= columns, `${visible(line)} of ${columns}: ${line}`);
    }
  }
});

Deno.test("an interruption is not said twice", () => {
  const state = (reason: string) =>
    plain({ ...RUN, state: "interrupted", reason }).split("\n").find((one) => /^State/.test(one));
  assertEquals(state("Interrupted by Ctrl-C"), "State    interrupted: by Ctrl-C");
  assertEquals(state("Its worker is gone"), "State    interrupted: Its worker is gone");
});

Deno.test("what can be typed next follows from where the run stands", () => {
  const next = (more: Partial<RunView>) => nextCommands({ ...RUN, ...more });
  const resume = "ouroboros resume run_x";
  assertEquals(next({ state: "running", runtime: HOST_RUNTIME })[0], "ouroboros attempt run_x");
  assertEquals(next({ state: "running" }), [
    "ouroboros watch run_x",
    "ouroboros status run_x",
    "ouroboros cancel run_x",
  ]);
  assertEquals(next({ state: "interrupted" }), [resume]);
  assertEquals(next({ state: "interrupted", hint: `${resume} --minutes 60` }), [
    `${resume} --minutes 60`,
  ]);
  assertEquals(next({ state: "interrupted", hint: "made-up login" }), [
    "made-up login",
    `then: ${resume}`,
  ]);
  assertEquals(next({ applied: true }), ["ouroboros undo run_x"]);
  assertEquals(next({ discarded: true }), []);
  const criteria = [{ ...RUN.criteria[0]!, state: "unverified" }];
  assertEquals(next({ state: "unverified", criteria, changed: false, attempts: 0 }), [
    'ouroboros accept run_x expired --reason "…"',
  ]);
  const skipped = [{ ...RUN.criteria[0]!, state: "skipped" }];
  assertEquals(next({ state: "unverified", criteria: skipped, changed: false, attempts: 0 }), [
    'ouroboros accept run_x expired --reason "…"',
    "or a new run, with a check that can decide, or with --anyway",
  ]);
});

Deno.test("what was put back, and links that lead out, are named with the criterion", () => {
  const one = {
    ...RUN.criteria[0]!,
    putBack: { paths: ["tests/t.sh"], more: 1 },
    guarded: [{ path: "u.sh", criterion: "other" }],
    links: [{ path: "x", target: "/etc" }],
    toolchains: [".npmrc"],
  };
  const text = plain({ ...RUN, criteria: [one] });
  assertStringIncludes(text, "           put back: tests/t.sh and 1 more (protected)\n");
  assertStringIncludes(text, "           changes what criterion other protects: u.sh\n");
  assertStringIncludes(text, "           link leads out of the project: x -> /etc\n");
  assertStringIncludes(text, "changed in the home folder since the run began: ~/.npmrc\n");
});

Deno.test("a run that has ended and has work to do again says how it goes on", () => {
  const [first] = nextCommands({ ...RUN, state: "unverified", unblocked: ["b", "c"] });
  assertEquals(first, "ouroboros resume run_x, which works on: b, c");
});

Deno.test("a run whose recording is at its end is not said to go on by resume", () => {
  const hint = "Start a new run without --recording, or with a recording that holds more attempts";
  assertEquals(nextCommands({ ...RUN, state: "interrupted", hint }), [hint]);
});
