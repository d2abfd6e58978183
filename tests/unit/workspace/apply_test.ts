import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { Applied, ApplyOptions, RunWorkspace } from "../../../lib/workspace/run_workspace.ts";
import { createRunWorkspace } from "../../../lib/workspace/open_workspace.ts";
import { plainGit } from "../../helpers/git_runner.ts";
import { fingerprint } from "../../helpers/git_fingerprint.ts";
import { type GitProject, gitProject, writeFiles } from "../../helpers/git_project.ts";

const WORKTREE: ApplyOptions["mode"] = { kind: "worktree" };
type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A run that changed these files on top of the project as it is. */
async function work(
  project: GitProject,
  files: Files,
  more?: string,
): Promise<{ workspace: RunWorkspace; from: string; to: string }> {
  const workspace = await project.workspace();
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, files);
  if (more !== undefined) await project.sh(more, path);
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const integrated = await workspace.integrate(made.commit, base.commit);
  assert(integrated.ok);
  return { workspace, from: base.commit, to: integrated.head };
}

function undoOf(applied: Applied): string {
  assert(applied.ok, JSON.stringify(applied));
  return applied.undo;
}

Deno.test("the work arrives as uncommitted changes, and undo takes it back to the byte", async () => {
  await using project = await gitProject({
    files: {
      "a.txt": "1\n2\n3\n",
      "gone/x.txt": "x",
      "run.sh": "#!/bin/sh\n",
      "bin.dat": "b",
      "link-me": "l",
    },
  });
  await project.write({ "a.txt": "1\n2\n3 mine\n", "untracked.txt": "u", "staged.txt": "s" });
  await project.sh("git add staged.txt; chmod 600 bin.dat; mkdir empty; touch -d 2020-01-01 a.txt");
  const { workspace, from, to } = await work(
    project,
    {
      "a.txt": "1 theirs\n2\n3 mine\n",
      "gone/x.txt": null,
      "deep/er/new.txt": "n",
      "bin.dat": new Uint8Array([0, 255, 1]),
      "link-me": null,
      "untracked.txt": "u2",
      "empty/in.txt": "i",
    },
    "chmod +x run.sh; ln -s a.txt link-me; printf '#!/bin/sh\\n' > tool; chmod +x tool",
  );
  const before = await fingerprint(project.dir);
  const index = await Deno.readFile(join(project.dir, ".git/index"));
  const dry = await workspace.apply({ from, to, mode: WORKTREE, dryRun: true });
  assertEquals(await fingerprint(project.dir), before);
  const applied = await workspace.apply({ from, to, mode: WORKTREE });
  assert(applied.ok && dry.ok);
  assertEquals(dry.paths, applied.paths);
  assertEquals(applied.paths, [
    { path: "a.txt", kind: "modified" },
    { path: "bin.dat", kind: "modified" },
    { path: "deep/er/new.txt", kind: "added" },
    { path: "empty/in.txt", kind: "added" },
    { path: "gone/x.txt", kind: "deleted" },
    { path: "link-me", kind: "type" },
    { path: "run.sh", kind: "modified" },
    { path: "tool", kind: "added" },
    { path: "untracked.txt", kind: "modified" },
  ]);
  const read = (name: string) => Deno.readTextFile(join(project.dir, name));
  assertEquals(await read("a.txt"), "1 theirs\n2\n3 mine\n");
  assertEquals(await Deno.readLink(join(project.dir, "link-me")), "a.txt");
  const modes = ["run.sh", "tool", "bin.dat"].map((name) =>
    (Deno.statSync(join(project.dir, name)).mode ?? 0) & 0o777
  );
  assertEquals(modes, [0o755, 0o755, 0o600]);
  await assertRejects(() => Deno.lstat(join(project.dir, "gone")), Deno.errors.NotFound);
  assertEquals(await Deno.readFile(join(project.dir, ".git/index")), index);
  assertEquals(await workspace.apply({ from, to, mode: WORKTREE }), {
    ok: true,
    paths: [],
    undo: "",
  });

  const undone = await workspace.undo(applied.undo);
  assert(undone.ok);
  assertEquals(undone.paths.length, applied.paths.length);
  const after = await fingerprint(project.dir, { times: false });
  assertEquals(
    after.replaceAll(/^d .*\n/gm, ""),
    (await withoutTimes(before)).replaceAll(/^d .*\n/gm, ""),
  );
  assertEquals(
    (await Deno.stat(join(project.dir, "a.txt"))).mtime?.getTime(),
    Date.UTC(2020, 0, 1),
  );
  assert((await Deno.stat(join(project.dir, "empty"))).isDirectory);
  await assertRejects(() => Deno.lstat(join(project.dir, "deep")), Deno.errors.NotFound);
  assertEquals(await workspace.undo(applied.undo), { ok: true, paths: [], undo: applied.undo });
  assertEquals((await workspace.applied()).map((each) => each.state), ["undone"]);
});

/** A fingerprint as `times: false` would have made it. */
async function withoutTimes(print: string): Promise<string> {
  const lines = print.split("\n").map((line) =>
    line.replace(/^([fl] \d+ \d+ \d+) \S+ /, "$1 ").replace(/^(d \d+) \S+ /, "$1 ")
  );
  const sums = lines.filter((line) => /^[0-9a-f]{64}/.test(line));
  const rest = lines.filter((line) => !/^[0-9a-f]{64}/.test(line) && line !== "").sort();
  return await Promise.resolve([...rest, ...sums, ""].join("\n"));
}

Deno.test("later edits beside the work are kept, overlapping ones refuse it, and nothing changes", async () => {
  await using project = await gitProject({ files: { "a.txt": "1\n2\n3\n4\n5\n", "b.txt": "b\n" } });
  const { workspace, from, to } = await work(project, {
    "a.txt": "1 theirs\n2\n3\n4\n5\n",
    "b.txt": "theirs\n",
    "new.txt": "theirs\n",
  });
  await project.write({ "a.txt": "1\n2\n3\n4\n5 mine\n", "b.txt": "mine\n", "new.txt": "mine\n" });
  const before = await fingerprint(project.dir);
  for (const dryRun of [true, false]) {
    const refused = await workspace.apply({ from, to, mode: WORKTREE, dryRun });
    assertEquals(refused, { ok: false, overlaps: ["b.txt", "new.txt"] });
  }
  assertEquals(await fingerprint(project.dir), before);
  await project.write({ "b.txt": "b\n", "new.txt": null });
  undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  const text = await Deno.readTextFile(join(project.dir, "a.txt"));
  assertEquals(text, "1 theirs\n2\n3\n4\n5 mine\n");
});

Deno.test("what git does not see is in the way too: ignored files, folders, links", async () => {
  await using project = await gitProject({ files: { ".gitignore": "ig*\n", "a.txt": "1" } });
  const { workspace, from, to } = await work(
    project,
    { "ig-file": "theirs", "ig-dir": "theirs", "ig-link/x.txt": "theirs", ".gitignore": "" },
  );
  await project.write({ "ig-file": "mine", "ig-dir/mine.txt": "mine" });
  await project.sh(`ln -s ${project.home} ig-link`);
  const before = await fingerprint(project.dir);
  const refused = await workspace.apply({ from, to, mode: WORKTREE });
  assert(!refused.ok);
  assertEquals(refused.overlaps.sort(), ["ig-dir", "ig-file", "ig-link/x.txt"]);
  assertEquals(await fingerprint(project.dir), before);
  await assertRejects(() => Deno.lstat(join(project.home, "x.txt")), Deno.errors.NotFound);
});

Deno.test("a folder takes a file's place and a file a folder's, both ways", async () => {
  await using project = await gitProject({
    files: { "f": "file", "d/one.txt": "1", "d/two/x.txt": "2" },
  });
  const { workspace, from, to } = await work(
    project,
    { "f": null, "d": null },
    "mkdir -p f/g; echo i > f/g/i; echo d > d",
  );
  const before = await fingerprint(project.dir, { times: false });
  const token = undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  assertEquals(await Deno.readTextFile(join(project.dir, "f/g/i")), "i\n");
  assertEquals(await Deno.readTextFile(join(project.dir, "d")), "d\n");
  assert((await workspace.undo(token)).ok);
  assertEquals(await fingerprint(project.dir, { times: false }), before);
  // Another file keeps the folder alive, whether git sees it or not: refused before anything happens.
  for (const name of ["seen.txt", "x.log"]) {
    await project.sh(`echo '*.log' > .git/info/exclude; echo l > d/two/${name}`);
    const again = await fingerprint(project.dir);
    const refused = await (await project.reopen()).apply({ from, to, mode: WORKTREE });
    assertEquals([name, refused], [name, { ok: false, overlaps: ["d"] }]);
    assertEquals(await fingerprint(project.dir), again);
    await project.sh(`rm d/two/${name}`);
  }
});

Deno.test("undo is refused where a file changed since, and then touches nothing", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b" } });
  const { workspace, from, to } = await work(project, {
    "a.txt": "2",
    "b.txt": "b2",
    "n.txt": "n",
  });
  const token = undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  await project.write({ "a.txt": "mine" });
  const before = await fingerprint(project.dir);
  assertEquals(await workspace.undo(token), { ok: false, overlaps: ["a.txt"] });
  assertEquals(await fingerprint(project.dir), before);
  // Moved away, as the refusal says: nothing is lost, and what was there before comes back.
  await project.sh("mv a.txt aside");
  assert((await workspace.undo(token, { dryRun: true })).ok);
  assertEquals(await Deno.readTextFile(join(project.dir, "n.txt")), "n");
  assert((await workspace.undo(token)).ok);
  assertEquals(await Deno.readTextFile(join(project.dir, "a.txt")), "1");
  assertEquals(await Deno.readTextFile(join(project.dir, "aside")), "mine");
  for (const bad of ["nonsense", "../../x", ""]) {
    const error = await assertRejects(() => workspace.undo(bad), OuroborosError);
    assertEquals(error.code, "not_found");
  }
});

Deno.test("it works without git, in a folder of a repository, and with strange names", async () => {
  await using bare = await gitProject({ git: false, files: { "a.txt": "1", "b.txt": "b" } });
  const one = await work(bare, { "a.txt": "2", "b.txt": null, "c/d.txt": "d" });
  const before = await fingerprint(bare.dir, { times: false });
  const token = undoOf(await one.workspace.apply({ from: one.from, to: one.to, mode: WORKTREE }));
  assertEquals(await Deno.readTextFile(join(bare.dir, "c/d.txt")), "d");
  assert((await one.workspace.undo(token)).ok);
  assertEquals(await fingerprint(bare.dir, { times: false }), before);

  const names = ["sp ace\nline/-x", "q\"'\\.txt", "cafe\u0301", "*?[a]"];
  await using project = await gitProject({
    files: Object.fromEntries(["api/a.txt", ...names].map((name) => [name, "1"])),
  });
  const workspace = await project.workspace({ project: join(project.dir, "api") });
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("1", base.commit);
  await writeFiles(path, { "a.txt": null });
  for (const name of names) await Deno.writeTextFile(join(path, "..", name), "2");
  const made = await workspace.commit("1", { parent: base.commit, message: "m" });
  const applied = await workspace.apply({ from: base.commit, to: made.commit, mode: WORKTREE });
  assert(applied.ok);
  assertEquals(
    applied.paths.map((each) => each.path).sort(),
    ["a.txt", ...names.map((name) => `../${name}`)].sort(),
  );
  for (const name of names) assertEquals(await Deno.readTextFile(join(project.dir, name)), "2");
  assert((await Deno.stat(join(project.dir, "api"))).isDirectory, "the project's folder stays");
});

Deno.test("names that are not UTF-8 are left alone, and refused when the work changed them", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.sh("printf x > \"$(printf 'l\\351')\"");
  const fine = await work(project, { "a.txt": "2" });
  undoOf(await fine.workspace.apply({ from: fine.from, to: fine.to, mode: WORKTREE }));
  const workspace = fine.workspace;
  const base = await workspace.snapshot({});
  const { path } = await workspace.worktree("2", base.commit);
  await project.sh("printf y > \"$(printf 'l\\351')\"", path);
  const made = await workspace.commit("2", { parent: base.commit, message: "m" });
  assertEquals(made.changed.length, 1);
  const before = await fingerprint(project.dir);
  const error = await assertRejects(
    () => workspace.apply({ from: base.commit, to: made.commit, mode: WORKTREE }),
    OuroborosError,
  );
  assertEquals(error.code, "workspace_unsupported");
  assertEquals(await fingerprint(project.dir), before);
});

Deno.test("files that cannot be written leave everything as it was", async () => {
  if (Deno.uid() === 0) {
    // Root writes everywhere: a folder that only lets files be removed is made with chattr.
    const probe = await new Deno.Command("sh", { args: ["-c", "command -v chattr"] }).output();
    if (!probe.success) {
      console.log("skipped: no way to make a folder that root cannot write");
      return;
    }
  }
  await using project = await gitProject({
    files: { "a.txt": "1", "locked/z.txt": "z", "zz.txt": "zz" },
  });
  const { workspace, from, to } = await work(project, {
    "a.txt": "2",
    "b/n.txt": "n",
    "locked/z.txt": "z2",
    "zz.txt": null,
  });
  const lock = Deno.uid() === 0
    ? ["chattr +i locked", "chattr -i locked"]
    : ["chmod 555 locked", "chmod 755 locked"];
  try {
    await project.sh(lock[0] ?? "");
  } catch {
    console.log("skipped: this file system has no immutable folders");
    return;
  }
  try {
    const before = await fingerprint(project.dir, { times: false });
    const error = await assertRejects(
      () => workspace.apply({ from, to, mode: WORKTREE }),
      OuroborosError,
    );
    assertEquals(error.code, "not_writable");
    const locked = join(project.dir, "locked");
    assertEquals(
      error.message,
      `Write "z.txt" in "${locked}": permission denied; every file is as it was before`,
    );
    assertEquals(error.hint, `To see who may write there: ls -ld ${locked}`);
    assertEquals(await fingerprint(project.dir, { times: false }), before);
    assertEquals((await workspace.applied()).map((each) => each.state), ["undone"]);
  } finally {
    await project.sh(lock[1] ?? "");
  }
});

Deno.test("an apply that was cut off is taken back by undo", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b", "c.txt": "c" } });
  const before = await fingerprint(project.dir, { times: false });
  const { workspace, from, to } = await work(project, {
    "a.txt": "2",
    "b.txt": null,
    "d/n.txt": "n",
  });
  const token = undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  // As a kill between two steps leaves it: b.txt still to be deleted, a temporary file lying there.
  const path = join(project.runDir, "applied", token, "manifest.json");
  const manifest = JSON.parse(await Deno.readTextFile(path));
  await Deno.writeTextFile(path, JSON.stringify({ ...manifest, state: "applying" }));
  await project.write({ "b.txt": "b", [`d/.ouroboros-${token}.tmp`]: "half" });
  const reopened = await project.reopen();
  assertEquals((await reopened.applied()).map((each) => [each.token, each.state]), [[
    token,
    "applying",
  ]]);
  assert((await reopened.undo(token)).ok);
  assertEquals(await fingerprint(project.dir, { times: false }), before);
});

Deno.test("--commit commits exactly the work, as the user, with their hooks", async () => {
  await using project = await gitProject({
    files: { "a.txt": "1", "b.txt": "b", "gone.txt": "g" },
  });
  await project.write({ "staged.txt": "s", "dirty.txt": "d" });
  await project.sh(
    "git add staged.txt; printf '#!/bin/sh\\necho ran >> ../hook-ran; exit $(cat ../hook-exit)\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; echo 0 > ../hook-exit",
  );
  const { workspace, from, to } = await work(project, {
    "a.txt": "2",
    "new/*.txt": "n",
    "gone.txt": null,
  });
  const mode: ApplyOptions["mode"] = { kind: "commit", message: "Work of the run" };
  const first = (await project.git(["rev-parse", "HEAD"])).trim();

  await project.sh("echo 1 > ../hook-exit");
  const before = await fingerprint(project.dir, { times: false });
  const error = await assertRejects(() => workspace.apply({ from, to, mode }), OuroborosError);
  assertEquals(error.code, "git_failed");
  const unchanged = (print: string) =>
    print.split("\n").filter((line) => !/\.\/\.git\//.test(line)).join("\n");
  assertEquals(unchanged(await fingerprint(project.dir, { times: false })), unchanged(before));
  assertEquals(await project.git(["status", "--porcelain"]), "A  staged.txt\n?? dirty.txt\n");

  await project.sh("echo 0 > ../hook-exit; rm ../hook-ran");
  const token = undoOf(await workspace.apply({ from, to, mode }));
  assertEquals(await Deno.readTextFile(join(project.top, "hook-ran")), "ran\n");
  const shown = await project.git(["show", "--format=%an|%s|%P", "--name-status", "HEAD"]);
  assertEquals(shown, `Ada|Work of the run|${first}\n\nM\ta.txt\nD\tgone.txt\nA\tnew/*.txt\n`);
  assertEquals(await project.git(["status", "--porcelain"]), "A  staged.txt\n?? dirty.txt\n");
  assert((await workspace.undo(token)).ok);
  assertEquals((await project.git(["rev-parse", "HEAD"])).trim(), first);
  assertEquals(await project.git(["status", "--porcelain"]), "A  staged.txt\n?? dirty.txt\n");
  assertEquals(await Deno.readTextFile(join(project.dir, "gone.txt")), "g");
});

Deno.test("--commit refuses files that hold uncommitted changes, and undo a HEAD that moved on", async () => {
  await using project = await gitProject({ files: { "a.txt": "1\n2\n3\n4\n", "b.txt": "b" } });
  await project.write({ "a.txt": "1\n2\n3\n4 mine\n" });
  const { workspace, from, to } = await work(project, {
    "a.txt": "1 theirs\n2\n3\n4 mine\n",
    "b.txt": "b2",
  });
  const mode: ApplyOptions["mode"] = { kind: "commit", message: "m" };
  const before = await fingerprint(project.dir);
  assertEquals(await workspace.apply({ from, to, mode }), { ok: false, overlaps: ["a.txt"] });
  assertEquals(await fingerprint(project.dir), before);
  await project.git(["commit", "-qam", "mine"]);
  const token = undoOf(await workspace.apply({ from, to, mode }));
  await project.git(["commit", "-q", "--allow-empty", "-m", "later"]);
  const error = await assertRejects(() => workspace.undo(token), OuroborosError);
  assertEquals(error.code, "conflict");
  assertStringIncludes(error.hint ?? "", "git revert");
});

Deno.test("--branch puts the work on a branch of its own and leaves the files alone", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b" } });
  await project.write({ "b.txt": "mine, not committed", "mine.txt": "m" });
  const { workspace, from, to } = await work(project, { "a.txt": "2", "new.txt": "n" });
  const branch = (name: string): ApplyOptions["mode"] => ({
    kind: "branch",
    name,
    message: "Work",
  });
  const files = async () =>
    (await fingerprint(project.dir)).split("\n").filter((line) =>
      !/\.git(\/(objects|refs|logs)\b.*)?( ->.*)?$/.test(line)
    ).join("\n");
  const before = await files();
  const dry = await workspace.apply({ from, to, mode: branch("ouroboros/1"), dryRun: true });
  assert(dry.ok);
  assertEquals((await project.git(["branch", "--all"])).trim(), "* main");
  const token = undoOf(await workspace.apply({ from, to, mode: branch("ouroboros/1") }));
  assertEquals(await files(), before);
  const shown = await project.git(["show", "--format=%an|%s", "--name-status", "ouroboros/1"]);
  assertEquals(shown, "Ada|Work\n\nM\ta.txt\nA\tnew.txt\n");
  // All of it is in the user's own store.
  await project.sh(
    "git fsck --strict --no-dangling; git clone -q --no-local . ../copy; git -C ../copy checkout -q ouroboros/1",
  );
  for (const bad of ["a b", "-x", "a..b", ""]) {
    const error = await assertRejects(
      () => workspace.apply({ from, to, mode: branch(bad) }),
      OuroborosError,
    );
    assertEquals([bad, error.code], [bad, "usage"]);
  }
  const taken = await assertRejects(
    () => workspace.apply({ from, to, mode: branch("main") }),
    OuroborosError,
  );
  assertEquals(taken.code, "conflict");
  assert((await workspace.undo(token)).ok);
  assertEquals((await project.git(["branch", "--all"])).trim(), "* main");
});

Deno.test("a branch that somebody built upon stays, and a project without commits has none", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const { workspace, from, to } = await work(project, { "a.txt": "2" });
  const token = undoOf(await workspace.apply({ from, to, mode: { kind: "branch", name: "w" } }));
  await project.sh("git checkout -q w; git commit -q --allow-empty -m more; git checkout -q main");
  const error = await assertRejects(() => workspace.undo(token), OuroborosError);
  assertEquals(error.code, "conflict");
  assert(error.message.includes("what was committed to it since would be lost"));
  // What is told to be typed loses nothing.
  const [, look, move] = /: (git log \S+); .*: (git branch --move .+), then/.exec(error.hint!)!;
  await project.sh(`test "$(${look} --format=%s)" = more; ${move}`);
  assert((await workspace.undo(token)).ok);
  await project.sh("git rev-parse --verify --quiet w-kept");
  await using bare = await gitProject({ git: false, files: { "a.txt": "1" } });
  const other = await work(bare, { "a.txt": "2" });
  for (const mode of [{ kind: "branch", name: "w" }, { kind: "commit", message: "m" }] as const) {
    const refused = await assertRejects(
      () => other.workspace.apply({ from: other.from, to: other.to, mode }),
      OuroborosError,
    );
    assertEquals(refused.code, "workspace_unsupported");
  }
  assertEquals(await Deno.readTextFile(join(bare.dir, "a.txt")), "1");
});

Deno.test("line ends on the user's disk stay the user's", async () => {
  await using project = await gitProject({ files: { "a.txt": "x" } });
  await project.git(["config", "core.autocrlf", "true"]);
  await project.write({ "a.txt": "one\r\ntwo\r\n" });
  const { workspace, from, to } = await work(project, {
    "a.txt": "one\r\n2\r\n",
    "new.txt": "n\r\n",
  });
  undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  assertEquals(await Deno.readTextFile(join(project.dir, "a.txt")), "one\r\n2\r\n");
  assertEquals(await Deno.readTextFile(join(project.dir, "new.txt")), "n\r\n");
});

Deno.test("work in a submodule arrives in its files", async () => {
  await using project = await gitProject({ files: { "a.txt": "a" } });
  await project.sh(
    "git init -q ../lib && cd ../lib && echo 1 > l.txt && git add -A && git commit -qm l",
  );
  await project.sh(
    "git -c protocol.file.allow=always submodule --quiet add ../lib lib; git commit -qm s",
  );
  const { workspace, from, to } = await work(project, { "lib/l.txt": "2", "a.txt": "b" });
  const token = undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  assertEquals(
    await project.git(["status", "--porcelain"], join(project.dir, "lib")),
    " M l.txt\n",
  );
  assert((await workspace.undo(token)).ok);
  assertEquals(await project.git(["status", "--porcelain"]), "");
});

Deno.test("an edit made while the work is being applied is not overwritten", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "b.txt": "b" } });
  // Somebody saves a file in the middle of it.
  const runner = plainGit(project.home);
  let meanwhile = () => Promise.resolve();
  const again = await createRunWorkspace({
    git: async (args, call) => {
      const result = await runner(args, call);
      if (args.includes("checkout-index")) await meanwhile();
      return result;
    },
    dir: project.runDir,
    project: project.dir,
    carry: { paths: [] },
    now: () => new Date(),
  });
  const base = await again.snapshot({});
  const { path } = await again.worktree("1", base.commit);
  await writeFiles(path, { "a.txt": "2", "b.txt": "b2" });
  const made = await again.commit("1", { parent: base.commit, message: "m" });
  meanwhile = () => project.write({ "b.txt": "saved just now" });
  const refused = await again.apply({ from: base.commit, to: made.commit, mode: WORKTREE });
  assertEquals(refused, { ok: false, overlaps: ["b.txt"] });
  assertEquals(await Deno.readTextFile(join(project.dir, "a.txt")), "1");
  assertEquals(await Deno.readTextFile(join(project.dir, "b.txt")), "saved just now");
});

Deno.test("files of another owner stay theirs", async () => {
  if (Deno.uid() !== 0) {
    console.log("skipped: only root can give files away");
    return;
  }
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.sh("chown -R 12345:12345 .");
  const { workspace, from, to } = await work(project, { "a.txt": "2", "new/deep/n.txt": "n" });
  const token = undoOf(await workspace.apply({ from, to, mode: WORKTREE }));
  const owners = ["a.txt", "new", "new/deep", "new/deep/n.txt"].map((name) =>
    Deno.statSync(join(project.dir, name)).uid
  );
  assertEquals(owners, [12345, 12345, 12345, 12345]);
  assert((await workspace.undo(token)).ok);
  assertEquals(Deno.statSync(join(project.dir, "a.txt")).uid, 12345);
});

Deno.test("a branch that is there already stays, and another name is offered", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  await project.git(["branch", "main-2"]);
  const { workspace, from, to } = await work(project, { "a.txt": "2" });
  const error = await assertRejects(
    () => workspace.apply({ from, to, mode: { kind: "branch", name: "main" } }),
    OuroborosError,
  );
  assertEquals([error.code, error.hint], ["conflict", "ouroboros apply RUN --branch main-3"]);
});

Deno.test("links of the work that lead out of the project are named", async () => {
  await using project = await gitProject({ files: { "a.txt": "1", "sub/b.txt": "b" } });
  const { workspace, from, to } = await work(
    project,
    { "a.txt": "2" },
    "ln -s /etc/hosts host; ln -s ../../x sub/up; ln -s ../a.txt sub/fine; ln -s nowhere void",
  );
  const links = [{ path: "host", target: "/etc/hosts" }, { path: "sub/up", target: "../../x" }];
  assertEquals(await workspace.outsideLinks(from, to), links);
  for (const mode of [WORKTREE, { kind: "branch", name: "new" }] as const) {
    const applied = await workspace.apply({ from, to, mode, dryRun: mode.kind === "worktree" });
    assert(applied.ok);
    assertEquals(applied.links, links);
  }
});
