import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { nestFolders } from "../../helpers/deep_folders.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

Deno.test("a worktree is an ordinary repository for an agent, and nothing of it reaches ours", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b" } });
  await project.sh(
    "git config --global commit.gpgsign true; git config --global gpg.program false",
  );
  // An agent's own git renews the times of objects that it would write again, ours never.
  const before = await fingerprint(project.dir, { objectTimes: false });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path, fresh } = await workspace.worktree("1", base.commit);
  assertEquals(fresh, true);
  assertEquals(await project.git(["status", "--porcelain"], path), "");
  assertEquals(await project.git(["rev-parse", "HEAD"], path), `${base.commit}\n`);
  assertEquals((await project.git(["worktree", "list"])).trim().split("\n").length, 1);
  await project.sh(
    `echo 2 > a.txt; git stash -q; git stash pop -q; git checkout -qb mine; git add -A
     git commit -qm agent; git tag t; git branch -D ouroboros; git rm -q b.txt; git commit -qm more; git gc -q`,
    path,
  );
  const made = await workspace.commit("1", { parent: base.commit, message: "attempt 1" });
  assertEquals(made.changed, [
    { path: "a.txt", kind: "modified" },
    { path: "b.txt", kind: "deleted" },
  ]);
  assertEquals(await workspace.listFiles(made.tree), ["a.txt"]);
  assertEquals(await fingerprint(project.dir, { objectTimes: false }), before);
  assertEquals((await project.git(["branch", "--all"])).trim(), "* main");
});

Deno.test("whatever an agent does to its repository, recording goes on and runs none of its programs", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "src/x.js": "x" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const mark = join(project.top, "ran");
  const deeds = [
    "rm -rf .git",
    `mkdir h; for n in pre-commit post-checkout post-index-change reference-transaction; do printf '#!/bin/sh\\ntouch ${mark}' > h/$n; done; chmod +x h/*; mkdir -p .git/hooks; cp h/* .git/hooks; git config core.hooksPath "$PWD/h"; rm -r .git/hooks; mv h .git/hooks`,
    `git config core.fsmonitor 'touch ${mark}'; git config filter.x.clean 'touch ${mark}; cat'; git config filter.x.smudge 'touch ${mark}; cat'; mkdir -p .git/info; echo '* filter=x diff=x merge=x' > .git/info/attributes; git config diff.x.textconv 'touch ${mark}; cat'; git config merge.x.driver 'touch ${mark}'`,
    "git checkout -qb other; git update-ref -d HEAD; rm .git/HEAD",
    "rm -rf .git; echo 'gitdir: /nowhere' > .git",
    "rm -rf .git; ln -s ../../git .git",
    "rm -rf .git/objects; echo junk > .git/index; touch .git/index.lock",
    "git add a.txt; git update-index --assume-unchanged a.txt; git update-index --skip-worktree src/x.js",
  ];
  for (const [number, deed] of deeds.entries()) {
    const name = `c${number}`;
    const { path } = await workspace.worktree(name, base.commit);
    await project.sh(deed, path);
    await writeFiles(path, { "a.txt": `by ${number}`, "src/x.js": null, "new.txt": "n" });
    const made = await workspace.commit(name, { parent: base.commit, message: "m" });
    assertEquals([number, made.changed], [number, [
      { path: "a.txt", kind: "modified" },
      { path: "new.txt", kind: "added" },
      { path: "src/x.js", kind: "deleted" },
    ]]);
    await workspace.diff(base.commit, made.commit);
    await workspace.reset(name, base.commit);
    assertEquals(await Deno.readTextFile(join(path, "a.txt")), "1");
    assertEquals(await project.git(["status", "--porcelain"], path), "");
  }
  await assertRejects(() => Deno.lstat(mark), Deno.errors.NotFound);
});

Deno.test("a repository made within a worktree is recorded as files, without running its programs", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "lib/old.txt": "o" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  const mark = join(project.top, "ran");
  await project.sh(
    `mkdir app; cd app; git init -q; echo '{}' > package.json; echo node_modules > .gitignore; mkdir node_modules; echo x > node_modules/x
     git add -A; git commit -qm app; git config core.fsmonitor 'touch ${mark}'; cd ../lib; git init -q; echo n > new.txt; git config core.fsmonitor 'touch ${mark}'`,
    path,
  );
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.path), [
    "app/.gitignore",
    "app/package.json",
    "lib/new.txt",
  ]);
  assertEquals(made.nested, ["app"]);
  await workspace.reset("1", base.commit);
  await assertRejects(() => Deno.lstat(join(path, "app")), Deno.errors.NotFound);
  await assertRejects(() => Deno.lstat(mark), Deno.errors.NotFound);
});

Deno.test("ignored files are no part of the work, and are named", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "dist/\n", "a.txt": "1", "kept.js": "k" },
  });
  await project.write({ "node_modules/x/i.js": "x" });
  await project.sh("echo node_modules >> .gitignore");
  const workspace = await project.workspace({ carry: ["node_modules"] });
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, {
    // Takes node_modules out of the ignore rules, and hides every script.
    ".gitignore": "dist/\n*.js\n",
    "dist/out.js": "o",
    "hidden.js": "h",
    "kept.js": "changed",
  });
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.path), [".gitignore", "kept.js"]);
  assertEquals(made.ignored, ["dist", "hidden.js"]);
  await writeFiles(path, { ".gitignore": "!node_modules\n" });
  const again = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(
    again.changed.map((each) => each.path),
    [".gitignore", "dist/out.js", "hidden.js", "kept.js"],
  );
});

Deno.test({
  name: "a folder that is too deep to be read is named, and the rest is recorded",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using project = await gitProject({ files: { "a.txt": "1" } });
    const workspace = await project.workspace();
    const base = await workspace.snapshot({});
    const { path } = await workspace.worktree("1", base.commit);
    await nestFolders(path, 6);
    await writeFiles(path, { "new.txt": "n" });
    const made = await workspace.commit("1", { parent: base.commit, message: "m" });
    assertEquals(made.changed, [{ path: "new.txt", kind: "added" }]);
    assertEquals(made.unread.map((one) => one.slice(0, 18)), ["dddddddd/dddddddd/"]);
    await workspace.discard();
  },
});

Deno.test("a worktree is found again after a crash, with the work in it", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const first = await project.workspace();
  const base = await first.snapshot({});
  const { path } = await first.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  // A git process of ours that was killed leaves its lock.
  const lock = join(project.runDir, "indexes", "worktree-1.lock");
  await Deno.writeTextFile(lock, "");
  await Deno.utime(lock, 1, 1);
  const second = await project.reopen();
  const found = await second.worktree("1", base.commit);
  assertEquals(found, { path, fresh: false });
  const made = await second.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "a.txt", kind: "modified" }]);
  assertEquals(await second.head(), base.commit);
});

Deno.test("a worktree that was cut off in the making is made again", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  await writeFiles(project.runDir, { "worktrees/1/half.txt": "h", "indexes/worktree-1": "junk" });
  const made = await workspace.worktree("1", base.commit);
  assertEquals(made.fresh, true);
  const names = [...Deno.readDirSync(made.path)].map((entry) => entry.name).sort();
  assertEquals(names, [".git", "a.txt"]);
});

Deno.test("a worktree folder that someone deleted is said, and can be made anew", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.remove(path, { recursive: true });
  for (
    const call of [
      () => workspace.commit("1", { parent: base.commit, message: "m" }),
      () => workspace.reset("1", base.commit),
    ]
  ) {
    const error = await assertRejects(call, OuroborosError);
    assertEquals(error.code, "workspace_lost");
    assertStringIncludes(error.message, path);
    assertStringIncludes(error.hint ?? "", "ouroboros resume");
  }
  assertEquals((await workspace.worktree("1", base.commit)).fresh, true);
});

Deno.test("an emptied worktree is recorded as deletions, not as lost", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "d/b.txt": "b" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh("rm -rf * .git", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.kind), ["deleted", "deleted"]);
});

Deno.test("a reset does not go through links that an agent made", async () => {
  await using project = await gitProject({ files: { "src/a.txt": "1", "src/b.txt": "b" } });
  const outside = join(project.top, "outside");
  await writeFiles(outside, { "a.txt": "precious", "x.txt": "precious" });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh(`rm -r src; ln -s ${outside} src; ln -s ${outside} extra`, path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed.map((each) => each.path), ["extra", "src", "src/a.txt", "src/b.txt"]);
  await workspace.reset("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "src", "a.txt")), "1");
  assertEquals(await Deno.readTextFile(join(outside, "a.txt")), "precious");
  assertEquals(await Deno.readTextFile(join(outside, "x.txt")), "precious");
});

Deno.test("a change that keeps size and modification time is recorded", async () => {
  await using project = await gitProject({ files: { "a.txt": "one" } });
  await project.git(["config", "core.trustctime", "false"]);
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh("printf neo > a.txt; touch -d @1000 a.txt", path);
  await workspace.commit("1", { parent: base.commit, message: "m" });
  // Git, as most systems build it, knows times of change to the second.
  await project.sh("sleep 1.1; printf two > a.txt; touch -d @1000 a.txt", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const bytes = await workspace.readFile(made.tree, "a.txt");
  assertEquals(new TextDecoder().decode(bytes), "two");
});

Deno.test("settings and hooks that somebody put into the private repository start nothing", async () => {
  await using project = await gitProject({
    files: { "a.txt": "1", ".gitattributes": "* filter=x" },
  });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const mark = join(project.top, "ran");
  await project.sh(
    `git config --file config core.fsmonitor 'touch ${mark}'; git config --file config core.hooksPath "$PWD/hooks"
     mkdir hooks; for n in post-index-change reference-transaction post-checkout; do printf '#!/bin/sh\ntouch ${mark}' > hooks/$n; done; chmod +x hooks/*`,
    join(project.runDir, "git"),
  );
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  await workspace.reset("1", base.commit);
  await (await workspace.checkout(made.tree, "check")).release();
  await workspace.integrate(made.commit, base.commit);
  await assertRejects(() => Deno.lstat(mark), Deno.errors.NotFound);
});

Deno.test("worktrees made and recorded at once do not disturb each other", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const made = await Promise.all([1, 2, 3, 4].map(async (number) => {
    const name = `0.${number}`;
    const { path } = await workspace.worktree(name, base.commit);
    await Deno.writeTextFile(join(path, `${number}.txt`), name);
    return await workspace.commit(name, { parent: base.commit, message: "m" });
  }));
  assertEquals(made.map((each) => each.changed.map((change) => change.path)), [
    ["1.txt"],
    ["2.txt"],
    ["3.txt"],
    ["4.txt"],
  ]);
});

Deno.test("GIT_ variables of ours do not reach git", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const names = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_WORK_TREE: "/" };
  for (const [name, value] of Object.entries(names)) Deno.env.set(name, value);
  try {
    const workspace = await project.workspace();
    const base = await workspace.snapshot({});
    assertEquals(await workspace.listFiles(base.tree), ["a.txt"]);
  } finally {
    for (const name of Object.keys(names)) Deno.env.delete(name);
  }
});

Deno.test("a reset brings back the project's folder and carried paths that an agent removed", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "node_modules\n", "api/a.txt": "1" },
  });
  await project.write({ "api/node_modules/x.js": "x" });
  const workspace = await project.workspace({
    project: join(project.dir, "api"),
    carry: ["node_modules"],
  });
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.remove(path, { recursive: true });
  assertEquals(await workspace.worktree("1", base.commit), { path, fresh: false });
  await workspace.reset("1", base.commit);
  assertEquals(await Deno.readTextFile(join(path, "node_modules/x.js")), "x");
  assertEquals(await Deno.readTextFile(join(path, "a.txt")), "1");
});

Deno.test("a file that is too large stays out of the work, by name, and takes no time", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await project.sh("truncate -s 5G big.bin; truncate -s 1G a.txt; echo b > b.txt", path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals(made.changed, [{ path: "b.txt", kind: "added" }]);
  assertEquals(made.tooLarge.sort(), ["a.txt", "big.bin"]);
});
