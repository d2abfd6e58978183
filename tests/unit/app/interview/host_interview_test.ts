import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import type { HostInput } from "../../../../lib/app/interview/host_act.ts";
import { hostInterview } from "../../../../lib/app/interview/host_interview.ts";
import { hostSeed } from "../../../../lib/app/interview/host_seed.ts";
import type { HostState } from "../../../../lib/app/interview/host_state.ts";
import { readInterview } from "../../../../lib/app/interview/interview_log.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { startTimeOf } from "../../../../lib/process/process_table.ts";
import { appBench, openApp } from "../../../helpers/app_bench.ts";
import { HOST_PROJECT, hostDraft } from "../../../helpers/scripted_host.ts";

const IDEA = "Reject expired coupons at the checkout";

type Task<D extends HostState["do"]> = Extract<HostState, { do: D }>;

/** One call of a host, with the model of the host thinking. */
async function call<D extends HostState["do"]>(
  app: App,
  input: HostInput,
  wanted: D,
  think: "host" | "runtime" = "host",
): Promise<Task<D>> {
  const signal = new AbortController().signal;
  const state = await hostInterview(app, input, { think, by: "host", signal });
  assertEquals(state.do, wanted, JSON.stringify(state));
  return state as Task<D>;
}

async function seedOf(app: App, interviewId?: string, reason?: string): Promise<HostState> {
  const force = reason === undefined ? undefined : { reason };
  const signal = new AbortController().signal;
  return await hostSeed(app, { interviewId, force }, signal);
}

const handIn = (state: Task<"think">, draft: unknown): HostInput => ({
  interviewId: state.interviewId,
  thought: state.thought,
  draft,
});

const TAKE_FIRST = [{ question: "q1", choices: [1] }, { question: "q2", choices: [2] }];

Deno.test("the host's model draws, scores and writes; the user answers and agrees; a seed is frozen", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const screen = await call(app, { initialContext: IDEA }, "think");
  assertEquals([screen.kind, screen.thought], ["screen", 1]);
  assertStringIncludes(screen.material, IDEA);
  const asked = await call(app, handIn(screen, hostDraft("screen", 1)), "ask");
  assertEquals(asked.questions.map((one) => one.id), ["q1", "q2"]);
  assertStringIncludes(asked.understood, "Expired coupons");
  const { interviewId } = asked;
  const again = await call(app, { interviewId, answers: TAKE_FIRST }, "think");
  assertEquals(again.kind, "score");
  const review = await call(app, handIn(again, hostDraft("score", 1)), "review");
  assertEquals(review.assumptions.map((one) => one.id), ["a1", "a2"]);
  const seed = await call(app, { interviewId, approve: review.review }, "think");
  assertEquals(seed.kind, "seed");
  // As text around JSON, as many models hand it in.
  const text = `Here it is:\n${JSON.stringify(hostDraft("seed", 1))}`;
  const shown = await call(app, handIn(seed, text), "seed");
  assertStringIncludes(shown.yaml, "An expired coupon is rejected");
  assertEquals([shown.commands.length, shown.checks], [1, []]);
  const tried = await call(app, { interviewId, try: shown.thought }, "seed");
  assertEquals(tried.yaml, shown.yaml);
  assertEquals(tried.checks.map((one) => [one.criterion, one.says.split(":")[0]]), [[
    "1",
    "fails",
  ]]);
  const done = await seedOf(app);
  assert(done.do === "done");
  assertEquals(await Deno.readTextFile(done.path), shown.yaml);
  assertEquals(await seedOf(app, interviewId), done, "asked twice, it is told again");
  assertEquals(await seedOf(app), done, "without its id, too");
  await call(app, { initialContext: "Another idea" }, "think");
  await assertRejects(() => seedOf(app), OuroborosError, "none is clear enough");
  const state = await readInterview(await app.journal(), interviewId);
  assertEquals(state.thoughts.map((one) => [one.kind, one.by.kind]), [
    ["screen", "host"],
    ["score", "host"],
    ["seed", "host"],
  ]);
  assertEquals(state.questions.map((one) => one.by), ["host", "host"]);
});

Deno.test("who dies anywhere is followed by a host that is told the same", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const steps: string[] = [];
  // Every call by a host of its own, which knows nothing but the project.
  const inNewHost = async (input: HostInput = {}): Promise<HostState> => {
    const app = openApp(bench);
    try {
      const signal = new AbortController().signal;
      return await hostInterview(app, input, { think: "host", by: "host", signal });
    } finally {
      await app.close();
    }
  };
  await inNewHost({ initialContext: IDEA });
  while (true) {
    const state = await inNewHost();
    assertEquals(await inNewHost(), state, "a look changes nothing");
    steps.push("kind" in state ? `${state.do} ${state.kind}` : state.do);
    const { interviewId } = state;
    if (state.do === "think") await inNewHost(handIn(state, hostDraft(state.kind, 1)));
    else if (state.do === "ask") await inNewHost({ interviewId, answers: TAKE_FIRST });
    else if (state.do === "review") await inNewHost({ interviewId, approve: state.review });
    else break;
  }
  assertEquals(steps, ["think screen", "ask", "think score", "review", "think seed", "seed"]);
});

Deno.test("a draft that cannot be used comes back with what is wrong, three times in all", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  let state = await call(app, { initialContext: IDEA }, "think");
  for (const [draft, problem] of [["no JSON at all", "no JSON"], [{ draft: {} }, "draft.goal"]]) {
    state = await call(app, handIn(state, draft), "think");
    assertStringIncludes(state.problems.join("\n"), String(problem));
    assertStringIncludes(state.material, "COULD NOT BE USED");
  }
  const stopped = await call(app, handIn(state, 5), "stopped");
  assertEquals(stopped.code, "agent_failed");
  const fresh = await call(app, { interviewId: stopped.interviewId }, "think");
  assertEquals([fresh.thought, fresh.problems], [4, []]);
  await call(app, handIn(fresh, hostDraft("screen", 1)), "ask");
});

Deno.test("a draft is taken once: the same again is told the state, another is refused", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const state = await call(app, { initialContext: IDEA }, "think");
  const draft = hostDraft("screen", 1);
  const asked = await call(app, handIn(state, draft), "ask");
  assertEquals(await call(app, handIn(state, draft), "ask"), asked);
  const error = await assertRejects(
    () => call(app, handIn(state, hostDraft("screen", 2)), "ask"),
    OuroborosError,
    "not waited for",
  );
  assertEquals(error.code, "conflict");
  assertEquals((await readInterview(await app.journal(), state.interviewId)).screens, 1);
});

Deno.test("what the user says while the model thinks makes its draft void", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const first = await call(app, { initialContext: IDEA }, "think");
  const { interviewId } = first;
  const second = await call(app, { interviewId, remark: "Only in the web shop" }, "think");
  assertEquals(second.thought, 2);
  assertStringIncludes(second.material, "Only in the web shop");
  await assertRejects(
    () => call(app, handIn(first, hostDraft("screen", 1)), "ask"),
    OuroborosError,
  );
  await call(app, handIn(second, hostDraft("screen", 1)), "ask");
});

Deno.test("where two interviews wait for an answer it is said which one is meant", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const one = [{ question: "q1", choices: [1] }];
  const screen = await call(app, { initialContext: IDEA }, "think");
  const first = await call(app, handIn(screen, hostDraft("screen", 1)), "ask");
  const more = await call(app, { initialContext: "Another idea" }, "think");
  await call(app, { interviewId: first.interviewId, answers: one }, "ask");
  const { interviewId } = await call(app, { answer: "All of them" }, "think");
  assertEquals(interviewId, first.interviewId, "the other one waits for no answer");
  const third = await call(app, { initialContext: "A third idea" }, "think");
  await call(app, handIn(third, hostDraft("screen", 1)), "ask");
  const second = await call(app, handIn(more, hostDraft("screen", 1)), "ask");
  const error = await assertRejects(
    () => call(app, { answer: "Yes" }, "think"),
    OuroborosError,
    "both wait for one",
  );
  assertEquals(error.code, "usage");
  for (const id of [third.interviewId, second.interviewId]) {
    assertStringIncludes(error.message, id);
    assertEquals((await call(app, { interviewId: id }, "ask")).interviewId, id);
  }
});

Deno.test("a review is declined by words, and a seed too; nothing is frozen that was not agreed", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const screen = await call(app, { initialContext: IDEA }, "think");
  const { interviewId } = await call(app, handIn(screen, hostDraft("screen", 1)), "ask");
  let score = await call(app, { interviewId, answers: TAKE_FIRST }, "think");
  let review = await call(app, handIn(score, hostDraft("score", 1)), "review");
  await assertRejects(
    () => call(app, { interviewId, approve: review.review + 1 }, "think"),
    OuroborosError,
    "another one is shown",
  );
  const redrawn = await call(app, { interviewId, reject: ["a2"] }, "think");
  assertEquals(redrawn.kind, "screen");
  score = await call(app, handIn(redrawn, hostDraft("screen", 2)), "think");
  review = await call(app, handIn(score, hostDraft("score", 1)), "review");
  assertEquals((await seedOf(app)).do, "review", "without a yes there is no seed");
  const seed = await call(app, { interviewId, approve: review.review }, "think");
  await call(app, handIn(seed, hostDraft("seed", 1)), "seed");
  const other = await call(app, { interviewId, remark: "Two criteria" }, "think");
  assertEquals(other.kind, "seed");
  assertStringIncludes(other.material, "Two criteria");
});

Deno.test("what is not clear is no seed, unless it is forced; then the true score is kept", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  await assertRejects(() => seedOf(app), OuroborosError, "none is clear enough");
  const screen = await call(app, { initialContext: IDEA }, "think");
  const { interviewId } = await call(app, handIn(screen, hostDraft("screen", 1)), "ask");
  const refused = await call(app, { interviewId, finish: true }, "ask");
  assertStringIncludes(refused.reasons.join(), "not answered");
  const error = await assertRejects(() => seedOf(app, interviewId), OuroborosError, "not clear");
  assertEquals(error.code, "needs_input");
  const forced = await seedOf(app, interviewId, "The user wants to see it");
  assert(forced.do === "think" && forced.kind === "seed");
  const shown = await call(app, handIn(forced, hostDraft("seed", 1)), "seed");
  assertStringIncludes(shown.yaml, "forced: true");
  const done = await seedOf(app, interviewId);
  assertEquals([done.do, done.score, "forced" in done && done.forced], ["done", 1, true]);
});

Deno.test("another process that is at it is not disturbed", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const { interviewId } = await call(app, { initialContext: IDEA }, "think");
  await using other = new Deno.Command("cat", { stdin: "piped", stdout: "null" }).spawn();
  const { pid } = other;
  const holder = { pid, startTime: await startTimeOf(pid), since: new Date().toISOString() };
  const journal = await app.journal();
  await journal.claim(`interview:${interviewId}`, `interview ${JSON.stringify(holder)}`);
  await call(app, { interviewId }, "think");
  const error = await assertRejects(
    () => call(app, { interviewId, remark: "And gift cards" }, "think"),
    OuroborosError,
    `process ${pid} works on it`,
  );
  assertEquals(error.code, "not_allowed");
  await other.stdin.close();
  await other.status;
  await call(app, { interviewId, remark: "And gift cards" }, "think");
});
