import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isTry } from "../../../../lib/engine/run/attempt_kind.ts";
import type { RunEvent } from "../../../../lib/engine/run/events.ts";
import type { ErrorCode } from "../../../../lib/kernel/error.ts";
import { foldRun } from "../../../../lib/engine/run/evolve.ts";
import { nextStep, nextSteps } from "../../../../lib/engine/run/next_step.ts";
import type { Step } from "../../../../lib/engine/run/step.ts";
import { checkRun } from "../../../helpers/check_runs.ts";
import { circumstance, Story } from "../../../helpers/run_story.ts";
import { begin, finish, finishTogether, makeWorld } from "../../../helpers/simulated_worker.ts";

type Attempt = Extract<Step, { do: "attempt" }>;

function attemptOf(story: Story): Attempt {
  const step = nextStep(story.state);
  assertEquals(step.do, "attempt", JSON.stringify(step));
  return step as Attempt;
}

function settleOf(story: Story): [string, string, string] {
  const step = nextStep(story.state);
  if (step.do !== "settle") throw new Error(JSON.stringify(step));
  return [step.criterion, step.state, step.reason];
}

/** A story that is cut after `count` events. */
function cut(story: Story, count: number): Story {
  story.events.length = count;
  return story;
}

Deno.test("the steps of a run that goes well come in their order", () => {
  const at = { criterion: "a", attempt: 1 };
  assertEquals(nextStep(cut(new Story([{ id: "a" }]), 2).state).do, "admit");
  assertEquals(nextStep(cut(new Story([{ id: "a" }]), 3).state).do, "confirm");
  const story = new Story([{ id: "a" }]);
  assertEquals(nextStep(story.state), {
    do: "attempt",
    criterion: "a",
    number: 1,
    session: null,
    fresh: false,
    merged: false,
    retry: null,
    waitSeconds: 0,
  });
  story.begin("a");
  assertEquals(nextStep(story.state), { do: "recover", ...at });
  story.add("attempt.ended", {
    ...at,
    outcome: { reason: "completed" },
    usage: {},
    durationMs: 1,
    why: "",
  });
  assertEquals(nextStep(story.state), { do: "record", ...at });
  story.add("attempt.recorded", { ...at, commit: "c", tree: "t", changed: 1, paths: ["x"] });
  assertEquals(nextStep(story.state), { do: "check", ...at });
  story.add("attempt.checked", {
    ...at,
    runs: [checkRun("pass", "t")],
    decision: { verdict: "passed", reason: "it passes", broken: [] },
    counterexample: "",
  });
  assertEquals(nextStep(story.state), { do: "integrate", ...at });
  story.add("attempt.integrated", { ...at, before: "base", head: "h", tree: "t2" });
  assertEquals(nextStep(story.state), { do: "recheck", ...at, with: [] });
  story.add("branch.rechecked", { ...at, tree: "t2", regressions: [], undecided: [] });
  assertEquals(settleOf(story), ["a", "passed", "it passes"]);
  story.settle("a", "passed");
  assertEquals(nextStep(story.state), {
    do: "end",
    result: "passed",
    reason: "1 of 1 criteria hold",
  });
});

Deno.test("failed work is tried three times, in its session, with the counterexample, and then failed", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "failed", outcome: { sessionId: "s" }, runs: [line("x")] });
  const second = attemptOf(story);
  assertEquals([second.number, second.session, second.fresh], [2, "s", false]);
  assertEquals(second.retry?.detail, "the counterexample");
  story.attempt("a", { decision: "failed", outcome: { sessionId: "s" }, runs: [line("y")] });
  const third = attemptOf(story);
  assertEquals([third.number, third.session, third.fresh], [3, "s", false]);
  story.attempt("a", { decision: "failed" });
  assertEquals(settleOf(story), ["a", "failed", "it is failed (after 3 tries)"]);
});

/** A failure with a line of its own. */
function line(text: string) {
  return checkRun("fail", "t", { line: text });
}

Deno.test("after two equal failures the next try begins afresh, and the one after that does not", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 5 } });
  const same = { decision: "failed" as const, outcome: { sessionId: "s" }, runs: [line("x")] };
  story.attempt("a", same).attempt("a", same);
  const third = attemptOf(story);
  assertEquals([third.session, third.fresh], [null, true]);
  story.attempt("a", { ...same, fresh: true });
  const fourth = attemptOf(story);
  assertEquals([fourth.session, fourth.fresh], ["s", false]);
});

Deno.test("attempts that were cut off are no equal failures: what they had changed stays", () => {
  const story = new Story([{ id: "a" }]);
  const cutOff = {
    decision: "failed" as const,
    outcome: { reason: "cancelled" as const, code: "cancelled" as const, sessionId: "s" },
    runs: [line("x")],
  };
  story.attempt("a", cutOff).worker().attempt("a", cutOff).worker();
  const third = attemptOf(story);
  assertEquals([third.session, third.fresh, third.retry?.kind], ["s", false, "interrupted"]);
});

Deno.test("a conflict sends the criterion back onto a fresh base", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "passed", outcome: { sessionId: "s" } });
  story.add("attempt.conflicted", { criterion: "a", attempt: 1, paths: ["x.txt"] });
  const step = attemptOf(story);
  assertEquals([step.fresh, step.session, step.retry?.kind], [true, null, "conflict"]);
  assertStringIncludes(step.retry!.detail, "x.txt");
});

Deno.test("a first conflict uses up no try, and a second one does", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  story.attempt("a", { decision: "passed" });
  story.add("attempt.conflicted", { criterion: "a", attempt: 1, paths: ["x.txt"] });
  assertEquals(attemptOf(story).number, 2);
  story.attempt("a", { decision: "passed" });
  story.add("attempt.conflicted", { criterion: "a", attempt: 2, paths: ["x.txt"] });
  assertEquals(settleOf(story).slice(0, 2), ["a", "failed"]);
});

Deno.test("a regression is taken back, and tried again with what it breaks", () => {
  const story = new Story([{ id: "a" }, { id: "b" }]);
  story.attempt("a", { decision: "passed" }).integrate("a").settle("a", "passed");
  story.attempt("b", { decision: "passed" }).integrate("b", {
    regressions: [{ criterion: "a", line: "l", counterexample: "a fails so" }],
  });
  assertEquals(nextStep(story.state), { do: "revert", criterion: "b", attempt: 1 });
  story.add("attempt.reverted", { criterion: "b", attempt: 1, head: "h-a", tree: "t" });
  assertEquals(story.state.head, "h-a");
  const step = attemptOf(story);
  assertEquals([step.criterion, step.retry?.kind], ["b", "regression"]);
  assertStringIncludes(step.retry!.detail, "a fails so");
});

Deno.test("what cannot be checked on the branch any more is unverified, own work too, and nothing is reverted", () => {
  const story = new Story([{ id: "a" }, { id: "b" }]);
  story.attempt("a", { decision: "passed" }).integrate("a").settle("a", "passed");
  story.attempt("b", { decision: "passed" }).integrate("b", {
    undecided: [{ criterion: "a", reason: "no tool" }, { criterion: "b", reason: "none here" }],
  });
  assertEquals(settleOf(story), ["a", "unverified", "no tool"]);
  story.settle("a", "unverified");
  assertEquals(settleOf(story), ["b", "unverified", "none here"]);
  story.settle("b", "unverified");
  assertEquals(nextStep(story.state).do, "end");
});

Deno.test("a doubt that a later look removes is removed", () => {
  const story = new Story([{ id: "a" }, { id: "b" }, { id: "c" }]);
  story.attempt("a", { decision: "passed" }).integrate("a").settle("a", "passed");
  story.attempt("b", { decision: "passed" }).integrate("b", {
    undecided: [{ criterion: "a", reason: "no tool" }],
  }).settle("a", "unverified").settle("b", "passed");
  story.attempt("c", { decision: "passed" }).integrate("c");
  assertEquals(settleOf(story), ["a", "passed", "it is passed"]);
});

Deno.test("the doubts of a look that was taken back do not count", () => {
  const story = new Story([{ id: "a" }, { id: "b" }]);
  story.attempt("a", { decision: "passed" }).integrate("a").settle("a", "passed");
  story.attempt("b", { decision: "passed" }).integrate("b", {
    regressions: [{ criterion: "b", line: "l", counterexample: "c" }],
    undecided: [{ criterion: "a", reason: "no tool" }],
  });
  assertEquals(nextStep(story.state).do, "revert");
});

Deno.test("a failure of hidden checks alone gets one retry, whichever try it is", () => {
  const checks: ("visible" | "hidden")[] = ["visible", "hidden"];
  const hidden = {
    decision: "failed" as const,
    runs: [checkRun("pass", "t"), checkRun("fail", "t", { line: "h" })],
  };
  const early = new Story([{ id: "a", checks }]);
  early.attempt("a", hidden);
  assertEquals(attemptOf(early).number, 2);
  early.attempt("a", hidden);
  assertEquals(settleOf(early).slice(0, 2), ["a", "failed"]);

  const late = new Story([{ id: "a", checks }]);
  late.attempt("a", { decision: "failed", runs: [line("x"), checkRun("pass", "t")] });
  late.attempt("a", hidden);
  assertEquals(attemptOf(late).number, 3, "the visible failure has not used up the hidden one's");
});

Deno.test("servers and lines are asked again with growing waits, and use up no try", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  const down = circumstance("server_error", { retryable: true, sessionId: "s" });
  story.attempt("a", down);
  assertEquals([attemptOf(story).waitSeconds, attemptOf(story).session], [2, "s"]);
  story.attempt("a", down);
  assertEquals(attemptOf(story).waitSeconds, 8);
  story.attempt("a", down);
  assertEquals(nextStep(story.state), {
    do: "interrupt",
    code: "server_error",
    reason: "it is server_error",
    hint: null,
  });
  story.worker();
  assertEquals([attemptOf(story).number, attemptOf(story).waitSeconds], [4, 0]);
  story.attempt("a", { decision: "failed" });
  assertEquals(settleOf(story)[2], "it is failed (after 1 try)");
});

Deno.test("a limit that names its end pauses the runtime until then, and no longer than was allowed", () => {
  const limited = (retryAfterSeconds: number, code: ErrorCode = "rate_limited") =>
    new Story([{ id: "a" }], { limits: { waitMinutes: 10 } })
      .attempt("a", circumstance(code, { retryable: true, retryAfterSeconds }));
  const { state } = limited(42);
  const ended = Date.parse(state.criteria[0]!.attempts[0]!.endedAt!);
  const reason = "it is rate_limited";
  assertEquals(state.pause, { untilMs: ended + 42_000, seconds: 42, reason });
  assertEquals(nextSteps(state, { busy: new Set(), lane: false, nowMs: ended + 41_999 }), [
    { do: "wait", untilMs: ended + 42_000, reason },
  ]);
  const after = nextSteps(state, { busy: new Set(), lane: false, nowMs: ended + 42_000 });
  assertEquals(after.map((step) => step.do === "attempt" && step.waitSeconds), [0]);
  assertEquals(limited(300, "quota_exhausted").state.waitedSeconds, 300);
  for (const code of ["rate_limited", "quota_exhausted"] as const) {
    const step = nextStep(limited(7200, code).state);
    assert(step.do === "interrupt" && step.code === "limit_reached", JSON.stringify(step));
    assertStringIncludes(step.reason, "to wait 2h is more than this run may (10m in all)");
    assertStringIncludes(step.hint!, "--wait 2h");
  }
});

Deno.test("waits for a provider add up to what was allowed, and copies that wait together wait once", () => {
  const stop = circumstance("rate_limited", { retryable: true, retryAfterSeconds: 400 });
  const story = new Story([{ id: "a" }], { limits: { waitMinutes: 10 } }).attempt("a", stop);
  assertEquals(nextStep(story.state).do, "attempt");
  const one = story.state.waitedSeconds;
  story.attempt("a", stop);
  assert(story.state.waitedSeconds < 2 * one, "the second began before the first was over");
  const apart = new Story([{ id: "a" }], { limits: { waitMinutes: 10 } }).attempt("a", stop);
  for (let i = 0; i < 500; i++) apart.add("run.undone", { undo: "" });
  apart.attempt("a", stop);
  assertEquals(nextStep(apart.state).do, "interrupt");
  apart.worker();
  assertEquals(attemptOf(apart).number, 3, "who resumes has waited already");
});

Deno.test("a circumstance after files were changed is looked at, and uses up no try when it does not hold", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  const limited = circumstance("rate_limited", { retryable: true, sessionId: "s" });
  story.attempt("a", { ...limited, changed: 2 });
  assertEquals(nextStep(story.state).do, "check");
  const checked = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  checked.attempt("a", { ...limited, changed: 2, decision: "failed" });
  const step = attemptOf(checked);
  assertEquals([step.waitSeconds, step.session, step.retry?.kind], [2, "s", "interrupted"]);
  assertStringIncludes(step.retry!.detail, "the counterexample");
  const enough = new Story([{ id: "a" }]);
  enough.attempt("a", { ...limited, changed: 2, decision: "passed" });
  assertEquals(nextStep(enough.state).do, "integrate");
});

Deno.test("what only a person can change interrupts at once", () => {
  for (const code of ["not_signed_in", "quota_exhausted", "prompt_too_large"] as const) {
    const story = new Story([{ id: "a" }]).attempt("a", circumstance(code));
    const step = nextStep(story.state);
    assertEquals(step.do === "interrupt" && step.code, code);
  }
});

Deno.test("a lost session is followed by a new one at once; so is one that is full", () => {
  const lost = new Story([{ id: "a" }]);
  lost.attempt("a", { ...circumstance("session_lost", { sessionId: "s" }), session: "s" });
  assertEquals([attemptOf(lost).session, attemptOf(lost).waitSeconds], [null, 0]);
  const full = new Story([{ id: "a" }]);
  full.attempt("a", {
    decision: "failed",
    outcome: { reason: "failed", code: "context_too_long", sessionId: "s" },
  });
  assertEquals([attemptOf(full).session, attemptOf(full).fresh], [null, false]);
});

Deno.test("a session goes on although a later attempt was too short to name it", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "failed", session: "s", outcome: { reason: "failed" } });
  assertEquals(attemptOf(story).session, "s");
});

Deno.test("a worker that died with an agent at work is followed by one that recovers it and tries again", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  story.begin("a");
  story.worker();
  assertEquals(nextStep(story.state).do, "recover");
  const died = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  died.attempt("a", { changed: 0, outcome: { reason: "cancelled", code: "cancelled" } });
  assertEquals(nextStep(died.state).do, "interrupt", "its own worker does not go on by itself");
  died.worker();
  assertEquals([attemptOf(died).number, attemptOf(died).waitSeconds], [2, 0]);
});

Deno.test("undecided work is settled as it is, and integrated: it is not thrown away", () => {
  const story = new Story([{ id: "a", checks: ["human"] }]);
  story.attempt("a", { decision: "unverified", runs: [null] });
  assertEquals(nextStep(story.state).do, "integrate");
  story.integrate("a");
  assertEquals(settleOf(story).slice(0, 2), ["a", "unverified"]);
});

Deno.test("undecided work whose agent failed or was cut off is gone on with, as far as tries go", () => {
  const broken = { decision: "unverified" as const, runs: [null] };
  const failed = {
    ...broken,
    outcome: { reason: "failed" as const, code: "agent_failed" as const },
  };
  const story = new Story([{ id: "a", checks: ["human"] }], { limits: { attempts: 2 } });
  story.attempt("a", failed);
  assertEquals(attemptOf(story).retry?.kind, "agent_failed");
  story.attempt("a", failed);
  assertEquals(nextStep(story.state).do, "integrate");
});

Deno.test("a check that cannot run is given one more tree, and no more when it is broken", () => {
  const cannot = { decision: "unverified" as const, runs: [checkRun("missing_tool", "t")] };
  const story = new Story([{ id: "a", checks: ["visible", "visible"] }]);
  story.attempt("a", cannot);
  assertEquals(attemptOf(story).retry?.kind, "not_checked");
  story.attempt("a", { ...cannot, broken: [0] });
  assertEquals(nextStep(story.state).do, "integrate");
  const once = new Story([{ id: "a" }], { limits: { attempts: 1 } });
  once.attempt("a", cannot);
  assertEquals(nextStep(once.state).do, "integrate", "one try is one try");
});

Deno.test("foregone criteria are skipped, unless agents are to start anyway", () => {
  const criteria = [
    { id: "none", checks: [] },
    { id: "holds", base: ["pass" as const] },
    { id: "cannot", base: ["missing_tool" as const] },
  ];
  const story = new Story(criteria);
  for (const { id } of criteria) {
    const [criterion, state] = settleOf(story);
    assertEquals([criterion, state], [id, "skipped"]);
    story.settle(id, "skipped");
  }
  assertEquals(nextStep(story.state), {
    do: "end",
    result: "unverified",
    reason: "Nothing said no, but 3 of 3 are undecided",
  });
  assertEquals(attemptOf(new Story(criteria, { anyway: true })).criterion, "none");
});

Deno.test("dependents of what does not hold are blocked; what holds by itself or by a person blocks nothing", () => {
  const story = (base: "fail" | "pass") =>
    new Story([{ id: "a", base: [base] }, { id: "b", dependsOn: ["a"] }], {
      stages: [["a"], ["b"]],
    });
  for (const state of ["failed", "unverified", "blocked", "skipped"] as const) {
    assertEquals(settleOf(story("fail").settle("a", state)), [
      "b",
      "blocked",
      `Depends on criterion a, which is ${state}`,
    ]);
  }
  assertEquals(attemptOf(story("pass").settle("a", "skipped")).criterion, "b");
  assertEquals(attemptOf(story("fail").settle("a", "passed")).criterion, "b");
  const accepted = story("fail").settle("a", "failed").add("criterion.accepted", {
    criterion: "a",
    by: "ada",
    reason: "I looked",
    receipt: null,
  });
  assertEquals(attemptOf(accepted).criterion, "b");
});

Deno.test("with --anyway an undecided dependency blocks nothing, and a failed one does", () => {
  const story = () =>
    new Story([{ id: "a" }, { id: "b", dependsOn: ["a"] }], {
      stages: [["a"], ["b"]],
      anyway: true,
    });
  assertEquals(attemptOf(story().settle("a", "unverified")).criterion, "b");
  assertEquals(settleOf(story().settle("a", "failed"))[1], "blocked");
});

Deno.test("a person who closes a criterion ends the work on it", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "failed" });
  assert(attemptOf(story));
  story.add("criterion.accepted", { criterion: "a", by: "ada", reason: "fine", receipt: null });
  assertEquals(nextStep(story.state).do, "end");
});

Deno.test("a failure counts more than an undecided one at the end", () => {
  const story = new Story([{ id: "a" }, { id: "b" }, { id: "c" }]);
  story.settle("a", "passed").settle("b", "unverified").settle("c", "failed");
  const step = nextStep(story.state);
  assertEquals(step.do === "end" && step.result, "failed");
});

Deno.test("one real try that fails as a cut-off attempt did is not two equal failures", () => {
  const story = new Story([{ id: "a" }]);
  const failing = { decision: "failed" as const, runs: [line("x")] };
  story.attempt("a", { ...failing, outcome: { reason: "cancelled", sessionId: "s" } }).worker();
  story.attempt("a", { ...failing, session: "s", outcome: { sessionId: "s" } });
  assertEquals([attemptOf(story).fresh, attemptOf(story).session], [false, "s"]);
});

Deno.test("two tries on which no check said anything are not equal failures", () => {
  const story = new Story([{ id: "a", checks: ["human"] }]);
  const early = {
    decision: "unverified" as const,
    runs: [null],
    outcome: { reason: "failed" as const, code: "agent_failed" as const, sessionId: "s" },
  };
  story.attempt("a", early).attempt("a", early);
  assertEquals([attemptOf(story).fresh, attemptOf(story).session], [false, "s"]);
});

/** What must be the same whoever died on the way: states, branch, tries. */
function endOf(story: Story): unknown {
  const { state } = story;
  return {
    head: state.head,
    ended: state.ended?.result,
    criteria: state.criteria.map((one) => [
      one.id,
      one.settled,
      one.attempts.filter(isTry).map((attempt) => attempt.tree),
    ]),
  };
}

function assertNoFinishedWorkTwice(
  events: readonly RunEvent[],
  types = /^(attempt|branch)\./,
): void {
  const seen = new Set<string>();
  for (const event of events) {
    if (!types.test(event.type)) continue;
    const { criterion, attempt } = event.data as { criterion: string; attempt: number };
    const key = `${event.type} ${criterion} ${attempt}`;
    assert(!seen.has(key), `${key} stands there twice`);
    seen.add(key);
  }
}

Deno.test("whatever happens and wherever a worker dies, the next one comes to the same end and pays for nothing twice", () => {
  const results = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const world = makeWorld(seed);
    const whole = begin(world);
    const first = whole.events.length;
    finish(whole, world);
    results.add(`${whole.state.ended?.result}`);
    const wanted = endOf(whole);
    const starts = count(whole.events, "attempt.started");
    for (let at = first; at < whole.events.length; at++) {
      const story = begin(world);
      story.events.length = 0;
      story.events.push(...whole.events.slice(0, at));
      const died = foldRun(story.events)!;
      story.worker();
      finish(story, world);
      assertEquals(endOf(story), wanted, `world ${seed}, died after event ${at}`);
      assertNoFinishedWorkTwice(story.events);
      const cutOff = died.criteria.some((one) =>
        one.attempts.at(-1) && !one.attempts.at(-1)!.outcome
      );
      // At most the one agent that was at work is started again.
      assertEquals(count(story.events, "attempt.started"), starts + (cutOff ? 1 : 0));
    }
  }
  assertEquals([...results].sort(), ["failed", "passed", "unverified"], "all ends were seen");
});

function count(events: readonly RunEvent[], type: RunEvent["type"]): number {
  return events.filter((one) => one.type === type).length;
}

/** What costs an agent or a check; work that broke something with others comes onto the branch again. */
const PAID = /^attempt\.(started|ended|recorded|checked)$/;

Deno.test("side by side, in whatever order things end and wherever a worker dies, the end is the same and nothing is paid for twice", () => {
  let shared = 0;
  let most = 0;
  let separated = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const world = makeWorld(seed, { ids: ["a", "b", "c", "d", "e"], doubts: false });
    const alone = begin(world);
    finish(alone, world);
    const wanted = statesOf(alone);
    for (const jobs of [2, 3, 5]) {
      const whole = begin(world, { jobs });
      const first = whole.events.length;
      const crew = finishTogether(whole, world, seed * 10 + jobs);
      shared += crew.shared;
      separated += count(whole.events, "batch.reverted");
      most = Math.max(most, crew.most);
      assert(crew.most <= jobs);
      assertEquals(statesOf(whole), wanted, `world ${seed}, ${jobs} at once`);
      assertNoFinishedWorkTwice(whole.events, PAID);
      for (let at = first; at < whole.events.length; at += 3) {
        const story = begin(world, { jobs });
        story.events.length = 0;
        story.events.push(...whole.events.slice(0, at));
        const cutOff = foldRun(story.events)!.criteria
          .filter((one) => one.attempts.at(-1) && !one.attempts.at(-1)!.outcome).length;
        story.worker();
        finishTogether(story, world, seed + at);
        assertEquals(statesOf(story), wanted, `world ${seed}, died after event ${at}`);
        assertNoFinishedWorkTwice(story.events, PAID);
        assert(
          count(story.events, "attempt.started") <= count(whole.events, "attempt.started") + cutOff,
          "only what was at work is started again",
        );
      }
    }
  }
  assert(most >= 3 && shared > 20 && separated > 5, `${most}, ${shared}, ${separated}`);
});

function statesOf(story: Story): unknown {
  return story.state.criteria.map((one) => [one.id, one.settled?.state]);
}

Deno.test("several that came together are looked at together; who breaks something is found one by one", () => {
  const story = new Story([{ id: "a" }, { id: "b" }], { limits: { jobs: 2 } });
  story.attempt("a", { decision: "passed" }).attempt("b", { decision: "passed" });
  const integrate = (criterion: string, attempt = 1) => {
    const before = story.state.head;
    assertEquals(nextStep(story.state), { do: "integrate", criterion, attempt });
    const head = `${before}+${criterion}`;
    story.add("attempt.integrated", { criterion, attempt, before, head, tree: head });
  };
  integrate("a");
  integrate("b");
  const a = { criterion: "a", attempt: 1 };
  const b = { criterion: "b", attempt: 1 };
  assertEquals(nextStep(story.state), { do: "recheck", ...b, with: [a] });
  const broken = [{ criterion: "a", line: "l", counterexample: "c" }];
  story.add("branch.rechecked", {
    ...b,
    with: [a],
    tree: "t",
    regressions: broken,
    undecided: [],
  });
  assertEquals(nextStep(story.state), { do: "separate", members: [a, b] });
  story.add("batch.reverted", { members: [a, b], head: "base", tree: "base-tree" });
  assertEquals(story.state.head, "base");
  integrate("a");
  assertEquals(nextStep(story.state), { do: "recheck", ...a, with: [] }, "alone");
  story.add("branch.rechecked", { ...a, tree: "t", regressions: [], undecided: [] });
  story.settle("a", "passed");
  integrate("b");
  assertEquals(nextStep(story.state), { do: "recheck", ...b, with: [] });
  story.add("branch.rechecked", { ...b, tree: "t", regressions: broken, undecided: [] });
  assertEquals(nextStep(story.state), { do: "revert", ...b });
  story.add("attempt.reverted", { ...b, head: "base+a", tree: "t" });
  const retry = attemptOf(story);
  assertEquals([retry.criterion, retry.number, retry.merged, retry.fresh], ["b", 2, true, false]);
  assertEquals(retry.retry?.kind, "regression");
});

Deno.test("as many criteria as jobs are open at once, in the plan's order, and dependents wait", () => {
  const story = new Story([{ id: "a" }, { id: "b" }, { id: "c", dependsOn: ["a"] }, { id: "d" }], {
    limits: { jobs: 2 },
    stages: [["a", "b", "d"], ["c"]],
  });
  const begun = (busy: string[]) =>
    nextSteps(story.state, { busy: new Set(busy), lane: false, nowMs: Infinity })
      .map((step) => "criterion" in step ? `${step.do} ${step.criterion}` : step.do);
  assertEquals(begun([]), ["attempt a", "attempt b"]);
  story.begin("a");
  story.begin("b");
  assertEquals(begun(["a", "b"]), []);
  story.add("attempt.ended", {
    ...{ criterion: "b", attempt: 1, usage: {}, durationMs: 1, why: "" },
    outcome: { reason: "completed" },
  });
  assertEquals(begun(["a"]), ["record b"], "an open criterion keeps its place until it is settled");
  story.settle("b", "failed");
  assertEquals(begun(["a"]), ["attempt d"], "c needs a");
});

Deno.test("who cannot go on starts nothing more, and brings what is at work to its end", () => {
  const story = new Story([{ id: "a" }, { id: "b" }, { id: "c" }], { limits: { jobs: 2 } });
  story.begin("a");
  story.attempt("b", circumstance("not_signed_in"));
  const steps = (busy: string[]) =>
    nextSteps(story.state, { busy: new Set(busy), lane: false, nowMs: Infinity })
      .map((step) => step.do);
  assertEquals(steps(["a"]), []);
  assertEquals(steps([]), ["recover"]);
  story.settle("a", "passed");
  assertEquals(steps([]), ["interrupt"]);
});

Deno.test("after a conflict the work begins again, once the branch is settled", () => {
  const story = new Story([{ id: "a" }, { id: "b" }], { limits: { jobs: 2 } });
  story.attempt("a", { decision: "passed" }).attempt("b", { decision: "passed" });
  story.add("attempt.integrated", {
    ...{ criterion: "a", attempt: 1, before: "base", head: "h", tree: "t" },
  });
  story.add("attempt.conflicted", { criterion: "b", attempt: 1, paths: ["x"] });
  assertEquals(nextSteps(story.state).map((step) => step.do), ["recheck"]);
  story.add("branch.rechecked", {
    ...{ criterion: "a", attempt: 1, tree: "t", regressions: [], undecided: [] },
  });
  story.settle("a", "passed");
  assertEquals(attemptOf(story).fresh, true);
});

Deno.test("work that conflicted is done again while nobody else is at work, and the others wait", () => {
  const ids = ["a", "b", "c", "d"];
  const story = new Story(ids.map((id) => ({ id })), { limits: { jobs: 4 } });
  for (const id of ["a", "b"]) {
    story.attempt(id, { decision: "passed" });
    story.add("attempt.conflicted", { criterion: id, attempt: 1, paths: ["x"] });
  }
  story.begin("c");
  const begun = (busy: string[]) =>
    nextSteps(story.state, { busy: new Set(busy), lane: false, nowMs: Infinity })
      .map((step) => "criterion" in step ? `${step.do} ${step.criterion}` : step.do);
  assertEquals(begun(["c"]), [], "c is at work; d does not begin beside them");
  story.settle("c", "passed");
  assertEquals(begun([]), ["attempt a"]);
  story.begin("a");
  assertEquals(begun(["a"]), [], "alone");
  story.settle("a", "passed");
  assertEquals(begun([]), ["attempt b"]);
  story.begin("b");
  story.settle("b", "passed");
  assertEquals(begun([]), ["attempt d"]);
});
