import { assertEquals } from "@std/assert";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";

const SHELL = "Could not run: the shell cannot read this command";

/** What a check says of files. */
async function saidOf(run: string, files: Record<string, string> = { "a.txt": "a\n" }) {
  await using bench = await checkBench();
  const [one] = await checkTree([commandCheck(run)], bench.workspace.tree(files), {
    ...bench.options(files),
  });
  return [one!.verdict, one!.verdict === "cannot_run" ? one!.line : ""];
}

Deno.test("a command that the shell cannot read cannot run, whatever the work is like", async () => {
  for (const run of ["if then fi (((", 'echo "a', "test -f a.txt &&", "true\nif"]) {
    assertEquals(await saidOf(run), ["cannot_run", SHELL], run);
  }
});

Deno.test("what the project's own scripts cannot read is an answer of the check", async () => {
  const broken = { "t.sh": "if then\n", "a.txt": "if then" };
  for (const run of ["sh t.sh", "sh -c 'sh t.sh'", 'sh -c "$(cat a.txt)"', ". ./t.sh"]) {
    assertEquals(await saidOf(run, broken), ["fail", ""], run);
  }
});

Deno.test("a program in the command that its interpreter cannot read cannot run either", async () => {
  const python = "Could not run: Python cannot read the program in this command";
  const node = "Could not run: Node cannot read the program in this command";
  const cannot = [
    ['python3 -c "def f(:"', python],
    ["python3 -I -c 'x = 1\n y = 2'", python],
    ['test -f a.txt && python3 -c "def f(:"', python],
    ['node -e "syntax error here"', node],
    ["node -p 'a b'", node],
  ] as const;
  for (const [run, line] of cannot) assertEquals(await saidOf(run), ["cannot_run", line], run);
});

Deno.test("what such a program reads may be mended, and says nothing of the program", async () => {
  const broken = { "a.py": "def f(:\n", "a.js": "a b\n", "a.json": "x\n" };
  const runs = [
    "python3 a.py",
    'python3 -c "$(cat a.py)"',
    "python3 -c \"exec(open('a.py').read())\"",
    "python3 -c 'import a'",
    'node -e "$(cat a.js)"',
    "node -e \"require('./a.js')\"",
    "node -e \"JSON.parse(require('fs').readFileSync('a.json', 'utf8'))\"",
    "node -e \"eval(require('fs').readFileSync('a.js', 'utf8'))\"",
    "node -e \"throw new SyntaxError('no')\"",
    "python3 -c 'def f(:' || sh a.py",
  ];
  for (const run of runs) assertEquals(await saidOf(run, broken), ["fail", ""], run);
});
