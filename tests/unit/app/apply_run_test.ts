import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import type { App } from "../../../lib/app/app.ts";
import { applyRun, undoRun } from "../../../lib/app/apply_run.ts";
import { showRun } from "../../../lib/app/show_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../helpers/app_bench.ts";

const FILES = {
  "hello.txt": "nothing\n",
  "seed.yaml": `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`,
};
const TREE = { mode: { kind: "worktree" }, dryRun: false } as const;

function helloOf(bench: AppBench): Promise<string> {
  return Deno.readTextFile(join(bench.project, "hello.txt"));
}

Deno.test("a dry run of apply and of undo says what would change, and changes nothing", async () => {
  await using bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const { view } = await bench.start({});
  const dry = await applyRun(bench.app, view.runId, { ...TREE, dryRun: true });
  assertEquals([dry.paths, dry.dryRun], [[{ path: "hello.txt", kind: "modified" }], true]);
  assertEquals(await helloOf(bench), "nothing\n");
  assertEquals((await bench.state(view.runId)).applied, null);
});

Deno.test("a run is applied once, undone once, and can then be applied again", async () => {
  await using bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const { view } = await bench.start({});
  await assertRejects(
    () => undoRun(bench.app, view.runId, { dryRun: false }),
    OuroborosError,
    "it is not applied",
  );
  for (let round = 0; round < 2; round++) {
    await applyRun(bench.app, view.runId, TREE);
    assertEquals(await helloOf(bench), "hello\n");
    await assertRejects(
      () => applyRun(bench.app, view.runId, TREE),
      OuroborosError,
      "applied already",
    );
    await undoRun(bench.app, view.runId, { dryRun: false });
    assertEquals(await helloOf(bench), "nothing\n");
  }
});

Deno.test("what a later edit overlaps is not applied, and nothing is written", async () => {
  await using bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const { view } = await bench.start({});
  await Deno.writeTextFile(join(bench.project, "hello.txt"), "mine\n");
  const error = await assertRejects(() => applyRun(bench.app, view.runId, TREE), OuroborosError);
  assertEquals(error.code, "conflict");
  assertEquals(await helloOf(bench), "mine\n");
});

Deno.test("an apply that died before it was written down can be undone, and is not made twice", async () => {
  await using bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const { view } = await bench.start({});
  const dying: App = Object.create(bench.app, {
    journal: {
      value: async () => ({
        ...await bench.app.journal(),
        claim: () => Promise.reject(new Error("died here")),
      }),
    },
  });
  await assertRejects(() => applyRun(dying, view.runId, TREE), Error, "died here");
  assertEquals(await helloOf(bench), "hello\n");
  await assertRejects(() => applyRun(bench.app, view.runId, TREE), OuroborosError, "cut off");
  assertEquals((await showRun(bench.app, view.runId)).applyCutOff, true);
  await undoRun(bench.app, view.runId, { dryRun: false });
  assertEquals((await showRun(bench.app, view.runId)).applyCutOff, false);
  assertEquals(await helloOf(bench), "nothing\n");
  await applyRun(bench.app, view.runId, TREE);
  assertEquals((await bench.state(view.runId)).applied?.mode, "worktree");
});

Deno.test("an apply with nothing left to do says so, writes nothing down, and stands in nobody's way", async () => {
  await using bench = await appBench({ files: FILES, play: "echo hello > hello.txt" });
  const git = async (...args: string[]) => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
    const done = await new Deno.Command("git", { args: [...who, ...args], cwd: bench.project })
      .output();
    return new TextDecoder().decode(done.stdout);
  };
  await git("init", "-q", "-b", "main");
  await git("add", "-A");
  await git("commit", "-q", "-m", "first");
  const { view } = await bench.start({});
  const { version } = await bench.state(view.runId);
  await Deno.writeTextFile(join(bench.project, "hello.txt"), "hello\n");
  const modes = [TREE.mode, { kind: "commit", message: "m" }, {
    kind: "branch",
    name: "b",
  }] as const;
  for (const dryRun of [true, false]) {
    for (const mode of modes.slice(0, 2)) {
      const error = await assertRejects(
        () => applyRun(bench.app, view.runId, { mode, dryRun }),
        OuroborosError,
        "your files hold all of its changes already",
      );
      assertEquals(error.code, "nothing_to_do");
    }
  }
  await git("commit", "-qam", "by hand");
  await assertRejects(
    () => applyRun(bench.app, view.runId, { mode: modes[2], dryRun: false }),
    OuroborosError,
    "your present branch holds all of its changes already, so no branch was made",
  );
  assertEquals((await git("log", "--format=%s", "--all")).trim(), "by hand\nfirst");
  assertEquals((await bench.state(view.runId)).version, version);
  await assertRejects(
    () => undoRun(bench.app, view.runId, { dryRun: false }),
    OuroborosError,
    "not applied",
  );
  // What came back is applied and undone as ever.
  await Deno.writeTextFile(join(bench.project, "hello.txt"), "nothing\n");
  await applyRun(bench.app, view.runId, TREE);
  await undoRun(bench.app, view.runId, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
});

Deno.test("an undo that a later apply stands in the way of names that run, and else says how to go on", async () => {
  await using bench = await appBench({
    files: { ...FILES, "bye.yaml": FILES["seed.yaml"].replace("-qx hello", "-qx bye") },
    play:
      "if grep -qx hello hello.txt; then echo bye >> hello.txt; else echo hello > hello.txt; fi",
  });
  const apply = async (source: string) => {
    const { view } = await bench.start({ source: join(bench.project, source) });
    await applyRun(bench.app, view.runId, TREE);
    return view.runId;
  };
  const first = await apply("seed.yaml");
  const second = await apply("bye.yaml");
  const refused = await assertRejects(
    () => undoRun(bench.app, first, { dryRun: false }),
    OuroborosError,
    '"hello.txt"',
  );
  assertEquals(
    refused.hint,
    `ouroboros undo ${second}, for that was applied later and changed the same; ` +
      `then: ouroboros undo ${first}`,
  );
  await undoRun(bench.app, second, { dryRun: false });
  await Deno.writeTextFile(join(bench.project, "hello.txt"), "mine\n");
  const mine = await assertRejects(
    () => undoRun(bench.app, first, { dryRun: false }),
    OuroborosError,
  );
  assertEquals(
    mine.hint,
    `Move each to another place, for its edits would be lost; then: ouroboros undo ${first}`,
  );
  await Deno.rename(join(bench.project, "hello.txt"), join(bench.project, "mine.txt"));
  await undoRun(bench.app, first, { dryRun: false });
  assertEquals(await helloOf(bench), "nothing\n");
});

Deno.test("an apply names the work in it that nothing proved", async () => {
  const unsure = `
  - id: seen
    description: a person likes it
    check: { human: Ask Ada }
`;
  await using bench = await appBench({
    files: { ...FILES, "seed.yaml": FILES["seed.yaml"].trimEnd() + unsure },
    play: 'if [ "$criterion" = seen ]; then echo x > seen.txt; else echo hello > hello.txt; fi',
  });
  const { view } = await bench.start({});
  const { unproved, paths } = await applyRun(bench.app, view.runId, { ...TREE, dryRun: true });
  assertEquals(paths.map((one) => one.path), ["hello.txt", "seen.txt"]);
  assertEquals(unproved?.map((one) => [one.criterion, one.state]), [["seen", "unverified"]]);
});
