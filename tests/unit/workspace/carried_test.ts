import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject, writeFiles } from "../../helpers/git_project.ts";

Deno.test("carried paths come into worktrees and checkouts as copies of the user's", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "node_modules\n.env*\n", "a.txt": "1" },
  });
  await project.write({
    "node_modules/x/index.js": "x",
    "node_modules/x/cli.js": "#!/usr/bin/env node\n",
    "node_modules/@s/ünï/i.js": "u",
    ".env": "SECRET=1",
    ".env.local": "SECRET=2",
  });
  await project.sh(
    "mkdir node_modules/.bin; ln -s ../x/cli.js node_modules/.bin/x; chmod +x node_modules/x/cli.js; touch -d '2020-01-01' node_modules/x/index.js",
  );
  const before = await fingerprint(project.dir);
  const workspace = await project.workspace({ carry: ["node_modules", ".env"] });
  const base = await workspace.snapshot({});
  const original = await fingerprint(join(project.dir, "node_modules"), { times: false });
  const worktree = await workspace.worktree("1", base.commit);
  const checkout = await workspace.checkout(base.tree, "check");
  for (const { path } of [worktree, checkout]) {
    assertEquals(await fingerprint(join(path, "node_modules"), { times: false }), original);
    assertEquals(await Deno.readTextFile(join(path, ".env")), "SECRET=1");
    await assertRejects(() => Deno.lstat(join(path, ".env.local")), Deno.errors.NotFound);
    const info = await Deno.stat(join(path, "node_modules/x/index.js"));
    assertEquals(info.mtime?.getTime(), Date.UTC(2020, 0, 1));
  }
  // A copy: what is done to it does not reach the original, nor the next checkout.
  await writeFiles(worktree.path, { "node_modules/x/index.js": "evil", "node_modules/y.js": "y" });
  await project.sh(
    `cd node_modules; printf y > x/index.js; touch -d 2020-01-01 x/index.js; rm x/cli.js
     rm .bin/x; ln -s /bin/true .bin/x; mkdir new; echo n > new/n; rm -r @s; echo f > @s`,
    checkout.path,
  );
  await checkout.release();
  const again = await workspace.checkout(base.tree, "check");
  assertEquals(again.path, checkout.path);
  assertEquals(await fingerprint(join(again.path, "node_modules"), { times: false }), original);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  assertEquals([made.changed, made.ignored], [[], []]);
  await workspace.reset("1", base.commit);
  assertEquals(await Deno.readTextFile(join(worktree.path, "node_modules/x/index.js")), "evil");
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("secrets within carried folders stay behind", async () => {
  await using project = await gitProject({ files: { ".gitignore": "local\n" } });
  await project.write({
    "local/.env": "S",
    "local/settings.json": "{}",
    "local/.env.example": "e",
  });
  const workspace = await project.workspace({ carry: ["local"] });
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  const names = [...Deno.readDirSync(join(path, "local"))].map((entry) => entry.name).sort();
  assertEquals(names, [".env.example", "settings.json"]);
});

Deno.test("what would point back at its source is refused by name", async () => {
  await using project = await gitProject({ files: { ".gitignore": "/ig-*\n" } });
  await project.write({
    "ig-venv/pyvenv.cfg": "home = /usr/bin\n",
    "ig-cmake/CMakeCache.txt": "CMAKE_HOME_DIRECTORY\n",
    "ig-shebang/bin/tool": `#!${project.dir}/ig-shebang/bin/python\n`,
    "ig-abs/x": "x",
    "ig-out/x": "x",
    "ig-fine/a/b": "x",
  });
  await project.sh(
    'chmod +x ig-shebang/bin/tool; ln -s "$PWD" ig-abs/l; ln -s ../../home ig-out/l; ln -s ../../outside.txt ig-fine/a/l',
  );
  for (const name of ["ig-venv", "ig-cmake", "ig-shebang", "ig-abs", "ig-out"]) {
    const error = await assertRejects(() => project.workspace({ carry: [name] }), OuroborosError);
    assertEquals([name, error.code], [name, "workspace_unsupported"]);
    assertStringIncludes(error.message, `Carry "${name}"`);
    assertStringIncludes(error.hint ?? "", "workspace.prepare");
  }
  for (const name of ["../home", "/etc", ".git", ".git/config", "ig-abs/l/ig-fine", "."]) {
    const error = await assertRejects(() => project.workspace({ carry: [name] }), OuroborosError);
    assertEquals([name, error.code], [name, "usage"]);
  }
  const workspace = await project.workspace({ carry: ["ig-fine", "not-there"] });
  const base = await workspace.snapshot({});
  assertEquals(base.notices, ['Nothing to carry at "not-there": it is not there']);
});

Deno.test("files that git holds are not carried over", async () => {
  await using project = await gitProject({ files: { "vendor/a.txt": "1" } });
  const workspace = await project.workspace({ carry: ["vendor"] });
  const error = await assertRejects(() => workspace.snapshot({}), OuroborosError);
  assertEquals(error.code, "workspace_unsupported");
});

Deno.test("carried paths are relative to the project, also in a folder of a repository", async () => {
  await using project = await gitProject({
    files: { ".gitignore": "node_modules\n", "api/a.txt": "1" },
  });
  await project.write({ "api/node_modules/x.js": "x", "node_modules/root.js": "r" });
  const workspace = await project.workspace({
    project: join(project.dir, "api"),
    carry: ["node_modules", "../node_modules"],
  });
  const base = await workspace.snapshot({});
  const { path } = await workspace.checkout(base.tree, "check");
  assertEquals(await Deno.readTextFile(join(path, "node_modules/x.js")), "x");
  assertEquals(await Deno.readTextFile(join(path, "../node_modules/root.js")), "r");
});

Deno.test("a carried path that turned bad since stops new copies, not diff, apply and undo", async () => {
  await using project = await gitProject({ files: { ".gitignore": "deps\n", "a.txt": "1" } });
  await project.write({ "deps/x": "x" });
  const first = await project.workspace({ carry: ["deps"] });
  const base = await first.snapshot({});
  const { path } = await first.worktree("1", base.commit);
  await writeFiles(path, { "a.txt": "2" });
  const made = await first.commit("1", { parent: base.commit, message: "m" });
  await project.write({ "deps/pyvenv.cfg": "home" });
  const later = await project.reopen();
  const mode = { kind: "worktree" } as const;
  const applied = await later.apply({ from: base.commit, to: made.commit, mode });
  assertEquals(applied.ok && (await later.undo(applied.undo)).ok, true);
  const error = await assertRejects(() => later.checkout(made.tree, "check"), OuroborosError);
  assertEquals(error.code, "workspace_unsupported");
});
