import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { applyRun, undoRun } from "../../../lib/app/apply_run.ts";
import type { App } from "../../../lib/app/app.ts";
import { collectGarbage, discardRun } from "../../../lib/app/discard_run.ts";
import { doctor } from "../../../lib/app/doctor.ts";
import { showRun } from "../../../lib/app/show_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../helpers/app_bench.ts";

const FILES = {
  "hello.txt": "nothing\n",
  "seed.yaml": `schema: 1
goal: A greeting
acceptance_criteria:
  - { id: hello, description: It says hello, check: { run: grep -qx hello hello.txt } }
  - { id: more, description: It says more, check: { run: test -e never.txt } }
`,
};
const TREE = { mode: { kind: "worktree" }, dryRun: false } as const;
const NOW = { days: 1, dryRun: false, forgetUndo: false };

async function ended(): Promise<{ bench: AppBench; id: string }> {
  const bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals(view.state, "failed");
  return { bench, id: view.runId };
}

function helloOf(bench: AppBench): Promise<string> {
  return Deno.readTextFile(join(bench.project, "hello.txt"));
}

/** The app, days later. */
function later(app: App): App {
  const now = () => new Date(Date.now() + 3 * 86_400_000);
  return Object.create(app, { clock: { value: { ...app.clock, now } } });
}

async function cutOff(bench: AppBench, id: string): Promise<void> {
  const dying: App = Object.create(bench.app, {
    journal: {
      value: async () => ({
        ...await bench.app.journal(),
        claim: () => Promise.reject(new Error("died here")),
      }),
    },
  });
  await assertRejects(() => applyRun(dying, id, TREE), Error, "died here");
}

Deno.test("the only way back from an apply is not discarded, unless its loss is asked for", async () => {
  const { bench, id } = await ended();
  await using _ = bench;
  await applyRun(bench.app, id, TREE);
  for (const dryRun of [true, false]) {
    const error = await assertRejects(
      () => discardRun(bench.app, id, { dryRun, forgetUndo: false }),
      OuroborosError,
      "could not be taken back any more",
    );
    assertEquals(error.code, "not_allowed");
    assertStringIncludes(error.hint ?? "", `ouroboros undo ${id}`);
    assertStringIncludes(error.hint ?? "", `ouroboros discard ${id} --forget-undo`);
  }
  await undoRun(bench.app, id, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
  await applyRun(bench.app, id, TREE);
  const done = await discardRun(bench.app, id, { dryRun: false, forgetUndo: true });
  assert(done.bytes > 0);
  assertEquals(await helloOf(bench), "hello\n");
  assertEquals((await showRun(bench.app, id)).discarded, true);
});

Deno.test("an apply that was cut off is named, and keeps its run from being discarded or collected", async () => {
  const { bench, id } = await ended();
  await using _ = bench;
  await cutOff(bench, id);
  assertEquals((await showRun(bench.app, id)).applyCutOff, true);
  const found = JSON.stringify(await doctor(bench.app));
  assertStringIncludes(found, `an apply of run ${id} was cut off`);
  await assertRejects(
    () => discardRun(bench.app, id, { dryRun: false, forgetUndo: false }),
    OuroborosError,
    "an apply of it was cut off",
  );
  await collectGarbage(later(bench.app), NOW);
  await undoRun(bench.app, id, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
  await discardRun(bench.app, id, { dryRun: false, forgetUndo: false });
  assert(!JSON.stringify(await doctor(bench.app)).includes("was cut off"));
});

Deno.test("a collection keeps what an undo needs, takes the rest, and takes all where it is told to", async () => {
  const { bench, id } = await ended();
  await using _ = bench;
  await applyRun(bench.app, id, TREE);
  const app = later(bench.app);
  const dry = await collectGarbage(app, { ...NOW, dryRun: true });
  const { removed } = await collectGarbage(app, NOW);
  assertEquals(removed, dry.removed);
  assertEquals(removed.map((one) => one.runId), [id]);
  assertStringIncludes(removed[0]!.why, "kept: what undo needs");
  assertEquals(
    await collectGarbage(app, NOW),
    { removed: [], young: [], left: [] },
    "no more is to be had",
  );
  assertEquals((await bench.state(id)).discarded, false);
  await undoRun(bench.app, id, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
  await applyRun(bench.app, id, TREE);
  const all = await collectGarbage(later(app), { ...NOW, forgetUndo: true });
  assertEquals([all.removed.length, (await bench.state(id)).discarded], [1, true]);
});

Deno.test("runs whose journal was moved away are named, and what an undo needs waits for it", async () => {
  const { bench, id } = await ended();
  await using _ = bench;
  await applyRun(bench.app, id, TREE);
  const { journal } = bench.app.paths;
  const move = async (from: string, to: string) => {
    for (const end of ["", "-wal", "-shm"]) {
      await Deno.rename(from + end, to + end).catch(() => {});
    }
  };
  assert(!JSON.stringify(await doctor(bench.app)).includes("not in the journal"));
  await move(journal, `${journal}.damaged`);
  const found = JSON.stringify(await doctor(bench.app));
  assertStringIncludes(found, "files of a run that is not in the journal");
  assertStringIncludes(found, `Put it back as ${journal}`);
  const { removed } = await collectGarbage(later(bench.app), NOW);
  assertEquals(removed.map((one) => one.why), [
    "no run of this id is in the journal; kept: what undo needs",
  ]);
  await move(`${journal}.damaged`, journal);
  await undoRun(bench.app, id, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
});

Deno.test("an apply onto a branch changed no file, and keeps nothing", async () => {
  const { bench, id } = await ended();
  await using _ = bench;
  const git = (...args: string[]) =>
    new Deno.Command("git", {
      args: ["-c", "user.name=a", "-c", "user.email=a@b", ...args],
      cwd: bench.project,
    }).output();
  await git("init", "-q");
  await git("config", "user.name", "a");
  await git("config", "user.email", "a@b");
  await git("add", "-A");
  await git("commit", "-q", "-m", "first");
  await applyRun(bench.app, id, { mode: { kind: "branch", name: "hello" }, dryRun: false });
  await discardRun(bench.app, id, { dryRun: false, forgetUndo: false });
  assertEquals((await bench.state(id)).discarded, true);
});

Deno.test("a collection also removes what killed commands left in the folder for temporary files", async () => {
  await using bench = await appBench();
  const tmp = join(bench.root, "tmp");
  await Deno.mkdir(join(tmp, "ouroboros-plan-0a1b2c3d"), { recursive: true });
  const { environment } = bench.app;
  const get = (name: string) => name === "TMPDIR" ? tmp : environment.get(name);
  const app: App = Object.create(bench.app, { environment: { value: { ...environment, get } } });
  const names = () => [...Deno.readDirSync(tmp)].map((one) => one.name);
  await collectGarbage(app, { ...NOW, dryRun: true });
  assertEquals(names().length, 1);
  await collectGarbage(app, NOW);
  assertEquals(names(), []);
});
