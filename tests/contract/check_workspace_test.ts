import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { checkTree } from "../../lib/checks/check_tree.ts";
import type { CheckWorkspace } from "../../lib/checks/put_back.ts";
import { gitRunner } from "../../lib/workspace/git_runner.ts";
import { createRunWorkspace } from "../../lib/workspace/open_workspace.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { checkBench, commandCheck } from "../helpers/check_bench.ts";
import { type FakeFiles, writeFakeFiles } from "../helpers/fake_workspace.ts";

/** What checks need of a workspace, and a way to make trees in it. */
interface Subject {
  workspace: CheckWorkspace;
  tree(files: FakeFiles): Promise<string>;
}

/** Git in the environment of the tests. */
function testGit(processes: ReturnType<typeof createProcesses>, home: string) {
  return gitRunner(processes, { PATH: Deno.env.get("PATH") ?? "", HOME: home });
}

async function real(folder: string, prefix: string): Promise<Subject & { close(): Promise<void> }> {
  const processes = createProcesses({
    depth: 0,
    chain: [],
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  const git = testGit(processes, folder);
  const root = join(folder, "user");
  const project = join(root, prefix);
  await Deno.mkdir(project, { recursive: true });
  if (prefix !== "") {
    await git(["init", "-q", root], { cwd: folder });
    await Deno.writeTextFile(join(root, "beside.test"), "beside\n");
  }
  const workspace = await createRunWorkspace({
    git,
    dir: join(folder, "run"),
    project,
    carry: { paths: [] },
    now: () => new Date(0),
  });
  return {
    workspace,
    async tree(files) {
      for await (const { name } of Deno.readDir(project)) {
        if (name !== ".git") await Deno.remove(join(project, name), { recursive: true });
      }
      await writeFakeFiles(project, files);
      return (await workspace.snapshot({})).tree;
    },
    async close() {
      const alive = setInterval(() => {}, 1000);
      await processes.close();
      clearInterval(alive);
    },
  };
}

const KINDS = ["made up", "real, without git", "real, in a folder of a repository"] as const;

async function withSubject(
  kind: typeof KINDS[number],
  run: (subject: Subject, bench: Awaited<ReturnType<typeof checkBench>>) => Promise<void>,
) {
  await using bench = await checkBench();
  if (kind === "made up") {
    const tree = (files: FakeFiles) => Promise.resolve(bench.workspace.tree(files));
    return await run({ workspace: bench.workspace, tree }, bench);
  }
  const subject = await real(bench.folder, kind === "real, without git" ? "" : "sub/project");
  try {
    await run(subject, bench);
  } finally {
    await subject.close();
  }
}

const IGNORE: FakeFiles = { ".gitignore": "ignored/\n" };

for (const kind of KINDS) {
  Deno.test(`Checks on a workspace (${kind}): each one gets a clean checkout`, () =>
    withSubject(kind, async (subject, bench) => {
      const base = await subject.tree({ ...IGNORE, a: "a\n" });
      const runs = await checkTree(
        [
          commandCheck(
            "test ! -e left && mkdir -p ignored && touch left ignored/left && echo x > a",
          ),
          commandCheck("test ! -e left && test ! -e ignored/left && grep -qx a a"),
        ],
        base,
        { ...bench.options({}), workspace: subject.workspace, base },
      );
      assertEquals(runs.map((run) => run?.verdict), ["pass", "pass"], runs[1]?.outputTail);
    }));

  Deno.test(`Checks on a workspace (${kind}): protected files are those of the base`, () =>
    withSubject(kind, async (subject, bench) => {
      const base = await subject.tree({
        "tests/run.sh": { text: "#!/bin/sh\necho base; exit 1\n", mode: 0o755 },
        "tests/data/one.txt": "one\n",
        "tests/link": { link: "data/one.txt" },
        "kept/tests/other.txt": "o\n",
      });
      const work = await subject.tree({
        "tests": { link: "mine" },
        "mine/run.sh": { text: "#!/bin/sh\nexit 0\n", mode: 0o755 },
        "mine/extra.sh": "exit 0\n",
        "new.test": "mine\n",
        "kept/tests": "a file\n",
      });
      const [run] = await checkTree(
        [
          commandCheck(
            "ls tests tests/data kept/tests; readlink tests/link; ls new.test mine; tests/run.sh",
            { protect: ["tests", "**/*.test", "kept/tests/**"] },
          ),
        ],
        work,
        { ...bench.options({}), workspace: subject.workspace, base },
      );
      assertEquals([run?.verdict, run?.exit], ["fail", 1]);
      const words = run!.outputTail.split(/\s+/);
      for (const word of ["base", "one.txt", "data/one.txt", "other.txt"]) {
        assertEquals(words.includes(word), true, `${word} in ${run!.outputTail}`);
      }
      assertStringIncludes(run!.outputTail, "No such file");
      assertEquals(words.filter((word) => word === "extra.sh").length, 1, "only below mine/");
    }));

  Deno.test(`Checks on a workspace (${kind}): each check finds what a preparation left`, () =>
    withSubject(kind, async (subject, bench) => {
      const base = await subject.tree({ ...IGNORE, a: "a\n" });
      for (const [left, times] of [["ignored/t", 1], ["t", 2]] as const) {
        const log = join(bench.folder, times === 1 ? "one" : "two");
        const run = `echo >> ${log}; mkdir -p ignored && echo built > ${left}`;
        const runs = await checkTree(
          [commandCheck(`cat ${left}`), commandCheck(`grep built ${left}`)],
          base,
          {
            ...bench.options({}),
            workspace: subject.workspace,
            base,
            prepare: { run, when: [], timeoutMs: 60_000 },
          },
        );
        assertEquals(runs.map((run) => run?.verdict), ["pass", "pass"], left);
        assertEquals((await Deno.readTextFile(log)).length, times);
      }
    }));

  Deno.test(`Checks on a workspace (${kind}): a preparation serves its own tree only`, () =>
    withSubject(kind, async (subject, bench) => {
      const log = join(bench.folder, "log");
      const base = await subject.tree({ ...IGNORE, lock: "1" });
      const options = {
        ...bench.options({}),
        workspace: subject.workspace,
        base,
        prepare: {
          run: `mkdir -p ignored && touch ignored/ready && echo once >> ${log}`,
          when: ["lock"],
          timeoutMs: 60_000,
        },
      };
      const ready = commandCheck("test -e ignored/ready && touch ignored/built");
      const first = await checkTree([ready, commandCheck("test -e ignored/ready")], base, options);
      assertEquals(first.map((run) => run?.verdict), ["pass", "pass"]);
      const other = await subject.tree({ ...IGNORE, lock: "1", more: "m" });
      const clean = commandCheck("test -e ignored/ready && test ! -e ignored/built");
      assertEquals((await checkTree([clean], other, options))[0]?.verdict, "pass");
      assertEquals((await Deno.readTextFile(log)).trim().split("\n").length, 2);
    }));
}

Deno.test("Checks on a workspace: in a folder of a repository, a check's git works", () =>
  withSubject("real, in a folder of a repository", async (subject, bench) => {
    const base = await subject.tree({ a: "a" });
    const options = {
      ...bench.options({}),
      workspace: subject.workspace,
      base,
      scratch: join(bench.folder, "run", "scratch"),
    };
    const [run] = await checkTree([commandCheck("git ls-files --error-unmatch a")], base, options);
    assertEquals([run?.verdict, run?.outputTail], ["pass", "a"]);
  }));

/** A workspace in whose checkouts somebody writes before a command begins. */
function writtenIn(workspace: CheckWorkspace, path: string): CheckWorkspace {
  return {
    listEntries: (tree) => workspace.listEntries(tree),
    changed: (from, to) => workspace.changed(from, to),
    outsideLinks: (base, tree) => workspace.outsideLinks(base, tree),
    async checkout(tree, purpose, options) {
      const checkout = await workspace.checkout(tree, purpose, options);
      if (purpose === "checks") await Deno.writeTextFile(join(checkout.path, path), "true\n");
      return checkout;
    },
  };
}

for (const kind of KINDS.slice(1)) {
  Deno.test(`A source that is not what its tree has is seen, its line ends are not: ${kind}`, () =>
    withSubject(kind, async ({ workspace, tree }, bench) => {
      const files = { ".gitattributes": "*.py text eol=crlf\n", "tests/t.py": "a\n" };
      const base = await tree({ ...files, "greet.sh": "false\n" });
      const work = await tree({ ...files, "greet.sh": "exit 0\n", "new.py": "b\nc\n" });
      const check = commandCheck("sh greet.sh", { protect: ["tests"] });
      const run = async (place: CheckWorkspace) => {
        const options = { ...bench.options({}), base, workspace: place };
        const [one] = await checkTree([check], work, options);
        return [one!.verdict, one!.rewritten];
      };
      assertEquals(await run(workspace), ["pass", undefined]);
      assertEquals(await run(writtenIn(workspace, "greet.sh")), ["pass", "greet.sh"]);
      assertEquals(await run(writtenIn(workspace, "new.py")), ["pass", "new.py"]);
      // No source.
      assertEquals(await run(writtenIn(workspace, "beside.txt")), ["pass", undefined]);
    }));
}
