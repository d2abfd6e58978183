import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { SeedDraft } from "../../../../lib/app/interview/interview_hooks.ts";
import { readInterview } from "../../../../lib/app/interview/interview_log.ts";
import { latestInterview } from "../../../../lib/app/interview/latest_interview.ts";
import { interviewEvent, interviewStream } from "../../../../lib/engine/interview/events.ts";
import { startRun } from "../../../../lib/app/start_run.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { ANSWERER, answeringAgent, answeringBench } from "../../../helpers/answering_agent.ts";
import { follow, runHooks, runInput } from "../../../helpers/app_bench.ts";
import { untilNote } from "../../../helpers/app_worker.ts";
import {
  agreeable,
  answers,
  converse,
  FILES,
  GOOD,
  SCORE,
  SCREEN,
  SEED,
  types,
} from "../../../helpers/interview_converse.ts";

Deno.test("an idea becomes a seed in one screen and three calls, and the seed runs", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  let draft: SeedDraft | undefined;
  const { view, progress } = await converse(
    bench,
    {},
    agreeable({
      seed: (_view, shown) => {
        draft = shown;
        return Promise.resolve({ kind: "freeze", by: "person" });
      },
    }),
  );
  assertEquals([view.step, view.calls, view.screens], ["over", 3, 1]);
  assertEquals(types(progress), [
    "facts.found",
    "thought.asked",
    "thought.received",
    "screen.proposed",
    "answers.given",
    "thought.asked",
    "thought.received",
    "clarity.scored",
    "review.shown",
    "review.approved",
    "thought.asked",
    "thought.received",
    "seed.generated",
    "seed.frozen",
  ]);
  assertEquals(draft?.plan?.criteria[0]?.checks[0]?.now?.says, "fails", "it can decide");
  assertEquals(draft?.remarks, []);
  assertEquals(await Deno.readTextFile(view.seed!.path!), draft?.text);
  assertStringIncludes(draft!.text, "protect:");
  const dry = await follow(
    startRun(
      bench.app,
      runInput(bench, { source: view.seed!.path!, runtime: ANSWERER }),
      runHooks({ confirm: () => Promise.resolve({ go: false, anyway: false, how: "flag" }) }),
    ),
  );
  assertEquals(dry.view.criteria.map((one) => one.description), ["greet.sh greets"]);
});

Deno.test("of a seed without any command nothing is said to be tried", async () => {
  const worked = async (criterion: Record<string, unknown>) => {
    const seed = { ...SEED, criteria: [criterion] };
    // What is sent back once is written again.
    await using bench = await answeringBench(answers(SCREEN, SCORE, seed, seed), { files: FILES });
    const { progress } = await converse(bench);
    return progress.some((one) => one.type === "working" && one.text.startsWith("Tries the"));
  };
  assertEquals(await worked({ description: "It reads well", human: "Ada reads it" }), false);
  assertEquals(await worked(SEED.criteria[0]!), true);
});

Deno.test("who leaves finds the same screen again, and nothing is paid for twice", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const first = await converse(
    bench,
    {},
    agreeable({ answer: () => Promise.resolve({ kind: "leave" }) }),
  );
  assertEquals([first.view.step, first.view.calls], ["ask", 1]);
  let seen: string[] = [];
  const again = await converse(
    bench,
    { idea: undefined, resume: true },
    agreeable({
      answer: (view) => {
        seen = view.questions.map((one) => one.text);
        return agreeable().answer(view);
      },
    }),
  );
  assertEquals(seen, ["What is said without a name?"]);
  assertEquals([again.view.step, again.view.calls], ["over", 3]);
  const over = await assertRejects(
    () => converse(bench, { idea: undefined, resume: true }),
    OuroborosError,
  );
  assertEquals(over.code, "not_found", "none is open any more");
  const { path } = again.view.seed!;
  assertStringIncludes(over.message, `none is open, and the newest is frozen as "${path}"`);
  const none = await assertRejects(() => latestInterview(bench.app), OuroborosError);
  assertStringIncludes(none.message, 'none is open; the newest froze "seed_');
  assertEquals(over.hint, `ouroboros run ${path!.match(/seed_\w+(?=\.yaml$)/)![0]}`);
});

Deno.test("who is interrupted because it was abandoned elsewhere is told that, and not to go on", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const left = new AbortController();
  const { view } = await converse(
    bench,
    {},
    agreeable({
      interrupt: left.signal,
      answer: async ({ interviewId }) => {
        const journal = await bench.app.journal();
        const stream = interviewStream(interviewId);
        const epoch = await journal.claim(stream, "cancel by ada");
        const { version } = (await journal.read(stream)).at(-1)!;
        const event = interviewEvent("interview.abandoned", { by: "person", reason: "No more" });
        await journal.append(stream, [event], { expectedVersion: version, epoch });
        left.abort();
        return { kind: "leave" };
      },
    }),
  );
  assertEquals(view.next.phase, "abandoned");
});

Deno.test("a model that will not answer pauses it with the reason, and a resume asks anew", async () => {
  await using bench = await answeringBench(
    `[ -e "$notes/ready" ] || { echo "I would rather not"; exit; }
    n=$((n - 2))\n${GOOD}`,
    { files: FILES },
  );
  const { view } = await converse(bench);
  assertEquals([view.step, view.next.phase], ["stopped", "paused"]);
  assertStringIncludes(view.next.line, "I would rather not");
  await Deno.writeTextFile(join(bench.notes, "ready"), "");
  const again = await converse(bench, { idea: undefined, resume: view.interviewId });
  assertEquals(again.view.step, "over");
});

Deno.test("nobody there: the recommended answers are taken as assumptions, and named", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const nobody = () => Promise.reject(new Error("nobody is asked"));
  const { view } = await converse(
    bench,
    { auto: true },
    agreeable({ answer: nobody, review: nobody, choose: nobody }),
  );
  assertEquals(view.step, "over");
  assertEquals(
    view.assumptions.filter((one) => one.delegated).map((one) => one.text),
    ["What is said without a name? Hello, world"],
  );
});

Deno.test("what is not clear stays so, whatever the model says; nobody there ends above the threshold", async () => {
  const vague = { ...SCREEN, questions: [{ ...SCREEN.questions[0], choices: [] }] };
  await using bench = await answeringBench(answers(vague, SCORE), { files: FILES });
  const { view } = await converse(bench, { auto: true });
  assertEquals([view.step, view.seed], ["choose", null]);
  assert(view.open.length > 0);
});

Deno.test("forced, it keeps the true score; a declined seed is written again", async () => {
  await using bench = await answeringBench(answers(SCREEN, SEED, SEED), { files: FILES });
  let shown = 0;
  const { view } = await converse(
    bench,
    {},
    agreeable({
      answer: () => Promise.resolve({ kind: "force", reason: "no time", by: "person" }),
      seed: () =>
        Promise.resolve(
          ++shown === 1
            ? { kind: "decline", remark: "shorter", by: "person" }
            : { kind: "freeze", by: "person" },
        ),
    }),
  );
  assertEquals([view.step, shown, view.forced?.score, view.forced?.measured], [
    "over",
    2,
    1,
    false,
  ]);
  assertStringIncludes(await bench.note("prompt-3"), "shorter");
  const text = await Deno.readTextFile(view.seed!.path!);
  assertStringIncludes(text, "forced: true");
});

Deno.test("ideas that are none are refused before anything begins", async () => {
  await using bench = await answeringBench(GOOD, { files: { ...FILES, "bin.md": "\0\u0001" } });
  const codes: Record<string, string> = {
    "": "usage",
    "   ": "usage",
    "missing.md": "not_found",
    ".": "usage",
    ["x".repeat(50_001)]: "usage",
    "a\0b": "usage",
    "bin.md": "usage",
  };
  for (const [idea, code] of Object.entries(codes)) {
    const error = await assertRejects(() => converse(bench, { idea }), OuroborosError);
    assertEquals(error.code, code, idea.slice(0, 20));
  }
  const unknown = await assertRejects(
    () => converse(bench, { idea: undefined, resume: "interview_none" }),
    OuroborosError,
  );
  assertEquals(unknown.code, "not_found");
});

Deno.test("an idea in a file is read, and kept whole however long it is", async () => {
  const idea = `A script that greets.\n${"More of it.\n".repeat(1000)}`;
  await using bench = await answeringBench(GOOD, { files: { ...FILES, "idea.md": idea } });
  const { view } = await converse(bench, { idea: "idea.md" });
  assertEquals(view.step, "over");
  assert("blob" in view.idea);
  assertStringIncludes(await bench.note("prompt-1"), "More of it.");
  const state = await readInterview(await bench.app.journal(), view.interviewId);
  assertEquals(state.frozen?.path, view.seed?.path);
});

Deno.test("who leaves while the model thinks leaves nothing that failed, and a resume asks anew", async () => {
  await using bench = await answeringBench(
    `[ -e "$notes/ready" ] || { echo here >"$notes/ready"; sleep 1000; }\nn=$((n - 1))\n${GOOD}`,
    { files: FILES },
  );
  const leave = new AbortController();
  const held = converse(bench, {}, agreeable({ interrupt: leave.signal }));
  await untilNote(bench, "ready");
  leave.abort();
  const { view } = await held;
  assertEquals([view.step, view.next.phase], ["think", "thinking"]);
  const again = await converse(bench, { idea: undefined, resume: view.interviewId });
  assertEquals(again.view.step, "over");
});

Deno.test("an interview goes on with whoever was named to think, until another one is named", async () => {
  const base = answeringAgent();
  const complete: NonNullable<typeof base.complete> = {
    ...base.complete!,
    invoke: (request) => ({
      ...base.complete!.invoke(request),
      args: ["answer", request.model ?? "-"],
    }),
  };
  await using bench = await answeringBench(`echo "$2" >"$notes/model-$n"\n${GOOD}`, {
    files: FILES,
    agent: { ...base, complete },
  });
  const leaving = agreeable({ answer: () => Promise.resolve({ kind: "leave" }) });
  await converse(bench, { model: "wise" }, leaving);
  const resumed = { idea: undefined, resume: true, runtime: undefined } as const;
  await converse(bench, resumed, agreeable({ review: () => Promise.resolve({ kind: "leave" }) }));
  await converse(bench, { ...resumed, model: "wiser" });
  const models = await Promise.all([1, 2, 3].map((n) => bench.note(`model-${n}`)));
  assertEquals(models.map((one) => one.trim()), ["wise", "wise", "wiser"]);
});

Deno.test("who cannot think is refused before an interview goes on", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const { view } = await converse(
    bench,
    {},
    agreeable({ answer: () => Promise.resolve({ kind: "leave" }) }),
  );
  const journal = await bench.app.journal();
  const claimed = await journal.owner(interviewStream(view.interviewId));
  const error = await assertRejects(
    () => converse(bench, { idea: undefined, resume: true, runtime: "nosuch" }),
    OuroborosError,
  );
  assertEquals(error.code, "unknown_runtime");
  assertEquals(await journal.owner(interviewStream(view.interviewId)), claimed, "not claimed anew");
  const kept = await readInterview(journal, view.interviewId);
  assertEquals(kept.thinker.runtime, ANSWERER);
});

Deno.test("a call that mends an answer is counted as one more", async () => {
  await using bench = await answeringBench(answers("prose", SCREEN, SCORE, SEED), { files: FILES });
  const { view } = await converse(bench);
  assertEquals([view.step, view.calls], ["over", 4]);
});

Deno.test("without an id the newest of this project goes on, and none of another one", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const leaving = agreeable({ answer: () => Promise.resolve({ kind: "leave" }) });
  const { view } = await converse(bench, { project: bench.bin }, leaving);
  const error = await assertRejects(
    () => converse(bench, { idea: undefined, resume: true }),
    OuroborosError,
  );
  assertEquals([error.code, error.hint], [
    "not_found",
    `ouroboros interview --resume ${view.interviewId}, which is one of another project`,
  ]);
});
