import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

const CONTENT = { times: false };

Deno.test("the same tree again is clean again, whatever was done to the folder", async () => {
  await using project = await gitProject({
    files: {
      ".gitignore": "*.log\nbuild/\n",
      "a.txt": "1",
      "d/b.txt": "b",
      "run.sh": "#!/bin/sh\n",
    },
  });
  await project.sh("chmod +x run.sh");
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const first = await workspace.checkout(base.tree, "check");
  const clean = await fingerprint(join(first.path, "d"), CONTENT);
  await project.sh(
    `touch -r a.txt ref; printf 2 > a.txt; touch -r ref a.txt; rm ref; rm -r d; ln -s /etc d; chmod -x run.sh
     echo x > new.txt; echo x > x.log; mkdir -p build/deep empty; echo x > build/deep/x
     git init -q nested; echo x > nested/x; git commit -qam gone; git config core.hooksPath /tmp`,
    first.path,
  );
  await first.release();
  const again = await workspace.checkout(base.tree, "check");
  assertEquals(again.path, first.path);
  const names = [...Deno.readDirSync(again.path)].map((entry) => entry.name).sort();
  assertEquals(names, [".git", ".gitignore", "a.txt", "d", "run.sh"]);
  assertEquals(await Deno.readTextFile(join(again.path, "a.txt")), "1");
  assertEquals(await fingerprint(join(again.path, "d"), CONTENT), clean);
  assertEquals(((await Deno.stat(join(again.path, "run.sh"))).mode ?? 0) & 0o100, 0o100);
  assertEquals(await project.git(["status", "--porcelain", "--ignored"], again.path), "");
  assertEquals(await project.git(["config", "--default", "", "core.hooksPath"], again.path), "\n");
});

Deno.test("two at once have two folders; a released one serves another tree", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "gone.txt": "g" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, { "a.txt": "2", "gone.txt": null, "new/n.txt": "n" });
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const [one, two] = await Promise.all([
    workspace.checkout(base.tree, "check"),
    workspace.checkout(base.tree, "check"),
  ]);
  assertNotEquals(one.path, two.path);
  await one.release();
  const three = await workspace.checkout(made.tree, "check");
  assertEquals(three.path, one.path);
  const names = [...Deno.readDirSync(three.path)].map((entry) => entry.name).sort();
  assertEquals(names, [".git", "a.txt", "new"]);
  assertEquals(await Deno.readTextFile(join(three.path, "a.txt")), "2");
});

Deno.test("a folder that cannot be cleaned is given up for a new one", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const first = await workspace.checkout(base.tree, "check");
  await Deno.remove(first.path, { recursive: true });
  await Deno.writeTextFile(first.path, "a file in its place");
  await first.release();
  const again = await workspace.checkout(base.tree, "check");
  assertEquals(await Deno.readTextFile(join(again.path, "a.txt")), "1");
});

Deno.test("prepared files stay for the same key, and only for it", async () => {
  await using project = await gitProject({ files: { ".gitignore": "deps/\n", "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const first = await workspace.checkout(base.tree, "check", { keep: "lock-1" });
  assertEquals(first.prepared, false);
  await writeFiles(first.path, { "deps/x": "built" });
  await first.keep();
  await writeFiles(first.path, { "stray.txt": "s" });
  await first.release();
  const second = await workspace.checkout(base.tree, "check", { keep: "lock-1" });
  assertEquals([second.path, second.prepared], [first.path, true]);
  assertEquals(await Deno.readTextFile(join(second.path, "deps/x")), "built");
  await assertRejects(() => Deno.lstat(join(second.path, "stray.txt")), Deno.errors.NotFound);
  await second.release();
  const third = await workspace.checkout(base.tree, "check", { keep: "lock-2" });
  assertEquals(third.prepared, false);
  await assertRejects(() => Deno.lstat(join(third.path, "deps")), Deno.errors.NotFound);
  await third.release();
  const fourth = await workspace.checkout(base.tree, "check");
  assertEquals(fourth.prepared, false);
});

Deno.test("a checkout is not kept where a clean one would lack what was prepared", async () => {
  await using project = await gitProject({ files: { ".gitignore": "deps/\n", "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const kept = async (
    files: Record<string, string | null>,
    given?: (path: string) => boolean,
  ) => {
    const key = { keep: JSON.stringify([files, given !== undefined]) };
    const first = await workspace.checkout(base.tree, "check", key);
    await writeFiles(first.path, files);
    await first.keep(given);
    await first.release();
    const { prepared, release } = await workspace.checkout(base.tree, "check", key);
    await release();
    return prepared;
  };
  assertEquals(await kept({ "deps/x": "built", "a.txt": "1" }), true);
  assertEquals(await kept({ "built": "x" }), false);
  assertEquals(await kept({ "a.txt": "built" }), false);
  assertEquals(await kept({ "a.txt": null }), false);
  assertEquals(await kept({ "built": "x", "a.txt": "2" }, (path) => path !== "c"), true);
});

Deno.test("folders of a worker that died are not trusted", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const first = await workspace.checkout(base.tree, "check");
  await writeFiles(first.path, { "left.txt": "l" });
  const reopened = await project.reopen();
  const again = await reopened.checkout(base.tree, "check");
  const names = [...Deno.readDirSync(again.path)].map((entry) => entry.name).sort();
  assertEquals(names, [".git", "a.txt"]);
});

Deno.test("work that puts a link in a folder's place is refused before anything is written through it", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "node_modules\n", "api/a.txt": "1", "web/w.txt": "w" },
  });
  await project.write({ "web/node_modules/x.js": "x" });
  const outside = join(project.top, "outside");
  await Deno.mkdir(outside);
  const workspace = await project.workspace({
    project: join(project.dir, "api"),
    carry: ["../web/node_modules"],
  });
  const base = await workspace.snapshot({});
  for (const folder of ["api", "web"]) {
    const { path } = await workspace.worktree(folder, base.commit);
    await project.sh(`cd ..; rm -r ${folder}; ln -s ${outside} ${folder}`, path);
    const made = await workspace.commit(folder, { parent: base.commit, message: "m" });
    const error = await assertRejects(() => workspace.checkout(made.tree, "check"), OuroborosError);
    assertEquals([folder, error.code], [folder, "workspace_unsupported"]);
  }
  assertEquals([...Deno.readDirSync(outside)], []);
  const fine = await workspace.checkout(base.tree, "check");
  assertEquals(await Deno.readTextFile(join(fine.path, "../web/node_modules/x.js")), "x");
});
