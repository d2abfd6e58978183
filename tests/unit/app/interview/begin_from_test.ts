import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { beginFrom } from "../../../../lib/app/interview/begin_from.ts";
import type { InterviewProgress } from "../../../../lib/app/interview/interview_hooks.ts";
import { readInterview } from "../../../../lib/app/interview/interview_log.ts";
import { loadText } from "../../../../lib/app/interview/kept_text.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { viewInterview } from "../../../../lib/engine/interview/view.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";

const NAME = "interview_interview_20260401_120000.json";

/** A file as the Python system writes it. */
function original(more: Record<string, unknown> = {}): string {
  const time = "2026-04-01T12:00:00+00:00";
  return JSON.stringify(
    {
      interview_id: "interview_20260401_120000",
      status: "in_progress",
      rounds: [
        { round_number: 1, question: "Which shop?", user_response: "Ours", timestamp: time },
        { round_number: 2, question: "How tested?", user_response: null, timestamp: time },
      ],
      initial_context: "Reject expired coupons",
      created_at: time,
      updated_at: time,
      is_brownfield: true,
      codebase_paths: [{ path: "/no/such/shop", role: "primary" }],
      codebase_context: "",
      explore_completed: false,
      ambiguity_score: 0.35,
      ambiguity_breakdown: null,
      completion_candidate_streak: 0,
      ...more,
    },
    null,
    2,
  );
}

async function begun(bench: AppBench, word: string) {
  const told: InterviewProgress[] = [];
  const emit = (one: InterviewProgress) => void told.push(one);
  const id = await beginFrom(bench.app, word, { project: bench.project, auto: null, emit });
  const notices = told.flatMap((one) => one.type === "notice" ? [one.text] : []);
  const facts = told.filter((one) => one.type === "event" && one.event.type === "facts.found");
  return { id, state: await readInterview(await bench.app.journal(), id), notices, facts };
}

async function refused(bench: AppBench, word: string): Promise<OuroborosError> {
  return await assertRejects(() => begun(bench, word), OuroborosError);
}

Deno.test("an interview of the Python system goes on at the question that waited, in the project here", async () => {
  const files = { [NAME]: original(), "package.json": '{"scripts": {"test": "node --test"}}' };
  await using bench = await appBench({ files });
  const { state, notices, facts } = await begun(bench, NAME);
  assertEquals(nextStep(state), { do: "ask", questions: ["q2"] });
  assertEquals(state.begun.project, bench.project);
  assertEquals(state.begun.imported?.score, 0.35);
  assertEquals(notices, [
    `Its project "/no/such/shop" is not here; "${bench.project}" is taken`,
    'Imported "interview_20260401_120000": 2 questions, 1 of them answered',
  ]);
  // What is found here, and what the file knew.
  assertEquals(facts.length, 1);
  const texts = state.facts!.map((one) => one.text);
  assert(texts.includes("npm test"), texts.join());
  assertEquals(texts.at(-1), "primary: /no/such/shop");
  assertEquals(viewInterview(state).answers.map((one) => one.by), ["import"]);
});

Deno.test("its own project is taken where it is, and a long idea is kept beside the events", async () => {
  await using bench = await appBench();
  const shop = join(bench.root, "shop");
  await Deno.mkdir(shop);
  const idea = "coupons ".repeat(2_000);
  const paths = [{ path: shop, role: "primary" }];
  await Deno.writeTextFile(
    join(bench.project, NAME),
    original({ initial_context: idea, codebase_paths: paths }),
  );
  const { state } = await begun(bench, NAME);
  assertEquals(state.begun.project, shop);
  assert("blob" in state.begun.idea);
  assertEquals(await loadText(await bench.app.journal(), state.begun.idea), idea);
});

Deno.test("the same file a second time is told what it became; a later state of it is another one", async () => {
  await using bench = await appBench({ files: { [NAME]: original() } });
  const { id } = await begun(bench, NAME);
  const error = await refused(bench, NAME);
  assertEquals([error.code, error.hint], [
    "nothing_to_do",
    `ouroboros interview --resume ${id}`,
  ]);
  await Deno.writeTextFile(
    join(bench.project, NAME),
    original({ updated_at: "2026-04-02T12:00:00+00:00" }),
  );
  assert((await begun(bench, NAME)).id !== id);
});

Deno.test("a file that is no such interview is an idea, or is refused with what is wrong in it", async () => {
  await using bench = await appBench({
    files: {
      "idea.json": '{"goal": "coupons"}',
      "notes.json": "not JSON at all",
      [NAME]: original().slice(0, 200),
      "interview_list.json": "[1]",
      "interview_bad.json": original({ rounds: [{ round_number: 0, question: "" }] }),
    },
  });
  for (const word of ["idea.json", "notes.json", "reject expired coupons"]) {
    assertEquals((await begun(bench, word)).state.begun.imported, null);
  }
  const cut = await refused(bench, NAME);
  assertEquals([cut.code, cut.exitCode], ["unreadable", 1]);
  assertStringIncludes(cut.message, `Import the interview "${NAME}": `);
  const other = await refused(bench, "interview_list.json");
  assertEquals([other.code, other.message], [
    "unreadable",
    'Import the interview "interview_list.json": it holds no interview',
  ]);
  const bad = await refused(bench, "interview_bad.json");
  assertEquals([bad.code, bad.exitCode], ["usage", 2]);
  assertStringIncludes(bad.message, "rounds[0].question: must not be empty");
  // Nothing of a refused one stays.
  assertEquals(
    (await bench.app.journal().then((one) => one.streams({ prefix: "interview:", limit: 10 })))
      .length,
    3,
  );
});
