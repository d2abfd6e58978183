import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { createProcesses } from "../../../lib/process/processes.ts";
import { gitRunner, gitVerb } from "../../../lib/workspace/git_runner.ts";
import { createRunWorkspace } from "../../../lib/workspace/open_workspace.ts";
import { gitProject } from "../../helpers/git_project.ts";

function processes() {
  const made = createProcesses({
    depth: 0,
    chain: [],
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  return { ...made, [Symbol.asyncDispose]: () => made.close() };
}

Deno.test("git over the process room: the whole way, raw bytes included", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.write({ "bin": new Uint8Array([0, 255, 10]) });
  await using room = processes();
  const env = { PATH: Deno.env.get("PATH") ?? "", HOME: project.home, GIT_DIR: "/nowhere" };
  const workspace = await createRunWorkspace({
    git: gitRunner(room, env),
    dir: project.runDir,
    project: project.dir,
    carry: { paths: [] },
    now: () => new Date(),
  });
  const base = await workspace.snapshot({});
  assertEquals(await workspace.readFile(base.tree, "bin"), new Uint8Array([0, 255, 10]));
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "a.txt", kind: "modified" }]);
});

Deno.test("a missing git, a time limit and too much output have their errors", async () => {
  await using project = await gitProject({ files: { "a.txt": "1".repeat(5000) } });
  await using room = processes();
  const nothing = gitRunner(room, { PATH: join(project.top, "no-bin"), HOME: project.home });
  const missing = await assertRejects(
    () => nothing(["--version"], { cwd: project.dir }),
    OuroborosError,
  );
  assertEquals(missing.code, "git_missing");

  const bin = join(project.top, "bin");
  await Deno.mkdir(bin);
  await Deno.writeTextFile(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
  const slow = gitRunner(room, { PATH: `${bin}:/usr/bin:/bin`, HOME: project.home });
  const late = await assertRejects(
    () => slow(["-c", "a=b", "status"], { cwd: project.dir, timeoutMs: 50 }),
    OuroborosError,
  );
  assertEquals([late.code, late.message.startsWith('Run git "status": ')], ["timed_out", true]);

  const git = gitRunner(room, { PATH: Deno.env.get("PATH") ?? "", HOME: project.home });
  const large = await assertRejects(
    () => git(["cat-file", "blob", "HEAD:a.txt"], { cwd: project.dir, maxBytes: 1000 }),
    OuroborosError,
  );
  assertEquals(large.code, "output_limit");
  const failed = await git(["rev-parse", "nope"], { cwd: project.dir });
  assertEquals([failed.code, failed.stderr.includes("nope")], [128, true]);
});

Deno.test("the verb of a command line is its first word", () => {
  assertEquals(gitVerb(["-c", "a=b", "--no-pager", "diff-tree", "-r"]), "diff-tree");
  assertEquals(gitVerb(["--version"]), "");
});
