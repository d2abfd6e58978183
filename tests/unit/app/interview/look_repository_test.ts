import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { lookGit } from "../../../../lib/app/interview/look_git.ts";
import { lookRepository } from "../../../../lib/app/interview/look_repository.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { gitProject } from "../../../helpers/git_project.ts";
import { plainGit } from "../../../helpers/git_runner.ts";

const exists = (path: string) => Deno.lstat(path).then(() => true, () => false);

Deno.test("staged, changed, removed and new files are not committed; touched ones are", async () => {
  const names = ["staged", "changed", "both", "removed", "touched"];
  await using project = await gitProject({
    files: Object.fromEntries(names.map((name) => [name, "one"])),
  });
  await project.write({ staged: "two", both: "two" });
  await project.git(["add", "-A"]);
  await project.write({ changed: "two", both: "three", removed: null, new: "", touched: "one" });
  await Deno.utime(join(project.dir, "touched"), 1, 1);
  const found = await lookRepository(plainGit(project.home), project.dir);
  assertEquals(found?.dirty, 5);
  assertEquals(found?.others, ["new"]);
  assertEquals(found?.tracked?.length, 5);
});

Deno.test("no filter of the repository is started", async () => {
  await using project = await gitProject({ files: { "a.dat": "one" } });
  const marker = join(project.top, "started");
  await project.git(["config", "filter.own.clean", `touch '${marker}'; cat`]);
  await project.git(["config", "filter.own.required", "true"]);
  await project.write({ ".gitattributes": "*.dat filter=own\n" });
  await Deno.utime(join(project.dir, "a.dat"), 1, 1);
  const found = await lookRepository(plainGit(project.home), project.dir);
  assertEquals([found?.dirty, await exists(marker)], [1, false]);
  await project.git(["ls-files", "-m"]);
  assert(await exists(marker), "git starts none here: the test shows nothing");
});

Deno.test("what git does not say in time is left out, and the rest is told", async () => {
  await using project = await gitProject({ files: { "a.ts": "" } });
  const git = plainGit(project.home);
  const slow = (word: string) =>
    lookRepository((args, call) => {
      if (!args.includes(word)) return git(args, call);
      return Promise.reject(
        new OuroborosError({ code: "timed_out", message: "Run git: too long" }),
      );
    }, project.dir);
  const uncounted = await slow("-m");
  assertEquals([uncounted?.dirty, uncounted?.tracked], [null, ["a.ts"]]);
  const others = await slow("--others");
  assertEquals([others?.dirty, others?.others, others?.tracked], [null, null, ["a.ts"]]);
  const nothing = await slow("ls-files");
  assertEquals([nothing?.tracked, nothing?.others, nothing?.dirty], [null, null, null]);
  assertEquals((await slow("rev-list"))?.committedAt, null);
  assertEquals(await slow("rev-parse"), undefined);
});

Deno.test("no repository, a bare one and a broken one are none", async () => {
  await using project = await gitProject({ git: false });
  const git = plainGit(project.home);
  assertEquals(await lookRepository(git, project.dir), undefined);
  await project.git(["init", "-q", "--bare", "bare.git"]);
  assertEquals(await lookRepository(git, join(project.dir, "bare.git")), undefined);
  await project.write({ ".git": "gitdir: nowhere\n" });
  assertEquals(await lookRepository(git, project.dir), undefined);
});

Deno.test("a repository without a commit, and one at no branch, are told as such", async () => {
  await using empty = await gitProject({ git: "empty", files: { a: "", b: "" } });
  await empty.git(["add", "a"]);
  const now = new Date();
  const found = await lookRepository(plainGit(empty.home), empty.dir);
  assertEquals(lookGit(found!, now).text, 'branch "main", 2 files not committed, no commit yet');
  await using detached = await gitProject();
  await detached.git(["checkout", "-q", "--detach"]);
  const head = await lookRepository(plainGit(detached.home), detached.dir);
  assertEquals(
    lookGit(head!, now).text,
    `at commit ${head!.head!.slice(0, 10)}, no branch, everything committed, last commit just now`,
  );
});
