import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { indexTree } from "../../../lib/workspace/index_tree.ts";
import { createPlumbing } from "../../../lib/workspace/plumbing.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { type GitProject, gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";

const STRANGE = ["sp ace", "new\nline", '"quoted"', "back\\slash", "tab\t", "é", "-dash"];

/** The tree of the user's index by way of our private repository, near to HEAD. */
async function treeOfIndex(project: GitProject) {
  await project.workspace();
  const index = join(project.runDir, "index");
  await Deno.copyFile(join(project.dir, ".git", "index"), index);
  return await indexTree(
    createPlumbing(plainGit(project.home, project.log), project.runDir),
    { gitDir: join(project.runDir, "git"), workTree: project.dir, index },
    (await project.git(["rev-parse", "HEAD"])).trim(),
  );
}

const writeTree = async (project: GitProject, ...flags: string[]) =>
  (await project.git(["write-tree", ...flags])).trim();

Deno.test("the tree of an index is the one that git writes for it, and nothing is touched", async () => {
  await using project = await gitProject({
    files: {
      ...Object.fromEntries(STRANGE.map((name) => [`dir/${name}`, name])),
      "a": "a file",
      "b/c/d": "a folder",
      "run.sh": "true",
      "same/x": "x",
      "gone/y": "y",
    },
  });
  await project.write({ a: null, b: null, "gone/y": null });
  await project.write({
    ...Object.fromEntries(STRANGE.map((name) => [`dir/${name}`, "changed"])),
    ...Object.fromEntries(STRANGE.map((name) => [`${name}/new`, name])),
    "a/file/below": "a folder now",
    "b": "a file now",
  });
  await project.sh("chmod +x run.sh; ln -s nowhere link; git add -A");
  await project.git(["update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},module`]);
  const before = await fingerprint(project.dir);
  const made = await treeOfIndex(project);
  assertEquals(await fingerprint(project.dir), before);
  assertEquals(made.tree, await writeTree(project));
  const changed = await project.git(["diff", "--cached", "--name-only", "--no-renames", "-z"]);
  assertEquals(made.changed, changed.split("\0").length - 1);
  const refs = await project.git(["for-each-ref"], join(project.runDir, "git"));
  assertEquals(refs, "");
});

Deno.test("an index without a change has the commit's own tree", async () => {
  await using project = await gitProject({ files: { "a/b": "1" } });
  const tree = (await project.git(["rev-parse", "HEAD^{tree}"])).trim();
  assertEquals(await treeOfIndex(project), { tree, changed: 0 });
  await project.git(["rm", "-q", "a/b"]);
  assertEquals((await treeOfIndex(project)).tree, await writeTree(project));
});

Deno.test("an index may name objects that are not here", async () => {
  await using project = await gitProject({ files: { "a/b": "1", "c": "2" } });
  await project.git(["update-index", "--add", "--cacheinfo", `100644,${"2".repeat(40)},a/far`]);
  const { tree } = await treeOfIndex(project);
  assertEquals(tree, await writeTree(project, "--missing-ok"));
});

Deno.test("a path in the middle of a merge has no tree", async () => {
  await using project = await gitProject({ files: { "a.txt": "1\n" } });
  await project.sh(
    "git checkout -qb side; echo s > a.txt; git commit -qam s; git checkout -q main; echo m > a.txt; git commit -qam m; git merge side >/dev/null || true",
  );
  const error = await assertRejects(() => treeOfIndex(project), OuroborosError);
  assertEquals(error.code, "git_failed");
});
