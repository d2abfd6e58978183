import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { lstatIfAny } from "../../../lib/workspace/not_found.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

Deno.test("an apply that was killed at any moment is taken back to the byte", async () => {
  const names = Array.from({ length: 300 }, (_, number) => `d${number % 7}/${number}.txt`);
  const files = (text: string) =>
    Object.fromEntries(names.map((name) => [name, `${text} ${name}`]));
  await using project = await gitProject({ files: files("old") });
  const before = await fingerprint(project.dir, { times: false });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, { ...files("new"), "new/deep/x.txt": "x" });
  await project.sh("rm -r d6; echo 'a file' > d6", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const states = [];
  // How many files were changed when the kill came.
  for (const changed of [1, 150]) {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-check", "tests/helpers/git_apply_child.ts"],
        ...[project.home, project.runDir, base.commit, made.commit],
      ],
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    const ended = child.status.then(() => true);
    const target = join(project.dir, names.filter((name) => !name.startsWith("d6"))[changed] ?? "");
    const old = (await Deno.lstat(target)).ino;
    while ((await lstatIfAny(target))?.ino === old) {
      if (await Promise.race([ended, new Promise((go) => setTimeout(() => go(false), 1))])) break;
    }
    try {
      child.kill("SIGKILL");
    } catch (error) {
      // It was quicker.
      if (!(error instanceof TypeError)) throw error;
    }
    await ended;
    const reopened = await project.reopen();
    const last = (await reopened.applied()).at(-1);
    assert(last !== undefined);
    states.push(last.state);
    const undone = await reopened.undo(last.token);
    assert(undone.ok, JSON.stringify(undone));
    assertEquals(await fingerprint(project.dir, { times: false }), before);
  }
  assertEquals(states.filter((state) => state === "undone"), []);
});
