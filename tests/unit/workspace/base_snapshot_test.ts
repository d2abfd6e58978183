import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { RunWorkspace } from "../../../lib/workspace/run_workspace.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject } from "../../helpers/git_project.ts";

async function textOfFile(workspace: RunWorkspace, tree: string, path: string): Promise<string> {
  const bytes = await workspace.readFile(tree, path);
  return bytes === undefined ? "(none)" : new TextDecoder().decode(bytes);
}

Deno.test("a snapshot holds tracked, staged, changed and new files, and touches nothing", async () => {
  await using project = await gitProject({
    files: {
      "kept.txt": "kept",
      "changed.txt": "1",
      "gone.txt": "x",
      "staged.txt": "1",
      ".gitignore": "*.log\n",
    },
  });
  await project.write({
    "changed.txt": "2",
    "gone.txt": null,
    "staged.txt": "2",
    "new dir/new.txt": "new",
    "noise.log": "ignored",
    ".env": "SECRET=1",
  });
  await project.git(["add", "staged.txt"]);
  await project.write({ "staged.txt": "3" });
  await project.sh("echo 'exit 1' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit");
  await project.sh("git stash list; git stash create >/dev/null");
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), [
    ".gitignore",
    "changed.txt",
    "kept.txt",
    "new dir/new.txt",
    "staged.txt",
  ]);
  assertEquals(await textOfFile(workspace, base.tree, "changed.txt"), "2");
  assertEquals(await textOfFile(workspace, base.tree, "staged.txt"), "3");
  assertEquals(await textOfFile(workspace, base.tree, "gone.txt"), "(none)");
  assertEquals([base.dirty, base.files, base.branch], [4, 5, "main"]);
  assertEquals(base.head, (await project.git(["rev-parse", "HEAD"])).trim());
  assertEquals(base.notices, [
    'Left out: ".env"; name in workspace.carry what checks need of it',
  ]);
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a secret that git tracks is part of the project, and nothing is said about it", async () => {
  await using project = await gitProject({ files: { ".env": "SHARED=1", "a.txt": "a" } });
  await project.write({ ".env": "SHARED=2" });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(base.notices, []);
  assertEquals(await textOfFile(workspace, base.tree, ".env"), "SHARED=2");
});

Deno.test("a change within the second of the last staging is seen", async () => {
  await using project = await gitProject({ files: { "a.txt": "one" } });
  // Same size, and a modification time that is not later than the index's.
  await project.sh(
    "touch -d '2020-01-01 00:00:00' a.txt; git add a.txt; " +
      "touch -d '2020-01-01 00:00:00' .git/index; printf two > a.txt; touch -d '2020-01-01 00:00:00' a.txt",
  );
  await project.sh(
    "git -c core.trustctime=false diff-files --quiet && git config core.trustctime false || true",
  );
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await textOfFile(workspace, base.tree, "a.txt"), "two");
});

Deno.test("a snapshot of a ref has that commit's files, whatever lies on disk", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.write({ "a.txt": "2", "b.txt": "b" });
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({ ref: "main" });
  assertEquals(await workspace.listFiles(base.tree), ["a.txt"]);
  assertEquals(await textOfFile(workspace, base.tree, "a.txt"), "1");
  assertEquals(base.dirty, 0);
  const error = await assertRejects(
    () => workspace.snapshot({ ref: "--output=x" }),
    OuroborosError,
  );
  assertEquals(error.code, "not_found");
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a project without git is taken without what is built or secret", async () => {
  await using project = await gitProject({
    git: false,
    files: { "a.py": "1", "node_modules/x/index.js": "x", ".env": "S=1", "sub/b.txt": "b" },
  });
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), ["a.py", "sub/b.txt"]);
  assertEquals([base.head, base.branch, base.dirty], [null, null, 2]);
  assertEquals(base.notices, [
    'Left out: ".env", "node_modules"; name in workspace.carry what checks need of it',
  ]);
  await assertRejects(
    () => workspace.snapshot({ ref: "HEAD" }),
    OuroborosError,
    "no git repository",
  );
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a repository without a commit is taken, staged or not", async () => {
  await using project = await gitProject({ git: "empty", files: { "a.txt": "a", "b.txt": "b" } });
  await project.git(["add", "a.txt"]);
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), ["a.txt", "b.txt"]);
  assertEquals([base.head, base.branch, base.dirty], [null, "main", 2]);
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("an empty project has an empty base", async () => {
  await using project = await gitProject({ git: false });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), []);
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "first.txt"), "1");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "first.txt", kind: "added" }]);
});

Deno.test("repositories within are taken as files, and none of their programs run", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  await project.write({ "inner/b.txt": "b", "inner/deep/c.txt": "c", "inner/x.log": "no" });
  await project.write({ "inner/.gitignore": "*.log\n" });
  await project.sh("cd inner && git init -q && git add -A && git commit -qm i");
  await project.sh("mkdir -p inner/two && cd inner/two && git init -q && echo d > d.txt");
  const mark = join(project.top, "ran");
  await project.sh(
    `cd inner && git config core.fsmonitor 'touch ${mark}' && git config filter.x.clean 'touch ${mark}; cat'`,
  );
  await project.write({ "inner/.gitattributes": "* filter=x\n" });
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), [
    "a.txt",
    "inner/.gitattributes",
    "inner/.gitignore",
    "inner/b.txt",
    "inner/deep/c.txt",
    "inner/two/d.txt",
  ]);
  assertStringIncludes(base.notices.join("\n"), 'Repository "inner" within the project is taken');
  assertEquals(await fingerprint(project.dir), before);
  await assertRejects(() => Deno.lstat(mark), Deno.errors.NotFound);
});

Deno.test("a submodule is taken as it is checked out", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  await project.sh(
    "git init -q ../lib && cd ../lib && echo 1 > l.txt && git add -A && git commit -qm l",
  );
  await project.sh(
    "git -c protocol.file.allow=always submodule --quiet add ../lib lib; git commit -qm s",
  );
  await project.write({ "lib/l.txt": "changed", "lib/new.txt": "new" });
  await project.sh(
    "git -c protocol.file.allow=always submodule --quiet add ../lib gone; git commit -qm s2; git submodule --quiet deinit gone",
  );
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), [
    ".gitmodules",
    "a.txt",
    "gone",
    "lib/l.txt",
    "lib/new.txt",
  ]);
  assertEquals(await textOfFile(workspace, base.tree, "lib/l.txt"), "changed");
  assertStringIncludes(base.notices.join("\n"), 'Submodule "lib" is taken as plain files');
  // The submodule's own history is not readable from here, and the worktree needs none of it.
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "lib", "l.txt")), "changed");
  await Deno.writeTextFile(join(path, "lib", "l.txt"), "by agent");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "lib/l.txt", kind: "modified" }]);
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("names of any kind survive", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  const names = [
    "with space.txt",
    "line\nbreak.txt",
    "quo\"te'.txt",
    "-dash",
    "--force",
    "back\\slash",
    "tab\there",
    "star*[x]?.txt",
    ":(top)magic",
    "#hash",
    "!bang",
    "cafe\u0301.txt",
    "caf\u00e9.txt",
    "Case.txt",
    "case.txt",
    "日本語/ファイル.txt",
    " lead",
    "trail ",
    "@{u}",
  ];
  for (const name of names) await project.write({ [name]: name });
  await project.sh("printf x > \"$(printf 'latin\\351')\"");
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const listed = await workspace.listFiles(base.tree);
  assertEquals(listed.sort(), [...names, "a.txt", "latin\ufffd"].sort());
  for (const name of names) assertEquals(await textOfFile(workspace, base.tree, name), name);
  const { path } = await workspace.worktree("1", base.commit);
  for (const name of names) assertEquals(await Deno.readTextFile(join(path, name)), name);
  assertEquals((await workspace.commit("1", { parent: base.commit, message: "m" })).changed, []);
  for (const name of names) await Deno.writeTextFile(join(path, name), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.path).sort(), [...names].sort());
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("links, executable files and empty folders", async () => {
  await using project = await gitProject({ files: { "a.txt": "a", "run.sh": "#!/bin/sh\n" } });
  await project.sh(
    "chmod +x run.sh; ln -s a.txt link; ln -s nowhere dangling; ln -s ../home out; mkdir empty",
  );
  await project.git(["add", "-A"]);
  await project.sh("ln -s /etc/hostname absolute; git add absolute");
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals((await workspace.listEntries(base.tree)).map(({ path, kind }) => [path, kind]), [
    ["a.txt", "file"],
    ["absolute", "link"],
    ["dangling", "link"],
    ["link", "link"],
    ["out", "link"],
    ["run.sh", "executable"],
  ]);
  assertEquals(base.notices, [
    'Symbolic links lead out of the project: "absolute", "out"; ' +
    "what is done through them happens there",
  ]);
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await Deno.readLink(join(path, "dangling")), "nowhere");
  assertEquals(((await Deno.stat(join(path, "run.sh"))).mode ?? 0) & 0o100, 0o100);
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a project in a folder of a repository has paths of its own", async () => {
  await using project = await gitProject({
    files: { "root.txt": "r", "packages/api/a.txt": "a", "packages/web/w.txt": "w" },
  });
  await project.write({ "packages/api/new.txt": "n" });
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace({ project: join(project.dir, "packages/api") });
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), [
    "a.txt",
    "new.txt",
    "../web/w.txt",
    "../../root.txt",
  ]);
  assertEquals(await textOfFile(workspace, base.tree, "../../root.txt"), "r");
  await assertRejects(() => workspace.readFile(base.tree, "../../../x"), OuroborosError, "leaves");
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "a.txt")), "a");
  await Deno.writeTextFile(join(path, "..", "web", "w.txt"), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "../web/w.txt", kind: "modified" }]);
  const checkout = await workspace.checkout(made.tree, "check");
  assertEquals(await Deno.readTextFile(join(checkout.path, "../web/w.txt")), "2");
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a folder that its repository ignores is a project of its own", async () => {
  await using project = await gitProject({ files: { ".gitignore": "/scratch/\n", "a.txt": "a" } });
  await project.write({ "scratch/idea/b.txt": "b" });
  const workspace = await project.workspace({ project: join(project.dir, "scratch/idea") });
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), ["b.txt"]);
  assertEquals(base.head, null);
});

Deno.test("a detached HEAD, a shallow clone, a linked worktree and a split index", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.sh("echo 2 > a.txt; git commit -qam 2; echo 3 > a.txt; git commit -qam 3");
  await project.sh(`git clone -q --depth 1 "file://$PWD" ../shallow`);
  await project.sh("git worktree add -q ../linked HEAD~1");
  await project.sh(
    "git checkout -q --detach; git update-index --split-index; echo 4 > a.txt; echo n > n.txt",
  );
  const places = ["project", "shallow", "linked"].map((name) => join(project.top, name));
  await Deno.writeTextFile(join(project.top, "linked", "l.txt"), "l");
  await Deno.writeTextFile(join(project.top, "shallow", "s.txt"), "s");
  const expected: [string | null, string[]][] = [
    [null, ["a.txt", "n.txt"]],
    ["main", ["a.txt", "s.txt"]],
    [null, ["a.txt", "l.txt"]],
  ];
  for (const [at, place] of places.entries()) {
    const before = await Promise.all(places.map((each) => fingerprint(each)));
    const workspace = await project.workspace({ project: place });
    const base = await workspace.snapshot({});
    assertEquals([base.branch, await workspace.listFiles(base.tree)], expected[at]);
    const { path } = await workspace.worktree("1", base.commit);
    assertEquals(await project.git(["status", "--porcelain"], path), "");
    assertStringIncludes(
      await project.git(["log", "--format=%s"], path),
      "Base of the run\n3\n".slice(0, 15),
    );
    await workspace.commit("1", { parent: base.commit, message: "m" });
    assertEquals(await Promise.all(places.map((each) => fingerprint(each))), before);
    await workspace.discard();
  }
});

Deno.test("settings of the user's that start programs are not obeyed", async () => {
  await using project = await gitProject({
    files: { "a.txt": "a", ".gitattributes": "*.bin filter=lfs\n*.md filter=x\n" },
  });
  const mark = join(project.top, "ran");
  await project.write({ "big.bin": "real bytes", "doc.md": "doc" });
  // What Git LFS does: the blob is a pointer, the file holds the bytes.
  await project.sh(
    "git config filter.lfs.clean 'echo pointer'; git config filter.lfs.smudge 'echo real bytes'; git add big.bin; git commit -qm lfs",
  );
  await project.sh(
    `git config filter.lfs.clean 'touch ${mark}; echo pointer'; git config filter.lfs.required true; git config filter.x.process 'touch ${mark}'; git config filter.x.required true`,
  );
  await project.sh(
    `git config commit.gpgsign true; git config gpg.program 'touch ${mark}'; git config core.fsmonitor 'touch ${mark}'`,
  );
  await project.sh(
    `mkdir h; for n in pre-commit post-checkout post-index-change reference-transaction post-commit; do printf '#!/bin/sh\\ntouch ${mark}\\nexit 1\\n' > h/$n; done; chmod +x h/*; cp h/* .git/hooks/; git config core.hooksPath "$PWD/h"`,
  );
  await Deno.remove(mark).catch(() => {});
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "big.bin")), "real bytes");
  assertEquals(await Deno.readTextFile(join(path, "doc.md")), "doc");
  assertStringIncludes(base.notices.join("\n"), "behind a git filter");
  await Deno.writeTextFile(join(path, "big.bin"), "more");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.path), ["big.bin"]);
  await workspace.reset("1", base.commit);
  await (await workspace.checkout(made.tree, "check")).release();
  assertEquals(await fingerprint(project.dir), before);
  await assertRejects(() => Deno.lstat(mark), Deno.errors.NotFound);
});

Deno.test("line ends come out as the user's settings have them", async () => {
  await using project = await gitProject({ files: { "a.txt": "x" } });
  await project.git(["config", "core.autocrlf", "true"]);
  await project.write({ "a.txt": "one\r\ntwo\r\n" });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await textOfFile(workspace, base.tree, "a.txt"), "one\ntwo\n");
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "a.txt")), "one\r\ntwo\r\n");
  assertEquals((await workspace.commit("1", { parent: base.commit, message: "m" })).changed, []);
});

Deno.test("sparse checkouts stay sparse, and files git does not look at are named", async () => {
  await using project = await gitProject({
    files: { "a/1.txt": "1", "b/2.txt": "2", "local.cfg": "shared" },
  });
  await project.git(["sparse-checkout", "set", "a"]);
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), ["a/1.txt", "b/2.txt", "local.cfg"]);
  assertEquals(base.dirty, 0);
  const { path } = await workspace.worktree("1", base.commit);
  await assertRejects(() => Deno.lstat(join(path, "b")), Deno.errors.NotFound);
  assertEquals((await workspace.commit("1", { parent: base.commit, message: "m" })).changed, []);
  assertEquals(await fingerprint(project.dir), before);
  await workspace.discard();
  await project.git(["sparse-checkout", "disable"]);
  await project.git(["update-index", "--skip-worktree", "local.cfg"]);
  await project.write({ "local.cfg": "mine" });
  const other = await project.workspace();
  const again = await other.snapshot({});
  assertEquals(await textOfFile(other, again.tree, "local.cfg"), "shared");
  assertStringIncludes(again.notices.join("\n"), 'not to look at "local.cfg"');
});

Deno.test("an unfinished merge is taken as it lies on disk", async () => {
  await using project = await gitProject({ files: { "a.txt": "1\n" } });
  await project.sh(
    "git checkout -qb side; echo s > a.txt; git commit -qam s; git checkout -q main; echo m > a.txt; git commit -qam m; git merge side >/dev/null || true",
  );
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertStringIncludes(await textOfFile(workspace, base.tree, "a.txt"), "<<<<<<<");
  assertStringIncludes(base.notices.join("\n"), 'File "a.txt" is in an unfinished merge');
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a pipe, a socket's place and a file in place of a folder", async () => {
  await using project = await gitProject({
    files: { "d/x.txt": "x", "f": "f", "p": "p", "l/y.txt": "y" },
  });
  await project.sh(
    "rm -r d; echo d > d; rm f; mkdir f; echo in > f/in.txt; rm p; mkfifo p; mkfifo q; rm -r l; ln -s f l",
  );
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals((await workspace.listEntries(base.tree)).map(({ path, kind }) => [path, kind]), [
    ["d", "file"],
    ["f/in.txt", "file"],
    ["l", "link"],
  ]);
});

Deno.test("run folders within the project are no part of it", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  const workspace = await project.workspace({ project: project.top });
  const base = await workspace.snapshot({});
  assertEquals((await workspace.listFiles(base.tree)).filter((path) => path.includes("runs/")), []);
});

Deno.test("another owner's repository can be worked on", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  if (Deno.uid() !== 0) {
    console.log("skipped: only root can give files away");
    return;
  }
  await project.write({ "b.txt": "b" });
  await project.sh("chown -R 12345:12345 .");
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(await workspace.listFiles(base.tree), ["a.txt", "b.txt"]);
  assertEquals(base.branch, "main");
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("a bare repository is refused by name", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  await project.sh("git clone -q --bare . ../bare.git");
  const bare = join(project.top, "bare.git");
  const error = await assertRejects(() => project.workspace({ project: bare }), OuroborosError);
  assertEquals(error.code, "workspace_unsupported");
  const missing = await assertRejects(
    () => project.workspace({ project: join(project.top, "nowhere") }),
    OuroborosError,
  );
  assertEquals(missing.code, "not_found");
});

Deno.test("a repository that names its objects by SHA-256 is worked on alike", async () => {
  await using project = await gitProject({ git: false, files: { "a.txt": "1" } });
  await project.sh("git init -q --object-format=sha256; git add -A; git commit -qm 1");
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  assertEquals(base.commit.length, 64);
  const { path } = await workspace.worktree("1", base.commit);
  assertEquals(await project.git(["status", "--porcelain"], path), "");
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const mode = { kind: "worktree" } as const;
  const applied = await workspace.apply({ from: base.commit, to: made.commit, mode });
  assertEquals(applied.ok && applied.paths, [{ path: "a.txt", kind: "modified" }]);
});

Deno.test("a repository that git cannot read is said in git's words", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  await project.sh("mv .git ../moved; echo 'gitdir: /nowhere' > .git");
  const error = await assertRejects(() => project.workspace(), OuroborosError);
  assertEquals(error.code, "git_failed");
  assertStringIncludes(error.message, "/nowhere");
  assertStringIncludes(error.hint ?? "", "git -C");
});

Deno.test("unchanged files are not read again: git's own knowledge of them is used", async () => {
  const names = Array.from({ length: 300 }, (_, number) => `src/${number}.txt`);
  await using project = await gitProject({
    files: Object.fromEntries(names.map((name) => [name, name])),
  });
  await project.write({ "src/7.txt": "changed" });
  const workspace = await project.workspace();
  const before = project.log.calls.length;
  const base = await workspace.snapshot({});
  assertEquals([base.files, base.dirty], [300, 1]);
  const gitDir = join(project.runDir, "git");
  // A file that is read again is written here too.
  assertEquals((await project.sh("find own-objects -type f | wc -l", gitDir)).trim(), "1");
  // The two folders above it, and a commit to hold them together.
  assertEquals(
    (await project.sh("cat objects/pack/*.idx | git show-index | wc -l", gitDir)).trim(),
    "3",
  );
  assertEquals(project.log.calls.length - before, 8);
});

Deno.test("a repository that was copied, with new times everywhere, is not stored once more", async () => {
  const names = Array.from({ length: 150 }, (_, number) => `src/${number}.txt`);
  await using project = await gitProject({
    files: Object.fromEntries(names.map((name) => [name, name])),
  });
  await project.sh("touch -d 2001-01-01 src/*");
  await project.write({ "src/7.txt": "7.txt/src" });
  const before = await fingerprint(project.dir);
  const base = await (await project.workspace()).snapshot({});
  assertEquals([base.files, base.dirty], [150, 1]);
  const gitDir = join(project.runDir, "git");
  assertEquals((await project.sh("find own-objects -type f | wc -l", gitDir)).trim(), "1");
  assertEquals(await fingerprint(project.dir), before);
});
