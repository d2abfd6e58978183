import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { SeedDraft } from "../../../../lib/app/interview/interview_hooks.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { answeringBench } from "../../../helpers/answering_agent.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";
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

Deno.test("checks that pass already are sent back once, with the reason; what is still wrong is told", async () => {
  const passing = {
    goal: "g",
    criteria: [{ description: "greet.sh greets", run: "test -f test.sh" }],
  };
  const drafts: SeedDraft[] = [];
  const shown = agreeable({
    seed: (_view, draft) => {
      drafts.push(draft);
      return Promise.resolve({ kind: "freeze", by: "person" });
    },
  });
  await using mended = await answeringBench(answers(SCREEN, SCORE, passing, SEED), {
    files: FILES,
  });
  const { view, progress } = await converse(mended, {}, shown);
  assertEquals([view.step, view.calls], ["over", 4]);
  assertEquals(types(progress).filter((one) => one === "seed.refused").length, 1);
  assertStringIncludes(
    await mended.note("prompt-4"),
    'Criterion 1: "test -f test.sh" passes already, before any work',
  );
  assertEquals([drafts.length, drafts[0]?.decides, drafts[0]?.remarks], [1, true, []]);

  await using stubborn = await answeringBench(answers(SCREEN, SCORE, passing, passing), {
    files: FILES,
  });
  const end = await converse(stubborn, {}, shown);
  assertEquals([end.view.step, end.view.calls], ["over", 4], "bounded");
  assertEquals([drafts.length, drafts[1]?.decides], [2, false]);
  assertStringIncludes(drafts[1]!.remarks[0]!, "Decline the seed and say what can be seen");
});

Deno.test("where the model has no other seed, the one that was sent back is shown", async () => {
  const passing = {
    goal: "g",
    criteria: [{ description: "greet.sh greets", run: "test -f test.sh" }],
  };
  await using bench = await answeringBench(answers(SCREEN, SCORE, passing), { files: FILES });
  let draft: SeedDraft | undefined;
  const left = agreeable({
    seed: (_view, shown) => {
      draft = shown;
      return Promise.resolve({ kind: "leave" });
    },
  });
  const { view } = await converse(bench, {}, left);
  assertEquals([view.step, draft?.decides], ["freeze", false]);
  const again = await converse(bench, { idea: undefined, resume: true }, left);
  assertEquals(again.view.calls, view.calls, "a resume asks nobody anew");
});

Deno.test("a check that takes the word of a test which the worker would write is sent back, and decides nothing", async () => {
  const self = { goal: "g", criteria: [{ description: "greets", run: "sh tests/new.sh" }] };
  await using bench = await answeringBench(answers(SCREEN, SCORE, self, self), { files: FILES });
  let draft: SeedDraft | undefined;
  const { view } = await converse(
    bench,
    {},
    agreeable({
      seed: (_view, shown) => {
        draft = shown;
        return Promise.resolve({ kind: "leave" });
      },
    }),
  );
  assertEquals([view.calls, draft?.decides], [4, false]);
  const what =
    'Criterion 1: "sh tests/new.sh" takes the word of "tests/new.sh", which is not there';
  assertStringIncludes(await bench.note("prompt-4"), what);
  assertStringIncludes(draft!.remarks[0]!, what);
});

Deno.test("nothing is frozen that nothing decides and no reason explains", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const text = "schema: 1\ngoal: g\nacceptance_criteria: [It is nice]\n";
  const edited = agreeable({
    seed: () => Promise.resolve({ kind: "freeze", by: "person", text }),
  });
  const error = await assertRejects(() => converse(bench, {}, edited), OuroborosError);
  assertEquals(error.code, "seed_invalid");
  assertStringIncludes(error.message, 'criterion "1" has no check and no reason');
});

Deno.test("a small fix: one screen, and a seed of about ten lines", async () => {
  const files = {
    "package.json": '{"scripts": {"test": "node --test"}}\n',
    "test/shop.spec.js": "throw new Error('expired');\n",
  };
  const seed = {
    goal: "Expired coupons are refused",
    criteria: [{ description: "x", run: "npm test" }],
  };
  await using bench = await answeringBench(answers(SCREEN, SCORE, seed), { files });
  const { view } = await converse(bench);
  const lines = (await Deno.readTextFile(view.seed!.path!)).trimEnd().split("\n");
  assertEquals([view.step, view.screens], ["over", 1]);
  assert(lines.length <= 18, lines.join("\n"));
  assert(lines.some((line) => line.trim() === "- test/**"), lines.join("\n"));
});

Deno.test("a trial that is interrupted freezes nothing, and a resume tries the checks again", async () => {
  await using dir = await tempDir();
  const [slow, started] = [`${dir.path}/slow`, `${dir.path}/started`];
  await Deno.writeTextFile(slow, "");
  const run = `if [ -e '${slow}' ]; then touch '${started}'; exec sleep 1000; fi; sh test.sh`;
  const seed = { goal: "g", criteria: [{ description: "greet.sh greets", run }] };
  await using bench = await answeringBench(answers(SCREEN, SCORE, seed), { files: FILES });
  const stop = new AbortController();
  const work = converse(bench, {}, agreeable({ interrupt: stop.signal }));
  const watcher = Deno.watchFs(dir.path);
  for await (const { paths } of watcher) if (paths.some((one) => one === started)) break;
  stop.abort();
  const { view } = await work;
  assertEquals([view.step, view.seed?.path], ["freeze", null]);
  await Deno.remove(slow);
  const again = await converse(bench, { idea: undefined, resume: true });
  assertEquals([again.view.step, again.view.calls], ["over", view.calls]);
});

Deno.test("no command of a seed runs before somebody lets it, and none where they do not", async () => {
  await using dir = await tempDir();
  const ran = `${dir.path}/ran`;
  const run = `touch '${ran}'; sh test.sh`;
  const seed = { goal: "g", criteria: [{ description: "greet.sh greets", run }] };
  await using bench = await answeringBench(answers(SCREEN, SCORE, seed), { files: FILES });
  const there = () => Deno.stat(ran).then(() => true, () => false);
  const asked: string[][] = [];
  const left = await converse(
    bench,
    {},
    agreeable({
      trial: (_view, { commands }) => {
        asked.push(commands.map((one) => one.run));
        return Promise.resolve({ kind: "leave" });
      },
    }),
  );
  assertEquals([left.view.step, asked, await there()], ["freeze", [[run]], false]);
  let draft: SeedDraft | undefined;
  const skipped = await converse(
    bench,
    { idea: undefined, resume: true },
    agreeable({
      trial: () => Promise.resolve({ kind: "skip" }),
      seed: (_view, shown) => {
        draft = shown;
        return Promise.resolve({ kind: "leave" });
      },
    }),
  );
  assertEquals([skipped.view.step, await there()], ["freeze", false]);
  assertEquals([draft?.decides, draft?.problem?.slice(0, 26)], [
    false,
    "Its checks were not tried;",
  ]);
  const agreed = await converse(
    bench,
    { idea: undefined, resume: true },
    agreeable({ trial: () => Promise.resolve({ kind: "try", unseen: true }) }),
  );
  const told = agreed.progress.flatMap((one) => one.type === "commands" ? one.commands : []);
  assertEquals([agreed.view.step, told.map((one) => one.run)], ["over", [run]]);
  assert(await there());
});

Deno.test("what should be known of a seed is told behind a yes that was said before it was seen", async () => {
  const seed = {
    goal: "g",
    criteria: [{ description: "greets", run: "sh greet.sh Ada", stdout: "Hello, Ada\n" }],
  };
  await using bench = await answeringBench(answers(SCREEN, SCORE, seed), { files: FILES });
  const frozen = agreeable({
    seed: () => Promise.resolve({ kind: "freeze", by: "auto", unseen: true }),
  });
  const { progress } = await converse(bench, {}, frozen);
  const told = progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertStringIncludes(told.join("\n"), "which work could know by heart");
});
