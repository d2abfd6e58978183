import { assertEquals, assertRejects } from "@std/assert";
import { fileAtCommit, forkPoint, headCommit } from "../../../lib/workspace/fork_point.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";

Deno.test("a branch is compared with the commit at which it left, not with what came since", async () => {
  await using project = await gitProject({ files: { a: "1\n" } });
  const git = plainGit(project.home);
  const start = (await project.git(["rev-parse", "HEAD"])).trim();
  await project.git(["checkout", "-q", "-b", "work"]);
  await project.git(["commit", "-q", "--allow-empty", "-m", "work"]);
  await project.git(["checkout", "-q", "main"]);
  await project.git(["commit", "-q", "--allow-empty", "-m", "later"]);
  await project.git(["checkout", "-q", "--detach", "work"]);
  assertEquals(await forkPoint(git, project.dir, { ref: "main" }), { commit: start, exact: true });
});

Deno.test("where the history is too short, the named commit itself is taken, and said so", async () => {
  await using project = await gitProject({ files: { a: "1\n" } });
  await project.git(["commit", "-q", "--allow-empty", "-m", "second"]);
  await project.git(["checkout", "-q", "-b", "work"]);
  await project.git(["commit", "-q", "--allow-empty", "-m", "work"]);
  const clone = `${project.top}/clone`;
  const from = `file://${project.dir}`;
  await project.git(["clone", "-q", "--depth=1", "-b", "work", from, clone]);
  await project.git(["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"], clone);
  const main = (await project.git(["rev-parse", "main"])).trim();
  const found = await forkPoint(plainGit(project.home), clone, { ref: "origin/main" });
  assertEquals(found, { commit: main, exact: false });
});

Deno.test("a base that is not there, or no repository, is named", async () => {
  await using project = await gitProject({ files: { a: "1\n" } });
  await using plain = await gitProject({ git: false });
  for (const dir of [project.dir, plain.dir]) {
    const found = forkPoint(plainGit(project.home), dir, { ref: "nowhere" });
    assertEquals((await assertRejects(() => found, OuroborosError)).code, "not_found");
  }
});

Deno.test("a head that is not there is called a head, beside a base too", async () => {
  await using project = await gitProject({ files: { a: "1\n" } });
  await using plain = await gitProject({ git: false });
  const git = plainGit(project.home);
  for (
    const look of [
      () => headCommit(git, project.dir, "nowhere"),
      () => headCommit(git, plain.dir, "nowhere"),
      () => forkPoint(git, project.dir, { ref: "main", head: "nowhere" }),
    ]
  ) {
    const { code, message, hint } = await assertRejects(look, OuroborosError);
    assertEquals([code, message.startsWith('Find the head "nowhere": ')], ["not_found", true]);
    assertEquals(hint?.includes("--base"), false);
  }
  const there = (await project.git(["rev-parse", "HEAD"])).trim();
  assertEquals(await headCommit(git, project.dir, "main"), there);
});

Deno.test("a file is read as a commit has it, if it has it and if it lies in the repository", async () => {
  await using project = await gitProject({ files: { "sub/a b.txt": "then\n" } });
  const git = plainGit(project.home);
  await project.write({ "sub/a b.txt": "now\n", "sub/new": "n\n" });
  const at = (file: string) => fileAtCommit(git, project.dir, { commit: "HEAD", file });
  const bytes = new TextEncoder().encode("then\n");
  const held = await at(`${project.dir}/sub/a b.txt`);
  assertEquals([held.path, held.bytes], ["sub/a b.txt", bytes]);
  assertEquals(await at(`${project.dir}/sub/new`), { path: "sub/new", bytes: undefined });
  assertEquals(await at(`${project.dir}/gone/x`), { path: "gone/x", bytes: undefined });
  assertEquals(await at(`${project.top}/outside`), { path: null, bytes: undefined });
});

Deno.test("no link of the working tree leads out of the repository; those of the commit do", async () => {
  await using project = await gitProject({ files: { "ci/seed": "then\n", "own/there": "own\n" } });
  const git = plainGit(project.home);
  const { dir, top } = project;
  await Deno.mkdir(`${top}/out/own`, { recursive: true });
  await Deno.writeTextFile(`${top}/out/seed`, "easier\n");
  await Deno.symlink("own", `${dir}/inner`);
  await Deno.symlink(`${top}/out`, `${dir}/outer`);
  await Deno.symlink("nowhere", `${dir}/dangling`);
  await project.git(["add", "-A"]);
  await project.git(["commit", "-q", "-m", "links"]);
  const at = async (file: string) => {
    const { path, bytes, outside } = await fileAtCommit(git, dir, { commit: "HEAD", file });
    return [path, bytes && new TextDecoder().decode(bytes), outside];
  };
  await project.sh(`rm -r ci && ln -s ${top}/out ci && rm inner && ln -s ${top}/out inner`);
  assertEquals(await at(`${dir}/ci/seed`), ["ci/seed", "then\n", undefined]);
  assertEquals(await at(`${dir}/inner/there`), ["inner/there", "own\n", undefined]);
  assertEquals(await at(`${dir}/outer/seed`), ["outer/seed", undefined, `${top}/out/seed`]);
  assertEquals(await at(`${dir}/dangling/seed`), ["dangling/seed", undefined, undefined]);
  assertEquals(await at(`${dir}/own`), ["own", undefined, undefined]);
  // A link elsewhere, of whoever typed the path, is followed.
  await Deno.symlink(dir, `${top}/out/way`);
  assertEquals(await at(`${top}/out/way/ci/seed`), ["ci/seed", "then\n", undefined]);
  await Deno.symlink("../project/ci", `${top}/out/short`);
  assertEquals(await at(`${top}/out/short/seed`), ["ci/seed", "then\n", undefined]);
  await Deno.symlink("loop", `${top}/out/loop`);
  assertEquals(await at(`${top}/out/loop/seed`), [null, undefined, undefined]);
  assertEquals(await at(`${dir}/../out/seed`), [null, undefined, undefined]);
});
