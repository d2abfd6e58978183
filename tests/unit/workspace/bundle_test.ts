import { assert, assertEquals, assertRejects } from "@std/assert";
import { openBundle, writeBundle } from "../../../lib/workspace/bundle.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type GitProject, gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";

const FILES = { "a.txt": "one\n", "sub/b.sh": "echo b\n" };

/** A bundle of a project's base, opened in a folder of its own. */
async function travel(
  project: GitProject,
  options: { carry?: string[]; from?: string; project?: string } = {},
) {
  const run = await project.workspace(options.project ? { project: options.project } : {});
  const base = await run.snapshot({});
  for (const name of ["scratch", "opened"]) await Deno.mkdir(`${project.top}/${name}`);
  const git = plainGit(project.home);
  const file = `${project.top}/trees.bundle`;
  const about = await writeBundle(git, {
    runDir: project.runDir,
    scratch: `${project.top}/scratch`,
    file,
    trees: { base: base.tree },
  });
  const opened = await openBundle(git, {
    file,
    dir: `${project.top}/opened`,
    project: about,
    carry: { paths: options.carry ?? [], from: options.from },
  });
  return { about, base, file, opened };
}

Deno.test("a bundle holds whole trees and the same names, whatever history there is", async () => {
  await using project = await gitProject({ files: FILES });
  await Deno.chmod(`${project.dir}/sub/b.sh`, 0o755);
  await project.write({ "new.txt": "not committed\n" });
  const { base, opened } = await travel(project);
  assertEquals(opened.trees, { base: base.tree });
  const checkout = await opened.checkout(base.tree, "test");
  assertEquals(await Deno.readTextFile(`${checkout.path}/new.txt`), "not committed\n");
  assertEquals((await Deno.stat(`${checkout.path}/sub/b.sh`)).mode! & 0o111, 0o111);
  await checkout.release();
});

Deno.test("a shallow clone's trees, and those of no repository at all, travel too", async () => {
  await using plain = await gitProject({ files: FILES, git: false });
  const alone = await travel(plain);
  assertEquals((await alone.opened.listEntries(alone.base.tree)).length, 2);
  await using origin = await gitProject({ files: FILES });
  await origin.git(["commit", "-q", "--allow-empty", "-m", "second"]);
  await origin.git(["clone", "-q", "--depth=1", `file://${origin.dir}`, `${origin.top}/shallow`]);
  const { base, opened } = await travel(origin, { project: `${origin.top}/shallow` });
  assertEquals((await opened.listEntries(base.tree)).map((one) => one.path), ["a.txt", "sub/b.sh"]);
});

Deno.test("a folder of a repository keeps its place, and line ends are those of the run", async () => {
  await using project = await gitProject({ files: FILES });
  await project.git(["config", "core.autocrlf", "true"]);
  const { about, base, opened } = await travel(project, { project: `${project.dir}/sub` });
  assertEquals([about.prefix, about.settings["core.autocrlf"]], ["sub/", "true"]);
  const checkout = await opened.checkout(base.tree, "test");
  assertEquals(checkout.path, await Deno.realPath(`${project.top}/opened/checkouts/1/sub`));
  assertEquals(await Deno.readTextFile(`${checkout.path}/b.sh`), "echo b\r\n");
});

Deno.test("only settings that name no program and no path come along", async () => {
  await using project = await gitProject({ files: FILES });
  await project.git(["config", "core.excludesfile", "/somewhere"]);
  await project.git(["config", "core.eol", "lf"]);
  const { file, about } = await travel(project);
  assertEquals(Object.keys(about.settings).includes("core.excludesfile"), false);
  await Deno.mkdir(`${project.top}/again`);
  await openBundle(plainGit(project.home), {
    file,
    dir: `${project.top}/again`,
    project: {
      ...about,
      settings: { "core.eol": "lf\n[core]\n\tfsmonitor = /evil", "core.fsmonitor": "/evil" },
    },
    carry: { paths: [], from: undefined },
  });
  const config = await Deno.readTextFile(`${project.top}/again/git/config`);
  assert(!config.includes("evil"), config);
});

Deno.test("what is carried comes from a copy of the project, or is named as missing", async () => {
  await using project = await gitProject({ files: { ...FILES, ".gitignore": "deps\n" } });
  await project.write({ "deps/x": "x\n" });
  const carry = ["deps", "none"];
  const { base, opened } = await travel(project, { carry, from: project.dir });
  assertEquals(opened.notCarried, ["none"]);
  const checkout = await opened.checkout(base.tree, "test");
  assertEquals(await Deno.readTextFile(`${checkout.path}/deps/x`), "x\n");
  await using other = await gitProject({ files: FILES });
  assertEquals((await travel(other, { carry })).opened.notCarried, carry);
});

Deno.test("a bundle of which a byte is another one is refused", async () => {
  await using project = await gitProject({ files: FILES });
  const { file, about } = await travel(project);
  const whole = await Deno.readFile(file);
  for (const at of [4, whole.length - 100, whole.length - 22, whole.length - 1]) {
    const changed = whole.slice();
    changed[at]! ^= 1;
    await Deno.writeFile(`${project.top}/changed`, changed);
    const dir = await Deno.makeTempDir({ dir: project.top });
    const opened = openBundle(plainGit(project.home), {
      file: `${project.top}/changed`,
      dir,
      project: about,
      carry: { paths: [], from: undefined },
    });
    const error = await assertRejects(() => opened, OuroborosError);
    assertEquals(error.code, "receipt_invalid", `byte ${at}`);
  }
});
