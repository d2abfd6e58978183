import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { createRunWorkspace } from "../../../lib/workspace/open_workspace.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";
import { smallDisk } from "../../helpers/git_small_disk.ts";

Deno.test("a full disk is said as such wherever it strikes, and the project is untouched", async () => {
  await using project = await gitProject({ git: false });
  await using disk = await smallDisk(join(project.top, "small"), "2m");
  if (disk === undefined) return;
  const noise = new Uint8Array(600_000);
  for (let at = 0; at < noise.length; at += 60_000) {
    crypto.getRandomValues(noise.subarray(at, at + 60_000));
  }
  await project.write({ "one.bin": noise, "two.bin": noise.toReversed() });
  const before = await fingerprint(project.dir);
  const make = (name: string) =>
    createRunWorkspace({
      git: plainGit(project.home),
      dir: join(project.top, "small", name),
      project: project.dir,
      carry: { paths: [] },
      now: () => new Date(),
    });
  const workspace = await make("run_1");
  const base = await workspace.snapshot({});
  const full = await assertRejects(() => workspace.worktree("1", base.commit), OuroborosError);
  assertEquals(full.code, "disk_full", full.message);
  await project.write({ "three.bin": noise.map((byte) => byte ^ 0x55) });
  const again = await assertRejects(() => workspace.snapshot({}), OuroborosError);
  assertEquals(again.code, "disk_full", again.message);
  await project.sh("rm three.bin; touch -d 2020-01-01 .");
  await project.sh(`dd if=/dev/zero of=../small/fill bs=4k 2>/dev/null || true`);
  const error = await assertRejects(() => make("run_2"), OuroborosError);
  assertEquals(error.code, "disk_full", error.message);
  const files = (print: string) => print.split("\n").filter((line) => !line.startsWith("d "));
  assertEquals(files(await fingerprint(project.dir)), files(before));
});

Deno.test("a full disk in the user's project leaves every file as it was", async () => {
  await using project = await gitProject({ git: false, name: "small/project" });
  await using disk = await smallDisk(join(project.top, "small"), "1m");
  if (disk === undefined) return;
  await Deno.mkdir(project.dir);
  await project.write({ "a.txt": "1", "z.txt": "z" });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await Deno.writeTextFile(join(path, "a.txt"), "2");
  await Deno.writeTextFile(join(path, "big.bin"), "b".repeat(2_000_000));
  await Deno.remove(join(path, "z.txt"));
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const before = await fingerprint(project.dir, { times: false });
  const what = { from: base.commit, to: made.commit, mode: { kind: "worktree" } } as const;
  const error = await assertRejects(() => workspace.apply(what), OuroborosError);
  assertEquals(error.code, "disk_full", error.message);
  assertEquals(await fingerprint(project.dir, { times: false }), before);
});

Deno.test("a run folder that cannot be written is said", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await Deno.writeTextFile(join(project.home, ".ouroboros"), "a file in the way");
  const error = await assertRejects(() => project.workspace(), OuroborosError);
  assert(["unreadable", "not_writable"].includes(error.code), error.code);
  assertStringIncludes(error.message, project.runDir);
});

Deno.test("objects that the user's git threw away are said to be gone", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b" } });
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  await project.sh(
    "git checkout -q --orphan fresh; git rm -qrf .; git commit -q --allow-empty -m e; git branch -D main; git reflog expire --expire=now --all; git gc -q --prune=now",
  );
  const error = await assertRejects(() => workspace.worktree("1", base.commit), OuroborosError);
  assertEquals(error.code, "workspace_lost", error.message);
  assertStringIncludes(error.hint ?? "", "start a new run");
});

Deno.test("a run folder that is gone or damaged is said when it is opened again", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  for (
    const damage of [
      () => Promise.resolve(),
      () => project.sh(`mkdir -p ${project.runDir}; echo '{' > ${project.runDir}/workspace.json`),
    ]
  ) {
    await damage();
    const error = await assertRejects(() => project.reopen(), OuroborosError);
    assertEquals(error.code, "workspace_lost");
  }
  const workspace = await project.workspace();
  await workspace.snapshot({});
  await Deno.remove(join(project.runDir, "git"), { recursive: true });
  const error = await assertRejects(() => workspace.head(), OuroborosError);
  assertEquals(error.code, "workspace_lost");
  const other = await assertRejects(() => workspace.listFiles("HEAD"), OuroborosError);
  assertEquals(other.code, "workspace_lost", other.message);
});

Deno.test("a file that cannot be read is named", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  if (Deno.uid() === 0) {
    console.log("skipped: root can read everything");
    return;
  }
  await project.write({ "secret.txt": "s" });
  await Deno.chmod(join(project.dir, "secret.txt"), 0);
  const workspace = await project.workspace();
  const error = await assertRejects(() => workspace.snapshot({}), OuroborosError);
  assertEquals(error.code, "unreadable");
  assertStringIncludes(error.message, "secret.txt");
});

Deno.test("an old git is refused with both versions", async () => {
  const { requireGit } = await import("../../../lib/workspace/git_version.ts");
  const says = (text: string) => () =>
    Promise.resolve({ code: 0, stdout: new TextEncoder().encode(text), stderr: "" });
  const error = await assertRejects(
    () => requireGit(says("git version 2.30.2\n"), "/"),
    OuroborosError,
  );
  assertEquals(error.code, "git_missing");
  assertEquals(
    (await requireGit(says("git version 2.39.5 (Apple Git-154)\n"), "/")).version,
    "2.39.5",
  );
  assertEquals((await requireGit(says("git version 3.0.0\n"), "/")).enough, true);
});
