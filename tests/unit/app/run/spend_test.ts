import { assertEquals, assertStringIncludes } from "@std/assert";
import { createSpend } from "../../../../lib/app/run/spend.ts";

import { Story } from "../../../helpers/run_story.ts";

/** A run with ended attempts that cost so many tokens each. */
function ended(maxTokens: number, ...costs: number[]): Story {
  const story = new Story([{ id: "a" }, { id: "b" }, { id: "c" }], {
    limits: { maxTokens, attempts: 9 },
  });
  for (const inputTokens of costs) {
    const at = story.begin("a");
    story.add("attempt.ended", {
      ...at,
      outcome: { reason: "completed" },
      usage: { inputTokens },
      durationMs: 1,
      why: "",
    });
  }
  return story;
}

Deno.test("before anything is known of the costs, nothing is kept back", () => {
  const story = ended(100);
  assertEquals(createSpend(() => story.state).refusal(3), undefined);
});

Deno.test("an attempt begins only where what attempts cost still fits", () => {
  const story = ended(100, 30, 40);
  const spend = createSpend(() => story.state);
  assertEquals(spend.refusal(0), undefined, "30 are left, and the cheapest cost 30");
  assertEquals(createSpend(() => ended(99, 30, 40).state).refusal(0), {
    over: true,
    reason: "Of 99 tokens 29 tokens are left, and a try of this run costs 30 tokens",
    more: "--max-tokens 198",
  });
  assertEquals(spend.refusal(1)?.over, false, "beside another one the dearest has to fit");
});

Deno.test("what is at work counts by what it has used, and at least by the dearest", () => {
  const story = ended(130, 40);
  const spend = createSpend(() => story.state);
  story.begin("b");
  const own = spend.begin({ criterion: "b", attempt: 1 });
  assertEquals(spend.refusal(0), undefined, "40 + 40 + 40");
  own.count({ inputTokens: 55 });
  assertEquals(spend.refusal(0)?.over, false, "40 + 55 + 40");
});

Deno.test("the ceiling ends everything that is at work, whoever reaches it", () => {
  const story = ended(100);
  const spend = createSpend(() => story.state);
  story.begin("a");
  story.begin("b");
  const [a, b] = ["a", "b"].map((criterion) => spend.begin({ criterion, attempt: 1 }));
  a!.count({ inputTokens: 60 });
  assertEquals([a!.signal.aborted, b!.signal.aborted], [false, false]);
  b!.count({ outputTokens: 40 });
  assertEquals([a!.signal.aborted, b!.signal.aborted], [true, true]);
});

Deno.test("an end that is in the journal is not counted twice", () => {
  const story = ended(100);
  const spend = createSpend(() => story.state);
  const at = story.begin("a");
  spend.begin({ criterion: "a", attempt: 1 }).count({ inputTokens: 60 });
  story.add("attempt.ended", {
    ...at,
    outcome: { reason: "failed", code: "agent_failed" },
    usage: { inputTokens: 60 },
    durationMs: 1,
    why: "",
  });
  const next = spend.begin({ criterion: "b", attempt: 1 });
  next.count({ inputTokens: 39 });
  assertEquals(next.signal.aborted, false);
  next.count({ inputTokens: 1 });
  assertEquals(next.signal.aborted, true);
});

Deno.test("dollars are a ceiling of their own", () => {
  const story = new Story([{ id: "a" }], { limits: { maxUsd: 0.5 } });
  const spend = createSpend(() => story.state);
  const at = story.begin("a");
  const own = spend.begin(at);
  own.count({ costUsd: 0.49 });
  assertEquals(own.signal.aborted, false);
  own.count({ costUsd: 0.02 });
  assertEquals(own.signal.aborted, true);
  const refusal = spend.refusal(0);
  assertStringIncludes(refusal?.reason ?? "", "$0.50");
  assertEquals(refusal?.more, "--max-usd 1");
});

function endBlind(story: Story, usage = {}): void {
  const outcome = { reason: "completed" as const };
  story.add("attempt.ended", { ...story.begin("a"), outcome, usage, durationMs: 1, why: "" });
}

Deno.test("a ceiling of which nothing is reported is told at the first try, and stops at the second", () => {
  const story = ended(100);
  const spend = createSpend(() => story.state);
  endBlind(story, { costUsd: 1 });
  assertEquals(spend.refusal(0), undefined);
  assertStringIncludes(spend.unheld()!, "nothing of what --max-tokens counts: it cannot be held");
  assertEquals(spend.unheld(), undefined, "once");
  endBlind(story);
  assertEquals(spend.refusal(0), {
    over: true,
    reason: "Nothing was reported for 2 tries, so --max-tokens (100 tokens) cannot be held; " +
      "each resume begins up to 2 more",
    more: "",
  });
  assertEquals(createSpend(() => story.state).refusal(0), undefined, "a resume goes on");
});

Deno.test("a report of nothing is a report, and a try that failed need not make one", () => {
  const story = ended(100);
  const spend = createSpend(() => story.state);
  for (let i = 0; i < 3; i++) endBlind(story, { inputTokens: 0 });
  for (let i = 0; i < 3; i++) {
    const outcome = { reason: "failed" as const, code: "agent_failed" as const };
    const at = story.begin("a");
    story.add("attempt.ended", { ...at, outcome, usage: {}, durationMs: 1, why: "" });
  }
  assertEquals([spend.unheld(), spend.refusal(0)], [undefined, undefined]);
});
