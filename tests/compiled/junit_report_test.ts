/** What the compiled program makes of a check's JUnit report: its parser is a CommonJS package. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { onBinary, runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const suite = (cases: string) =>
  `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`;
const failing = '<testcase classname="t" name="new"><failure message="no"/></testcase>';
const old = '<testcase classname="t" name="old"><failure message="no"/></testcase>';

/** Checks work that leaves `report`; its command says no, as tests of old fail on. */
async function verdictOn(report: string) {
  await using dir = await tempDir();
  for (const name of ["home", "project"]) await Deno.mkdir(join(dir.path, name));
  const project = join(dir.path, "project");
  const start = async (command: string[]) => {
    const end = await runProgram({ args: [], command, cwd: project, home: join(dir.path, "home") });
    assertEquals(end.code, 0, end.stderr);
  };
  const git = (...args: string[]) =>
    start(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
  await git("init", "-q", "-b", "main");
  await Deno.writeTextFile(join(project, "state.xml"), suite(old + failing));
  await git("add", "-A");
  await git("commit", "-qm", "base");
  const seed = {
    schema: 1,
    goal: "A report",
    acceptance_criteria: [{
      id: "c",
      description: "The new test passes",
      check: { run: "cp state.xml out.xml; exit 1", report: "out.xml" },
    }],
  };
  await Deno.writeTextFile(join(dir.path, "seed.yaml"), JSON.stringify(seed));
  await Deno.writeTextFile(join(project, "state.xml"), report);
  return await runProgram({
    args: ["check", join(dir.path, "seed.yaml"), "--base", "main"],
    cwd: project,
    home: join(dir.path, "home"),
  });
}

Deno.test({
  name: "single tests of a JUnit report decide: one of old may fail on",
  ignore: !onBinary,
  fn: async () => {
    const end = await verdictOn(suite(`${old}<testcase classname="t" name="new"/>`));
    assertEquals(end.code, 0, end.stdout + end.stderr);
  },
});

Deno.test({
  name: "half of a JUnit report is none, and the exit code says no",
  ignore: !onBinary,
  fn: async () => {
    const end = await verdictOn(suite('<testcase classname="t" name="new"/>').slice(0, -5));
    assertEquals(end.code, 5, end.stdout + end.stderr);
    assertStringIncludes(end.stdout, "exit code");
  },
});
