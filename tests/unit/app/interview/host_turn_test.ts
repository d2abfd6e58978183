import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { makeCallOutput } from "../../../../lib/app/interview/call_output.ts";
import { hostInterview } from "../../../../lib/app/interview/host_interview.ts";
import { saidEvents } from "../../../../lib/app/interview/host_said.ts";
import { takeDraft } from "../../../../lib/app/interview/host_think.ts";
import { hostTurn, openForHost } from "../../../../lib/app/interview/host_turn.ts";
import { readInterview } from "../../../../lib/app/interview/interview_log.ts";
import { newInterview } from "../../../../lib/app/interview/new_interview.ts";
import { interviewEvent, interviewStream } from "../../../../lib/engine/interview/events.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { scriptedAgent } from "../../../helpers/scripted_agent.ts";
import { HOST_PROJECT, hostDraft } from "../../../helpers/scripted_host.ts";

const never = new AbortController().signal;

async function begun({ app, project }: AppBench): Promise<string> {
  return await newInterview(app, { idea: "Reject expired coupons", project, auto: null });
}

Deno.test("of two calls at once one goes on, and the other is told and has written nothing", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const interviewId = await begun(bench);
  const entered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const slow = hostTurn(app, {
    ...{ interviewId, think: "host", signal: never },
    async enter(state) {
      entered.resolve();
      await gate.promise;
      return saidEvents(state, { remark: "From the slow one" }, "host");
    },
  });
  await entered.promise;
  const quick = await hostTurn(app, {
    ...{ interviewId, think: "host", signal: never },
    enter: (state) => Promise.resolve(saidEvents(state, { remark: "From the quick one" }, "host")),
  });
  gate.resolve();
  const error = await assertRejects(() => slow, OuroborosError, "in the same moment");
  assertEquals([error.code, error.retryable], ["conflict", true]);
  assertEquals(quick.do, "think");
  const state = await readInterview(await app.journal(), interviewId);
  assertEquals(state.remarks.map((one) => one.text), ["From the quick one"]);
});

Deno.test("of hosts that hand in one thought in the same moment none is turned away", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const interviewId = await begun(bench);
  const turn = { interviewId, think: "host", signal: never } as const;
  const asked = await hostTurn(app, turn);
  assert(asked.do === "think");
  const given = { thought: asked.thought, draft: hostDraft("screen", 1) };
  const entered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let looks = 0;
  const slow = hostTurn(app, {
    ...{ ...turn, repeats: true },
    async enter(state, journal) {
      const events = await takeDraft(journal, state, given);
      // The first look is before its claim, the second behind it.
      if (++looks === 2) {
        entered.resolve();
        await gate.promise;
      }
      return events;
    },
  });
  await entered.promise;
  const by = { think: "host", by: "host", signal: never } as const;
  const quick = await hostInterview(app, { interviewId, ...given }, by);
  gate.resolve();
  assertEquals(quick.do, "ask");
  assertEquals(await slow, quick);
});

Deno.test("what another version asked is asked again, as this one does", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const interviewId = await begun(bench);
  const first = await hostTurn(app, { interviewId, think: "host", signal: never });
  assert(first.do === "think");
  const journal = await app.journal();
  const stream = interviewStream(interviewId);
  const state = await readInterview(journal, interviewId);
  const { basis, by, kind } = state.thoughts[0]!;
  await journal.append(stream, [
    interviewEvent("answers.given", { answers: [], remark: "One more thing", by: "host" }),
    interviewEvent("thought.failed", {
      ...{ thought: 1, code: "cancelled", reason: "Said", problems: [], usage: {} },
      ...{ retryable: true, retryAfterSeconds: null },
    }),
    interviewEvent("thought.asked", { thought: 2, kind, basis, by, request: "of another version" }),
  ]);
  const again = await hostTurn(app, { interviewId, think: "host", signal: never });
  assertEquals(again.do === "think" && again.thought, 3);
});

Deno.test("an interview that answered itself asks, once a host takes it over", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app, project } = bench;
  const interviewId = await newInterview(app, { idea: "An idea", project, auto: { screens: 2 } });
  const state = await hostTurn(app, { interviewId, think: "host", signal: never });
  assert(state.do === "think");
  const handed = { interviewId, thought: state.thought, draft: hostDraft("screen", 1) };
  const asked = await hostInterview(app, handed, { think: "host", by: "host", signal: never });
  assertEquals(asked.do, "ask");
});

/** Calls of a host whose model writes the seed next, as its third thought. */
async function beforeSeed(bench: AppBench) {
  const interviewId = await begun(bench);
  const call = (input: Record<string, unknown>, signal = never) =>
    hostInterview(bench.app, { interviewId, ...input }, { think: "host", by: "host", signal });
  await call({});
  await call({ thought: 1, draft: hostDraft("screen", 2) });
  const review = await call({ thought: 2, draft: hostDraft("score", 1) });
  assert(review.do === "review", JSON.stringify(review));
  await call({ approve: review.review });
  return call;
}

Deno.test("checks that take too long for a call leave the seed as it is, and that is said", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const cut = new AbortController();
  const call = await beforeSeed(bench);
  const marker = join(bench.notes, "check");
  const draft = {
    goal: "Slow",
    constraints: [],
    criteria: [{ description: "It holds", run: `echo x > "${marker}"; sleep 60` }],
  };
  const cutting = (async () => {
    while (await bench.note("check") === "") await app.clock.sleep(20);
    cut.abort();
  })();
  assertEquals((await call({ thought: 3, draft })).do, "seed");
  const shown = await call({ try: 3 }, cut.signal);
  await cutting;
  assert(shown.do === "seed", JSON.stringify(shown));
  assertStringIncludes(shown.yaml, "It holds");
  assertEquals([shown.checks, shown.commands], [[], []]);
  assertStringIncludes(shown.remarks.join("\n"), "The checks were not tried: they take longer");
});

Deno.test("a seed's checks are tried where no agent is installed", async () => {
  const missing = scriptedAgent("missing");
  await using bench = await appBench({ files: HOST_PROJECT, agent: missing });
  await Deno.remove(join(bench.bin, "missing")).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const call = await beforeSeed(bench);
  const draft = {
    goal: "Reject",
    constraints: [],
    criteria: [{ description: "It holds", run: "sh test.sh && test -f done" }],
  };
  await call({ thought: 3, draft });
  const shown = await call({ try: 3 });
  assert(shown.do === "seed", JSON.stringify(shown));
  assertEquals(shown.remarks.filter((one) => one.includes("not tried")), []);
  assertEquals(shown.checks.length, 1);
});

Deno.test("what is wrong with a seed's checks is told to the host's model, once", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const call = await beforeSeed(bench);
  const draft = {
    goal: "G",
    constraints: [],
    criteria: [{ description: "d", run: "test -f test.sh" }],
  };
  await call({ thought: 3, draft });
  const asked = await call({ try: 3 });
  assert(asked.do === "think" && asked.kind === "seed", JSON.stringify(asked));
  assertEquals(asked.thought, 4);
  assertStringIncludes(asked.material, "passes already, before any work");
  assertStringIncludes(asked.material, "stands in no check");
  assertEquals(await call({}), asked, "a look asks nothing else");
  await call({ thought: 4, draft: { ...draft, goal: "H" } });
  const shown = await call({ try: 4 });
  assert(shown.do === "seed", JSON.stringify(shown));
  assertStringIncludes(shown.remarks.join("\n"), "stands in no check");
});

Deno.test("no command of a seed runs before its user lets it, and then once", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const call = await beforeSeed(bench);
  const run = `sh test.sh; echo x >> "${join(bench.notes, "ran")}"; test -f done`;
  const draft = { goal: "G", constraints: [], criteria: [{ description: "It holds", run }] };
  const shown = await call({ thought: 3, draft });
  assert(shown.do === "seed", JSON.stringify(shown));
  assertEquals(shown.commands, [{ criterion: "1", run, hidden: false, files: [] }]);
  assertEquals(shown.checks, []);
  assertStringIncludes(shown.remarks[0]!, "The checks were not tried: that takes the user's yes");
  assertEquals(await call({}), shown, "a look runs nothing");
  for (const thought of [1, 2, 4]) {
    await assertRejects(() => call({ try: thought }), OuroborosError, "another one");
  }
  assertEquals(await bench.note("ran"), "");
  const tried = await call({ try: 3 });
  assert(tried.do === "seed", JSON.stringify(tried));
  assertEquals(tried.commands, []);
  assertEquals(tried.checks.map((one) => one.says.split(":")[0]), ["fails"]);
  assertEquals(await bench.note("ran"), "x\n");
  assertEquals(await call({}), tried, "what came of it is kept");
  assertEquals(await call({ try: 3 }), tried);
  assertEquals(await bench.note("ran"), "x\n");
  const other = await call({ remark: "Another check" });
  assert(other.do === "think", JSON.stringify(other));
  await assertRejects(() => call({ try: 3 }), OuroborosError, "there is none");
  const next = await call({ thought: 4, draft: { ...draft, goal: "Another goal" } });
  assert(next.do === "seed", JSON.stringify(next));
  assertEquals(next.commands.length, 1, "a yes is for one seed");
  assertEquals(await bench.note("ran"), "x\n");
  const left = await call({ leave: 4 });
  assert(left.do === "seed", JSON.stringify(left));
  assertEquals(left.commands, []);
  assertStringIncludes(left.remarks[0]!, "The checks were not tried: the user lets no command run");
  assertEquals(await call({}), left);
  const changed = await call({ try: 4 });
  assertEquals([changed.do, await bench.note("ran")], ["seed", "x\nx\n"], "they may say yes later");
});

Deno.test("a seed with nothing to run is asked nothing", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const call = await beforeSeed(bench);
  const criteria = [{ description: "It is pretty", reason: "a matter of taste" }];
  const draft = { goal: "G", constraints: [], criteria };
  // That no command decides anything is told to the model once.
  assertEquals((await call({ thought: 3, draft })).do, "think");
  const shown = await call({ thought: 4, draft });
  assert(shown.do === "seed", JSON.stringify(shown));
  assertEquals(shown.commands, []);
  assertEquals(shown.remarks.filter((one) => one.includes("not tried")), []);
});

Deno.test("what an agent that was killed left behind is gone once a host goes on", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const interviewId = await begun(bench);
  const log = await openForHost(app, interviewId);
  await log.append(interviewEvent("facts.found", { brownfield: false, facts: [] }));
  const by = { kind: "runtime", name: "An agent" } as const;
  await log.append(interviewEvent("thought.asked", {
    ...{ thought: 1, kind: "screen", basis: "", request: "", by },
  }));
  const spool = await makeCallOutput(app, interviewId, { thought: 1, runtime: "codex" });
  await Deno.writeTextFile(`${spool}.stdout`, "half of an ans");
  const state = await hostTurn(app, { interviewId, think: "host", signal: never });
  assertEquals(state.do === "think" && state.thought, 2);
  await assertRejects(() => Deno.lstat(dirname(dirname(spool))), Deno.errors.NotFound);
});
