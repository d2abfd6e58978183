import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { projectFolder, workFolder } from "../../../lib/app/project_folder.ts";
import { exportReceipts } from "../../../lib/app/receipts/export_receipts.ts";
import { readTar } from "../../../lib/app/receipts/tar.ts";
import { startRun } from "../../../lib/app/start_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, follow, openApp, runHooks, runInput } from "../../helpers/app_bench.ts";
import { writeFiles } from "../../helpers/git_project.ts";
import { RECEIPT_FILES } from "../../helpers/receipt_bench.ts";

const HINT = "ouroboros run SEED --cwd DIR";

Deno.test("a project is a folder that is there", async () => {
  await using bench = await appBench({ files: { "a.txt": "a" } });
  assertEquals(await projectFolder(bench.app, ".", HINT), bench.project);
  for (
    const [folder, detail] of [["none", "there is no such folder"], ["a.txt", "it is no fold"]]
  ) {
    const refused = await assertRejects(() => workFolder(bench.app, folder!, HINT), OuroborosError);
    assertEquals([refused.code, refused.hint], ["not_found", HINT]);
    assert(refused.message.includes(detail!));
  }
});

Deno.test("no home folder, none above one, and not our own is worked on, also by way of a link", async () => {
  await using bench = await appBench();
  const { app, root } = bench;
  const home = join(root, "home");
  await Deno.mkdir(join(root, "ours"));
  await Deno.symlink(home, join(root, "link"));
  for (const folder of [home, root, "/", join(root, "link"), join(root, "ours")]) {
    const refused = await assertRejects(() => workFolder(app, folder, HINT), OuroborosError);
    assertEquals([refused.code, refused.hint], ["usage", HINT]);
  }
  await Deno.mkdir(join(home, "shop"));
  assertEquals(await workFolder(app, join(home, "shop"), HINT), join(home, "shop"));
  // A repository says which of the files there are meant.
  await new Deno.Command("git", { args: ["init", "-q", home] }).output();
  assertEquals(await workFolder(app, home, HINT), home);
});

Deno.test("a run in the home folder is refused, and nothing is made of it", async () => {
  await using bench = await appBench({ files: RECEIPT_FILES });
  const home = join(bench.root, "home");
  const source = join(bench.project, "seed.yaml");
  const refused = await assertRejects(() => bench.start({ source, project: home }), OuroborosError);
  assertEquals(refused.code, "usage");
  await assertRejects(() => Deno.stat(join(bench.root, "ours")), Deno.errors.NotFound);
});

for (const git of [true, false]) {
  Deno.test(`no file of ours is part of a run, where our folder lies in a project ${git ? "with" : "without"} git`, async () => {
    await using bench = await appBench({
      // Where the project's own rules would take it in again.
      files: { ...RECEIPT_FILES, ".gitignore": "!*\n!.ours/\n" },
      play: "echo 'echo hello' > greet.sh",
    });
    if (git) await new Deno.Command("git", { args: ["init", "-q", bench.project] }).output();
    const ours = join(bench.project, ".ours");
    await writeFiles(ours, { "mcp-token": "let-me-in", "runs/run_0/note.txt": "let-me-in" });
    await using app = Object.assign(openApp(bench, { env: { OUROBOROS_HOME: ours } }), {
      async [Symbol.asyncDispose](this: { close(): Promise<void> }) {
        await this.close();
      },
    });
    const { view } = await follow(startRun(app, runInput(bench), runHooks()));
    assertEquals(view.state, "passed");
    const file = join(bench.root, "receipts.tar");
    await exportReceipts(app, { run: view.runId, file, dryRun: false });
    const bundle = join(bench.root, "trees.bundle");
    await Deno.writeFile(bundle, readTar(await Deno.readFile(file)).get("trees.bundle")!);
    const run = async (...args: string[]) =>
      new TextDecoder().decode(
        (await new Deno.Command("git", { args, cwd: bench.root }).output()).stdout,
      );
    await run("clone", "-q", "-b", "work-1", bundle, "clone");
    const names = await run("-C", "clone", "log", "--all", "--name-only", "--format=");
    assert(names.includes("check.sh"), names);
    assertEquals(names.includes(".ours"), false, names);
  });
}
