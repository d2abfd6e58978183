import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { checkSeed, type CheckSeedInput } from "../../../../lib/app/check/check_seed.ts";
import type { CheckReport } from "../../../../lib/app/check/check_seed_report.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { writeFiles } from "../../../helpers/git_project.ts";
import { stuckGit } from "../../../helpers/stuck_git.ts";

const SEED = `
goal: Greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: sh check.sh, protect: [check.sh, "tests/*"] }
`;
const FILES = {
  "seed.yaml": SEED,
  "check.sh": '[ "$(sh greet.sh)" = hello ] && [ ! -e tests/new.sh ]\n',
};
const DONE = { "greet.sh": "echo hello\n" };

/** A bench whose project is a repository with one commit on main, and a branch "work". */
async function gateBench(files: Record<string, string> = FILES): Promise<
  AppBench & {
    git(...args: string[]): Promise<void>;
    check(input?: Partial<CheckSeedInput>): Promise<CheckReport>;
  }
> {
  const bench = await appBench({ files });
  const git = async (...args: string[]) => {
    const own = ["-c", "user.name=A", "-c", "user.email=a@b"];
    const { success, stderr } = await new Deno.Command("git", {
      args: [...own, ...args],
      cwd: bench.project,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  };
  await git("init", "-q", "-b", "main");
  await git("add", "-A");
  await git("commit", "-q", "-m", "base");
  await git("checkout", "-q", "-b", "work");
  const check = (input: Partial<CheckSeedInput> = {}) =>
    checkSeed(bench.app, {
      seed: "seed.yaml",
      project: bench.project,
      projectGiven: false,
      base: undefined,
      head: undefined,
      prove: false,
      strict: false,
      hidden: undefined,
      allowSeedChange: false,
      ...input,
    }, { cancel: new AbortController().signal });
  return Object.assign(bench, { git, check });
}

const short = ({ result, exit, criteria }: CheckReport) => [
  result,
  exit,
  ...criteria.map((one) => one.state),
];

Deno.test("the head alone: no before the work, yes with it, and the files stay as they are", async () => {
  await using bench = await gateBench();
  assertEquals(short(await bench.check()), ["failed", 5, "failed"]);
  await writeFiles(bench.project, DONE);
  assertEquals(short(await bench.check()), ["passed", 0, "passed"]);
  const names = [...Deno.readDirSync(bench.project)].map((one) => one.name).sort();
  assertEquals(names, [".git", "check.sh", "greet.sh", "seed.yaml"]);
});

Deno.test("no journal and nothing else of ours is made", async () => {
  await using bench = await gateBench();
  await bench.check();
  await assertRejects(() => Deno.stat(`${bench.root}/ours`), Deno.errors.NotFound);
});

Deno.test("against a base: what fails there and passes now is done; what held before is undecided", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, DONE);
  const done = await bench.check({ base: "main" });
  assertEquals(short(done), ["passed", 0, "passed"]);
  assertEquals(done.criteria[0]!.checks[0]!.base?.verdict, "fail");
  await bench.git("add", "-A");
  await bench.git("commit", "-q", "-m", "work");
  assertEquals(short(await bench.check({ base: "HEAD" })), ["unverified", 9, "unverified"]);
});

Deno.test("a base that went on is taken where the work left it", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, DONE);
  await bench.git("add", "-A");
  await bench.git("commit", "-q", "-m", "work");
  await bench.git("checkout", "-q", "main");
  await writeFiles(bench.project, { "check.sh": "false\n" });
  await bench.git("commit", "-q", "-am", "others");
  await bench.git("checkout", "-q", "work");
  const report = await bench.check({ base: "main" });
  assertEquals([report.changes, report.exit], [[], 0]);
});

Deno.test("a check that is made easier counts as the base has it, and the change says no", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, { "check.sh": "true\n", "greet.sh": "echo bye\n" });
  const report = await bench.check({ base: "main" });
  assertEquals(short(report), ["failed", 5, "failed"]);
  assertEquals(report.changes, [{ path: "check.sh", kind: "modified", what: "protected" }]);
  await writeFiles(bench.project, DONE);
  const right = await bench.check({ base: "main" });
  assertEquals(short(right), ["failed", 5, "passed"]);
  assertStringIncludes(right.reason, "protected file");
});

Deno.test("a new file below a protected path is taken away, and is no failure", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, { ...DONE, "tests/new.sh": "exit 0\n" });
  assertEquals(short(await bench.check({ base: "main" })), ["passed", 0, "passed"]);
});

Deno.test("a seed that was changed or deleted says no, and the base's counts", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, { "seed.yaml": SEED.replace("sh check.sh", "true") });
  const changed = await bench.check({ base: "main" });
  assertEquals(short(changed), ["failed", 5, "failed"]);
  assertEquals(changed.changes, [{ path: "seed.yaml", kind: "modified", what: "seed" }]);
  assertEquals(changed.seed.from, "base");
  await writeFiles(bench.project, { "seed.yaml": null, ...DONE });
  const gone = await bench.check({ base: "main" });
  assertEquals(gone.changes, [{ path: "seed.yaml", kind: "deleted", what: "seed" }]);
  assertEquals(short(gone), ["failed", 5, "passed"]);
  await writeFiles(bench.project, { "seed.yaml": `# a remark\n${SEED}` });
  assertEquals((await bench.check({ base: "main" })).exit, 0, "a remark changes no meaning");
});

Deno.test("a folder of the seed's that becomes a link out of the repository takes no seed from the base", async () => {
  const { "seed.yaml": seed, ...files } = FILES;
  await using bench = await gateBench({ ...files, "ci/seed.yaml": seed });
  const easier = seed.replace("sh check.sh", "test -f anything");
  await writeFiles(`${bench.root}/out`, { "seed.yaml": easier });
  await Deno.remove(`${bench.project}/ci`, { recursive: true });
  await Deno.symlink(`${bench.root}/out`, `${bench.project}/ci`);
  await writeFiles(bench.project, { anything: "" });
  const own = { seed: "ci/seed.yaml", base: "main" };
  const report = await bench.check(own);
  assertEquals(short(report), ["failed", 5, "failed"]);
  assertEquals(report.changes[0], { path: "ci/seed.yaml", kind: "modified", what: "seed" });
  await bench.git("add", "-A");
  await bench.git("commit", "-q", "-m", "work");
  assertEquals((await bench.check({ ...own, head: "work" })).changes, report.changes);
});

Deno.test("an allowed change counts: its own seed and its own checks decide", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, {
    "check.sh": '[ "$(sh greet.sh)" = hi ]\n',
    "greet.sh": "echo hi\n",
    "seed.yaml": SEED.replace("prints hello", "prints hi"),
  });
  assertEquals((await bench.check({ base: "main" })).exit, 5);
  const allowed = await bench.check({ base: "main", allowSeedChange: true });
  assertEquals(short(allowed), ["passed", 0, "passed"]);
  assertEquals(allowed.changes.map((one) => one.what), ["seed", "protected"]);
  assertEquals(allowed.criteria[0]!.description, "greet.sh prints hi");
});

Deno.test("a seed that lies outside of the repository is nobody's to change", async () => {
  await using bench = await gateBench({ "check.sh": FILES["check.sh"] });
  await Deno.writeTextFile(`${bench.root}/seed.yaml`, SEED);
  await writeFiles(bench.project, DONE);
  const report = await bench.check({ base: "main", seed: `${bench.root}/seed.yaml` });
  assertEquals([report.changes, report.exit], [[], 0]);
});

Deno.test("another commit than the one that is checked out can be looked at", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, DONE);
  await bench.git("add", "-A");
  await bench.git("commit", "-q", "-m", "work");
  await bench.git("checkout", "-q", "main");
  assertEquals((await bench.check()).exit, 5);
  assertEquals((await bench.check({ head: "work", base: "main" })).exit, 0);
});

Deno.test("hidden checks come from a file elsewhere, and tell nothing", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, DONE);
  const hidden = `${bench.root}/hidden.yaml`;
  await Deno.writeTextFile(hidden, "greet: echo a-secret-line; false\n");
  const report = await bench.check({ hidden });
  assertEquals(short(report), ["failed", 5, "failed"]);
  assert(!JSON.stringify(report).includes("a-secret-line"), JSON.stringify(report));
  await Deno.writeTextFile(hidden, "greet: [{ run: sh h.sh, files: { h.sh: 'sh greet.sh' } }]\n");
  assertEquals((await bench.check({ hidden })).exit, 0);
  await Deno.writeTextFile(hidden, "other: 'true'\n");
  await assertRejects(() => bench.check({ hidden }), OuroborosError, 'no criterion "other"');
});

Deno.test("a slip in hidden checks is refused: no report would show what they do not ask", async () => {
  await using bench = await gateBench();
  const hiddenText = "greet:\n  - run: sh greet.sh\n    expct: { stdout: bye }\n";
  const error = await assertRejects(
    () => bench.check({ hidden: "-", hiddenText }),
    OuroborosError,
    `"-" of criterion "greet": expct is not known to this version`,
  );
  assertEquals(error.code, "seed_invalid");
  assertStringIncludes(error.message, 'did you mean "expect"?');
});

Deno.test("hidden checks as text lie in no file, and none is looked for", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, { ...DONE, "-": "greet: 'true'\n" });
  const report = await bench.check({ hidden: "-", hiddenText: "greet: 'false'\n", report: "-" });
  assertEquals(short(report), ["failed", 5, "failed"]);
});

Deno.test("hidden checks in the repository, also by way of a link, are refused", async () => {
  await using bench = await gateBench();
  const outside = `${bench.root}/hidden.yaml`;
  const text = "greet: 'true'\n";
  await writeFiles(bench.project, { ...DONE, ".gitignore": "own.yaml\n", "own.yaml": text });
  await Deno.writeTextFile(outside, text);
  await Deno.symlink(outside, `${bench.project}/link.yaml`);
  await Deno.symlink(`${bench.project}/own.yaml`, `${bench.root}/in.yaml`);
  await Deno.mkdir(`${bench.project}/sub`);
  const project = `${bench.project}/sub`;
  for (const hidden of ["own.yaml", "link.yaml", "sub/../own.yaml", `${bench.root}/in.yaml`]) {
    for (const more of [{}, { project }]) {
      const error = await assertRejects(() => bench.check({ hidden, ...more }), OuroborosError);
      assertEquals(error.code, "usage");
      assertStringIncludes(error.message, `outside of "${bench.project}"`);
    }
  }
  assertEquals((await bench.check({ hidden: outside })).exit, 0);
  await Deno.rename(`${bench.project}/own.yaml`, `${bench.project}/my own.yaml`);
  const error = await assertRejects(() => bench.check({ hidden: "my own.yaml" }), OuroborosError);
  assertEquals(
    error.hint,
    `mv 'my own.yaml' ${bench.root}/ && ouroboros check seed.yaml --hidden '${bench.root}/my own.yaml'`,
  );
});

Deno.test("a report never takes the place of the seed or of hidden checks, by no name of theirs", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, DONE);
  const hidden = `${bench.root}/hidden.yaml`;
  await Deno.writeTextFile(hidden, "greet: 'true'\n");
  await Deno.symlink(`${bench.project}/seed.yaml`, `${bench.root}/soft.xml`);
  await Deno.link(`${bench.project}/seed.yaml`, `${bench.root}/hard.xml`);
  await Deno.symlink(hidden, `${bench.root}/hidden.xml`);
  const names = ["soft.xml", "hard.xml", "hidden.xml", "hidden.yaml"].map((one) =>
    `${bench.root}/${one}`
  );
  for (const report of ["seed.yaml", "./seed.yaml", ...names]) {
    const error = await assertRejects(() => bench.check({ hidden, report }), OuroborosError);
    assertEquals([error.code, error.message.split(":")[0]], [
      "usage",
      `Write the JUnit report to "${report}"`,
    ]);
  }
  assertEquals((await bench.check({ hidden, report: `${bench.root}/new.xml` })).exit, 0);
});

Deno.test("a signal ends a gate while it reads the files", async () => {
  await using bench = await appBench({ files: { ...FILES, ...DONE } });
  const { reading } = await stuckGit(bench.bin);
  const stop = new AbortController();
  const work = checkSeed(bench.app, {
    ...{ seed: "seed.yaml", project: bench.project, projectGiven: true, base: undefined },
    ...{ head: undefined, prove: false, strict: false, hidden: undefined, allowSeedChange: false },
  }, { cancel: stop.signal });
  await reading;
  stop.abort();
  assertEquals((await assertRejects(() => work, OuroborosError)).code, "cancelled");
});

Deno.test("outside of a repository no folder with the home in it is taken for a project", async () => {
  await using bench = await appBench({ files: {} });
  await Deno.mkdir(`${bench.root}/alone`);
  await writeFiles(`${bench.root}/alone`, FILES);
  await writeFiles(`${bench.root}/alone`, DONE);
  await Deno.mkdir(`${bench.root}/other`);
  await writeFiles(`${bench.root}/other`, { ...DONE, "check.sh": "exit 0\n" });
  const seed = `${bench.root}/alone/seed.yaml`;
  const home = bench.app.environment.get("HOME")!;
  const check = (project: string, projectGiven = false) =>
    checkSeed(bench.app, {
      ...{ seed, project, projectGiven, base: undefined, head: undefined, prove: false },
      ...{ strict: false, hidden: undefined, allowSeedChange: false },
    }, { cancel: new AbortController().signal });
  for (const project of ["/", home]) {
    const error = await assertRejects(() => check(project), OuroborosError);
    assertEquals([error.code, error.hint], [
      "usage",
      `ouroboros check ${seed} --cwd ${bench.root}/alone`,
    ]);
  }
  const told = (await check(`${bench.root}/other`)).notices;
  assertStringIncludes(told.join(), `all files in "${bench.root}/other"`);
  assertEquals((await check(`${bench.root}/alone`)).notices, []);
  assertEquals((await check(`${bench.root}/alone`, true)).exit, 0);
});

Deno.test("a seed elsewhere in the repository: it is said in which folder the checks run", async () => {
  await using bench = await gateBench();
  await writeFiles(bench.project, { ...DONE, "sub/check.sh": "exit 0\n" });
  const project = `${bench.project}/sub`;
  const said = async (input: Partial<CheckSeedInput>) =>
    (await bench.check(input)).notices.filter((one) => one.startsWith("The checks run in"));
  assertEquals(await said({ project }), [
    'The checks run in "sub", the folder that you are in; with --cwd .. they run where the seed lies',
  ]);
  assertEquals(await said({ project, projectGiven: true }), []);
  assertEquals(await said({}), []);
  await Deno.writeTextFile(`${bench.root}/seed.yaml`, SEED);
  assertEquals(await said({ seed: `${bench.root}/seed.yaml`, project }), []);
});

Deno.test("a pass that never ran its check is undecided once it has to be proved", async () => {
  await using bench = await gateBench({
    "seed.yaml": SEED.replace("sh check.sh", "./run.sh check.sh"),
    "check.sh": FILES["check.sh"],
  });
  // The work brings the runner, and the runner runs nothing.
  await writeFiles(bench.project, { "run.sh": "#!/bin/sh\nexit 0\n" });
  await Deno.chmod(`${bench.project}/run.sh`, 0o755);
  assertEquals((await bench.check({ base: "main" })).exit, 0);
  const proved = await bench.check({ base: "main", prove: true });
  assertEquals(short(proved), ["unverified", 9, "unverified"]);
  assertEquals(proved.criteria[0]!.checks[0]!.control?.state, "missed");
  await writeFiles(bench.project, { "run.sh": '#!/bin/sh\nexec sh "$1"\n', ...DONE });
  assertEquals((await bench.check({ base: "main", prove: true })).exit, 0);
});

Deno.test("a check that cannot run, a person's check and none at all are undecided", async () => {
  for (const check of ["no-such-tool-anywhere", "{ human: look at it }"]) {
    await using bench = await gateBench({
      "seed.yaml": `goal: G\nacceptance_criteria:\n  - description: D\n    check: ${check}\n`,
    });
    assertEquals(short(await bench.check()), ["unverified", 9, "unverified"], check);
  }
  await using none = await gateBench({
    "seed.yaml": "goal: G\nacceptance_criteria: [{ description: D }]\n",
  });
  assertEquals(short(await none.check()), ["unverified", 9, "unverified"]);
});

Deno.test("a check that must go on passing passes by holding, where only the head is looked at", async () => {
  await using bench = await gateBench({
    "seed.yaml":
      "goal: G\nacceptance_criteria:\n  - description: D\n    check: { run: 'true', preserve: true }\n",
  });
  assertEquals((await bench.check()).exit, 0);
});

Deno.test("with --prove and --strict a pass that nothing confirms is undecided, with the way out", async () => {
  const seedOf = (check: string) =>
    `goal: G\nacceptance_criteria: [{ description: D, check: ${check} }]\n`;
  await using bench = await gateBench({
    "seed.yaml": seedOf("sh ./t"),
    "bare.yaml": seedOf("sh ./t"),
    "own.yaml": seedOf("{ run: sh ./t.sh, protect: t.sh }"),
    "looks.yaml": seedOf("grep -q x notes"),
    "holds.yaml": seedOf("{ run: sh ./t, preserve: true }"),
    "t": "test -e notes\n",
    "t.sh": "test -e notes\n",
    "notes": "x\n",
  });
  const strict = (seed: string) => bench.check({ seed, prove: true, strict: true });
  const bare = await strict("bare.yaml");
  assertEquals(short(bare), ["unverified", 9, "unverified"]);
  assertStringIncludes(bare.criteria[0]!.reason, 'name its own files in "protect"');
  assertEquals((await bench.check({ seed: "bare.yaml", prove: true })).exit, 0);
  for (const seed of ["own.yaml", "looks.yaml", "holds.yaml"]) {
    assertEquals((await strict(seed)).exit, 0, seed);
  }
});

Deno.test("an option that would do nothing is refused", async () => {
  await using bench = await gateBench();
  for (const idle of [{ strict: true }, { allowSeedChange: true }]) {
    const error = await assertRejects(() => bench.check(idle), OuroborosError);
    assertEquals(error.code, "usage");
  }
});

Deno.test("a project that commits what its kind would carry is checked as it is", async () => {
  await using bench = await gateBench({
    "package.json": '{"scripts":{"test":"sh node_modules/x/t.sh"}}',
    "node_modules/x/t.sh": "test -e done\n",
    "seed.yaml":
      "goal: g\nacceptance_criteria: [{ description: d, check: sh node_modules/x/t.sh }]\n",
  });
  assertEquals(short(await bench.check()), ["failed", 5, "failed"]);
  await writeFiles(bench.project, { done: "" });
  assertEquals(short(await bench.check({ base: "main" })), ["passed", 0, "passed"]);
});
