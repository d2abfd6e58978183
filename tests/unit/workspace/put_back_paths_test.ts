import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { lstatIfAny } from "../../../lib/workspace/not_found.ts";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

const FILES = { "a.txt": "a", "tests/t.sh": "right\n", "tests/sub/u.sh": "u\n", "x[1].sh": "x" };

async function recorded(deed: string, paths: string[]) {
  const project = await gitProject({ files: FILES });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh(deed, path);
  const { tree } = await workspace.commit("1", { parent: base.commit, message: "m" });
  const made = await workspace.putBack("1", {
    ...{ tree, from: base.commit, paths, parent: base.commit, message: "m" },
  });
  return { project, workspace, base, path, made };
}

Deno.test("paths are put back in the commit: changed, removed, new, and where a link or a file took their place", async () => {
  for (
    const [deed, paths, left] of [
      ["echo : > tests/t.sh; echo b > a.txt", ["tests/t.sh"], ["a.txt"]],
      ["rm tests/t.sh", ["tests/t.sh"], []],
      ["echo n > tests/new.sh; echo y > 'x[1].sh'", ["tests/new.sh", "x[1].sh"], []],
      ["chmod +x tests/t.sh", ["tests/t.sh"], []],
      ["rm -r tests; ln -s /etc tests", ["tests/t.sh", "tests/sub/u.sh"], []],
      ["rm tests/t.sh; mkdir tests/t.sh; echo z > tests/t.sh/z", ["tests/t.sh"], []],
    ] as const
  ) {
    const { project, workspace, base, made } = await recorded(deed, [...paths]);
    await using _ = project;
    const changed = await workspace.changed(base.commit, made.commit);
    assertEquals([deed, changed.map((one) => one.path)], [deed, [...left]]);
    assertEquals(await workspace.tree(made.commit), made.tree);
  }
});

Deno.test("the worktree has the files put back when it is taken again, and nothing else is touched", async () => {
  const deed = "echo : > tests/t.sh; echo b > a.txt; echo n > tests/new.sh; echo i > kept.log; " +
    "echo '*.log' > .gitignore";
  const { project, workspace, base, path, made } = await recorded(deed, [
    "tests/t.sh",
    "tests/new.sh",
  ]);
  await using _ = project;
  assertEquals(await Deno.readTextFile(join(path, "tests/t.sh")), ":\n", "not before");
  const again = await workspace.worktree("1", made.commit);
  assertEquals(again.fresh, false);
  assertEquals(await Deno.readTextFile(join(path, "tests/t.sh")), "right\n");
  assertEquals(await lstatIfAny(join(path, "tests/new.sh")), undefined);
  assertEquals(await Deno.readTextFile(join(path, "a.txt")), "b\n");
  assertEquals(await Deno.readTextFile(join(path, "kept.log")), "i\n");
  await writeFiles(path, { "tests/t.sh": "mine\n" });
  await workspace.worktree("1", made.commit);
  assertEquals(await Deno.readTextFile(join(path, "tests/t.sh")), "mine\n", "once only");
  const next = await workspace.commit("1", { parent: made.commit, message: "m" });
  assertEquals(next.changed.map((one) => one.path), ["tests/t.sh"]);
  assertEquals(await workspace.changed(base.commit, made.commit), [
    { path: ".gitignore", kind: "added" },
    { path: "a.txt", kind: "modified" },
  ]);
});
