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

/** Work that puts a folder where the file `a` was, changes `z`, and removes `gone/old`. */
async function applied() {
  const project = await gitProject({ files: { a: "a\n", z: "z\n", "gone/old": "old\n" } });
  const before = await fingerprint(project.dir, { times: false });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh(
    "rm a; mkdir -p a/deep; echo in > a/deep/in; echo hi > b.txt; echo Y > z; rm -r gone",
    path,
  );
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const done = await workspace.apply({
    ...{ from: base.commit, to: made.commit, mode: { kind: "worktree" } },
  });
  assert(done.ok);
  return { project, workspace, before, undo: done.undo };
}

Deno.test("an undo that somebody's files stand in the way of is refused before its first change", async () => {
  for (
    const [deed, named, amends] of [
      ["echo mine > a/user", "a/user", "rm a/user"],
      ["echo mine > a/deep/user", "a/deep/user", "rm a/deep/user"],
      ["mkdir a/empty", "a/empty", "rmdir a/empty"],
      ["echo mine > gone", "gone", "rm gone"],
      ["mkdir there; ln -s there gone", "gone", "rm gone; rmdir there"],
    ] as const
  ) {
    const { project, workspace, before, undo } = await applied();
    await using _ = project;
    await project.sh(deed);
    const now = await fingerprint(project.dir);
    for (const dryRun of [true, false]) {
      const refused = await workspace.undo(undo, { dryRun });
      assertEquals([deed, refused], [deed, { ok: false, overlaps: [named] }]);
      assertEquals(await fingerprint(project.dir), now, deed);
    }
    await project.sh(amends);
    assert((await workspace.undo(undo)).ok);
    assertEquals(await fingerprint(project.dir, { times: false }), before, deed);
  }
});
