import { assert, assertEquals } from "@std/assert";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

Deno.test("passed work comes together three-way, and a conflict is listed by path", async () => {
  await using project = await gitProject({ files: { "a.txt": "1\n2\n3\n4\n5\n", "b.txt": "b\n" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const attempt = async (name: string, files: Record<string, string | null>) => {
    const { path } = await workspace.worktree(name, base.commit);
    await writeFiles(path, files);
    return (await workspace.commit(name, { parent: base.commit, message: name })).commit;
  };
  const one = await attempt("1", { "a.txt": "1 one\n2\n3\n4\n5\n", "sp ace.txt": "n\n" });
  const two = await attempt("2", { "a.txt": "1\n2\n3\n4\n5 two\n" });
  const three = await attempt("3", {
    "a.txt": "1 three\n2\n3\n4\n5\n",
    "sp ace.txt": "other\n",
    "b.txt": null,
  });
  const first = await workspace.integrate(one, base.commit);
  assertEquals(first, { ok: true, head: one, tree: await workspace.tree(one) });
  const second = await workspace.integrate(two, base.commit);
  assert(second.ok);
  assertEquals(await workspace.head(), second.head);
  const text = new TextDecoder().decode(await workspace.readFile(second.tree, "a.txt"));
  assertEquals(text, "1 one\n2\n3\n4\n5 two\n");
  const third = await workspace.integrate(three, base.commit);
  assertEquals(third, { ok: false, conflicts: ["a.txt", "sp ace.txt"] });
  assertEquals(await workspace.head(), second.head);
  assertEquals(await workspace.changed(base.commit, second.head), [
    { path: "a.txt", kind: "modified" },
    { path: "sp ace.txt", kind: "added" },
  ]);
  await workspace.moveHead(base.commit);
  assertEquals(await (await project.reopen()).head(), base.commit);
});

Deno.test("a diff can be applied by git, binary parts and modes included", async () => {
  await using project = await gitProject({
    files: { "a.txt": "1\n", "old.txt": "same\n", "b.bin": "b" },
  });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, { "a.txt": "2\n", "b.bin": new Uint8Array([0, 1, 255]), "é.txt": "é\n" });
  await project.sh("mv old.txt new.txt; chmod +x a.txt", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  await Deno.writeTextFile(
    `${project.top}/work.patch`,
    await workspace.diff(base.commit, made.commit),
  );
  await project.git(["apply", `${project.top}/work.patch`]);
  await project.git(["add", "-A"]);
  assertEquals((await project.git(["write-tree"])).trim(), made.tree);
  assertEquals(await workspace.diff(base.commit, base.tree), "");
});

Deno.test("files of a tree can be read: bytes, links, none", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.write({ "bin": new Uint8Array([0, 10, 255]), "line\nbreak": "x", "empty": "" });
  await project.sh("ln -s a.txt l");
  const workspace = await project.workspace();
  const { tree, commit } = await workspace.snapshot({});
  assertEquals(await workspace.readFile(tree, "bin"), new Uint8Array([0, 10, 255]));
  assertEquals(await workspace.readFile(commit, "line\nbreak"), new TextEncoder().encode("x"));
  assertEquals(await workspace.readFile(tree, "empty"), new Uint8Array());
  assertEquals(await workspace.readFile(tree, "l"), new TextEncoder().encode("a.txt"));
  assertEquals(await workspace.readFile(tree, "none"), undefined);
  assertEquals(await workspace.readFile(tree, "."), undefined);
});
