import { assertEquals, assertRejects, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { wayOn } from "../../../../lib/app/run/way_on.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { diffRun } from "../../../../lib/app/diff_run.ts";
import { appBench } from "../../../helpers/app_bench.ts";
import { storeError } from "../../../../lib/store/sqlite/sqlite_error.ts";

Deno.test("a worker that a full disk or a locked journal stopped names how its run goes on", async () => {
  await using bench = await appBench();
  const at = { runId: "run_1", project: bench.project, dir: bench.root };
  const hint = async (words: string) =>
    (await wayOn(storeError(new Error(words), "/j/journal.db"), at) as OuroborosError).hint;
  assertEquals(
    await hint("database is locked"),
    'See who holds it: lsof "/j/journal.db"; then: ouroboros resume run_1',
  );
  assertEquals(
    await hint("database or disk is full"),
    "Free some space, then: ouroboros resume run_1; " +
      "or remove the run's files: ouroboros discard run_1",
  );
  const other = new OuroborosError({ code: "git_failed", message: "Run git: no", hint: "git" });
  assertStrictEquals(await wayOn(other, at), other);
});

Deno.test("a run whose journal is removed under it says so, and where its work is", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`,
    },
    play: `echo x > one.txt; find "$notes/.." -name "journal.db*" -delete`,
  });
  const error = await assertRejects(() => bench.start({}), OuroborosError, "it was removed");
  assertEquals(error.code, "journal_unusable");
  const [run] = [...Deno.readDirSync(`${bench.app.paths.root}/runs`)];
  const worktrees = `${bench.app.paths.root}/runs/${run!.name}/worktrees`;
  assertStringIncludes(error.hint ?? "", `"${worktrees}"`);
  assertEquals(await Deno.readTextFile(`${worktrees}/c-one/one.txt`), "x\n");
});

for (const [what, away] of [["moved", "mv project moved"], ["removed", "rm -r project"]]) {
  Deno.test(`a project that is ${what} in mid-run is told as that, and the run goes on when it is back`, async () => {
    await using bench = await appBench({
      files: {
        "seed.yaml": `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`,
      },
      play: `echo x > one.txt; cd "$notes/.."; [ "$n" != 1 ] || { cp -r project kept; ${away}; }`,
    });
    const git = new Deno.Command("sh", {
      args: ["-c", "git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm a"],
      cwd: bench.project,
    });
    assertEquals((await git.output()).code, 0);
    const { view } = await bench.start({});
    const gone = `the project is no longer at "${bench.project}"`;
    assertEquals([view.state, view.reason, view.exit, view.hint], [
      "interrupted",
      `Work with run "${view.runId}": ${gone}`,
      3,
      `Put the folder back to that place, then: ouroboros resume ${view.runId}`,
    ]);
    const refused = await assertRejects(
      () => diffRun(bench.app, view.runId, {}),
      OuroborosError,
      gone,
    );
    const hint = "Put the folder back to that place, then run the same command again";
    assertEquals([refused.code, refused.hint], ["not_found", hint]);
    await Deno.rename(`${bench.root}/kept`, bench.project);
    assertEquals((await bench.resume(view.runId)).view.state, "passed");
  });
}
