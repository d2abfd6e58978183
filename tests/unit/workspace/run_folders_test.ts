import { assert, assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "@std/path";
import { listRunFolders, removeLeftovers } from "../../../lib/workspace/run_folders.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject } from "../../helpers/git_project.ts";

Deno.test("run folders are listed with size and age, oldest first", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const runs = dirname(project.runDir);
  assertEquals(await listRunFolders(runs), []);
  const workspace = await project.workspace();
  await workspace.snapshot({});
  await Deno.mkdir(join(runs, "run_0"));
  await Deno.writeTextFile(join(runs, "run_0", "x"), "12345");
  await Deno.utime(join(runs, "run_0"), 1000, 1000);
  const [old, own] = await listRunFolders(runs);
  assertEquals(old, {
    id: "run_0",
    path: join(runs, "run_0"),
    bytes: 5,
    changedAt: new Date(1_000_000),
  });
  assert(own !== undefined && own.bytes > 200 && own.changedAt.getTime() > 1_000_000);
  assertEquals((await listRunFolders(runs, new Set([own.id]))).map((one) => one.id), ["run_0"]);
});

Deno.test("leftovers go, and diff, apply and undo go on working", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const before = await fingerprint(project.dir, { times: false });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  await project.sh("mkdir -p locked/in; echo x > locked/in/x; chmod 555 locked/in locked", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  await workspace.checkout(made.tree, "check");
  assert(await removeLeftovers(project.runDir) > 0);
  await assertRejects(() => Deno.lstat(path), Deno.errors.NotFound);
  const later = await project.reopen();
  assert((await later.diff(base.commit, made.commit)).includes("+2"));
  const mode = { kind: "worktree" } as const;
  const applied = await later.apply({ from: base.commit, to: made.commit, mode });
  assert(applied.ok);
  assert((await later.undo(applied.undo)).ok);
  assertEquals(await fingerprint(project.dir, { times: false }), before);
});

Deno.test("discard removes the run and nothing else", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh(`ln -s ${project.dir} project`, path);
  const before = await fingerprint(project.dir);
  const { bytes } = await workspace.discard();
  assert(bytes > 0);
  await assertRejects(() => Deno.lstat(project.runDir), Deno.errors.NotFound);
  assertEquals(await fingerprint(project.dir), before);
});
