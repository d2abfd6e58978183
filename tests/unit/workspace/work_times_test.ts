import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

const OBJECT = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]);

/** A project, a work on it that builds in the tree, and the times of a checkout of that work. */
async function built(guards?: (path: string) => boolean) {
  const project = await gitProject({
    files: {
      "Makefile": "t: t.c a.c\n",
      "t.c": "t\n",
      "a.c": "a\n",
      "data.bin": "\0",
      "tool": "x",
    },
  });
  await project.sh("chmod +x tool && git commit -qam mode");
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, {
    "a.c": "right\n",
    "a.o": OBJECT,
    "t": "#!/bin/sh\nexit 0\n",
    "note.txt": "text\n",
    "pkg/__pycache__/m.cpython-312.pyc": OBJECT,
    "pkg/old.pyc": OBJECT,
    "pkg/m.py": "pass\n",
  });
  await project.sh("chmod +x t", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  // Where git ignores bytecode, it is in no tree at all.
  assert(made.changed.some(({ path }) => path === "pkg/old.pyc"));
  const work = { base: base.tree, ...(guards ? { guards } : {}) };
  const take = (tree = made.tree, from = work) => workspace.checkout(tree, "check", { work: from });
  return { project, base, made, take, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
}

const timeOf = async (folder: string, name: string) =>
  (await Deno.stat(join(folder, name))).mtime!.getTime();

Deno.test("What a work added that may have been built is an hour older than all else", async () => {
  await using bench = await built();
  const begun = Date.now();
  for (const round of ["fresh", "used again"]) {
    const { path, release } = await bench.take();
    const others = ["Makefile", "t.c", "a.c", "note.txt", "data.bin", "tool", "pkg/m.py"];
    const oldest = Math.min(...await Promise.all(others.map((name) => timeOf(path, name))));
    assert(oldest > begun - 60_000, round);
    for (const name of ["a.o", "t"]) {
      assert(await timeOf(path, name) <= oldest - 3_500_000, `${name}, ${round}`);
    }
    await release();
  }
});

Deno.test("A used folder's other files are never older than what may have been built", async () => {
  await using bench = await built();
  const first = await bench.take(bench.base.tree);
  await first.release();
  const { path } = await bench.take();
  assertEquals(path, first.path);
  assert(await timeOf(path, "t") <= await timeOf(path, "t.c") - 3_500_000);
});

Deno.test("What is not the work's to change is newest, and git sees no change", async () => {
  await using bench = await built((path) => path === "t.c" || path === "Makefile");
  const { path } = await bench.take();
  for (const name of ["a.c", "note.txt", "a.o", "t", "pkg/m.py"]) {
    const exact = `test t.c -nt ${name} && test Makefile -nt ${name}`;
    assertEquals(await bench.project.sh(exact, path), "", name);
  }
  // Plumbing, which does not look again: bytecode alone is gone.
  assertEquals(
    await bench.project.sh("git diff-files --name-only", path),
    "pkg/__pycache__/m.cpython-312.pyc\npkg/old.pyc\n",
  );
});

Deno.test("Bytecode that a work added is not there, and that of the base is", async () => {
  await using bench = await built();
  const { path, release } = await bench.take();
  await assertRejects(() => Deno.lstat(join(path, "pkg/old.pyc")), Deno.errors.NotFound);
  await assertRejects(
    () => Deno.lstat(join(path, "pkg/__pycache__/m.cpython-312.pyc")),
    Deno.errors.NotFound,
  );
  await release();
  const same = await bench.take(bench.made.tree, { base: bench.made.tree });
  assertEquals(await Deno.readFile(join(same.path, "pkg/old.pyc")), OBJECT);
});

Deno.test("A file behind a link of what is carried along is not taken for the work's", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "deps\n", "lib/x.pyc": "base", "a": "a" },
  });
  await project.sh("mkdir deps && ln -s ../lib deps/p");
  const workspace = await project.workspace({ carry: ["deps"] });
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  const bare = await project.workspace();
  await Deno.remove(join(path, "deps"), { recursive: true });
  await writeFiles(path, { ".gitignore": "", "deps/p/x.pyc": "theirs" });
  const made = await bare.commit("1", { parent: base.commit, message: "m" });
  assert(made.changed.some((one) => one.path === "deps/p/x.pyc"));
  await (await workspace.checkout(base.tree, "check")).release();
  const checkout = await workspace.checkout(made.tree, "check", { work: { base: base.tree } });
  assertEquals(await Deno.readLink(join(checkout.path, "deps/p")), "../lib");
  assertEquals(await Deno.readTextFile(join(checkout.path, "lib/x.pyc")), "base");
});
