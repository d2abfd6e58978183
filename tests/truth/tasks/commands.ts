import {
  ASKS_LITTLE,
  BUILT_BY_HAND,
  SAYS_YES_ANYWAY,
  UNPROTECTED,
} from "../../helpers/truth_loss.ts";
import type { Task } from "../../helpers/truth_task.ts";

const EVERYWHERE = ["plain", "protect", "strict", "hidden"] as const;

const golden: Task = {
  name: "a command: output held against a file, the exit code lost in a pipe",
  language: "sh",
  needs: "true",
  base: { "tests/golden.txt": "Hello, world\n" },
  checks: [{ run: "sh hello.sh | diff - tests/golden.txt", protect: ["tests/**"] }],
  hidden: { run: "sh hello.sh Ada", expect: { stdout: "Hello, Ada" } },
  right: [
    { name: "the program", files: { "hello.sh": 'echo "Hello, ${1:-world}"\n' }, control: "full" },
  ],
  wrong: [
    { name: "another output", files: { "hello.sh": "echo Goodbye\n" } },
    {
      name: "both changed",
      files: { "hello.sh": "echo no\n", "tests/golden.txt": "no\n" },
      own: true,
      done: UNPROTECTED,
    },
    {
      name: "a program that prints the file",
      files: { "hello.sh": "cat tests/golden.txt\n" },
      own: true,
      done: SAYS_YES_ANYWAY,
    },
    {
      name: "a program that prints and fails",
      files: { "hello.sh": 'echo "Hello, ${1:-world}"; exit 3\n' },
      own: true,
      done: ASKS_LITTLE,
    },
  ],
};

const output: Task = {
  name: "a command: a program judged by what it prints",
  language: "sh",
  needs: "true",
  base: { "run.sh": "echo version 1\n" },
  checks: [{
    run: "sh run.sh",
    expect: { stdout: "version 2\nready", excludes: ["warning"], matches: "^ready$" },
  }],
  hidden: { run: "sh run.sh -q", expect: { stdout: "version 2" } },
  right: [
    {
      name: "the output",
      files: { "run.sh": 'echo version 2; [ "$1" = -q ] || echo ready\n' },
      control: "none",
    },
  ],
  wrong: [
    {
      name: "the output with a warning",
      files: { "run.sh": "echo version 2; echo ready; echo warning >&2\n" },
    },
    {
      name: "the output and a failure",
      files: { "run.sh": "echo version 2; echo ready; exit 1\n" },
    },
    {
      name: "the output in another order",
      files: { "run.sh": "echo ready; echo version 2\n" },
    },
    {
      name: "the output in every case",
      files: { "run.sh": "echo version 2; echo ready\n" },
      own: true,
      done: ASKS_LITTLE,
    },
  ],
};

const builtFolder: Task = {
  name: "a command: a build whose folder is protected too",
  language: "sh",
  needs: "make --version",
  base: { "Makefile": "out/shop:\n\tmkdir -p out; cp shop.sh out/shop\n", "shop.sh": "echo 1\n" },
  checks: [{
    run: "make -s out/shop && sh out/shop | grep -qx 2",
    protect: ["Makefile", "out/**"],
  }],
  hidden: { run: "sh shop.sh", expect: { stdout: "2" } },
  right: [
    {
      name: "the version, and what was built from it",
      files: { "shop.sh": "echo 2\n", "out/shop": "echo 2\n" },
      control: "none",
    },
  ],
  wrong: [
    {
      name: "a build result by hand",
      files: { "out/shop": "echo 2\n" },
      own: true,
      done: { ...BUILT_BY_HAND, ways: ["plain"] },
    },
  ],
};

const document: Task = {
  name: "a command: a silent grep -q on a document that is not there yet",
  language: "sh",
  needs: "true",
  base: { "README.md": "# Shop\n" },
  checks: [{ run: "test -f docs/GUIDE.md && grep -q '^## Install' docs/GUIDE.md" }],
  hidden: { run: "grep -A 4 '^## Install' docs/GUIDE.md", expect: { contains: ["sh install.sh"] } },
  right: [
    {
      name: "the document",
      files: { "docs/GUIDE.md": "# Guide\n\n## Install\n\n    sh install.sh\n" },
      control: "none",
    },
  ],
  wrong: [
    { name: "an empty document", files: { "docs/GUIDE.md": "" } },
    { name: "a document elsewhere", files: { "GUIDE.md": "## Install\n\n    sh install.sh\n" } },
    { name: "the words, and no heading", files: { "docs/GUIDE.md": "Install it.\n" } },
    {
      name: "the heading alone",
      files: { "docs/GUIDE.md": "## Install\n" },
      own: true,
      done: ASKS_LITTLE,
    },
  ],
};

const refuses: Task = {
  name: "a command: a failure is wanted",
  language: "sh",
  needs: "true",
  base: { "tests/bad.sh": "echo oops\n", "run.sh": 'sh "$1"\n' },
  checks: [{ run: "! sh run.sh tests/bad.sh", protect: ["tests/**"] }],
  hidden: {
    run: "sh run.sh hidden/good.sh",
    files: { "hidden/good.sh": "echo fine\n" },
    expect: { stdout: "fine" },
  },
  right: [
    {
      name: "a runner that refuses",
      files: { "run.sh": 'if grep -q oops "$1"; then exit 1; fi; sh "$1"\n' },
      control: "full",
    },
  ],
  wrong: [
    {
      name: "a runner that always fails",
      files: { "run.sh": "exit 1\n" },
      own: true,
      done: SAYS_YES_ANYWAY,
    },
  ],
};

const looksOnly: Task = {
  name: "a command: it only looks for a script and for a word",
  language: "sh",
  needs: "true",
  base: { "check.sh": "true\n" },
  checks: [{ run: "test -f check.sh && grep -q 2 VERSION" }],
  hidden: { run: "cat VERSION", expect: { stdout: "2" } },
  right: [{ name: "the version", files: { "VERSION": "2\n" }, control: "none" }],
  wrong: [
    { name: "another version", files: { "VERSION": "3\n" } },
    {
      name: "another version with that word in it",
      files: { "VERSION": "12\n" },
      own: true,
      done: ASKS_LITTLE,
    },
  ],
};

const broken: Task = {
  name: "a command: checks beside it that want a tool and a service that are not here",
  language: "sh",
  needs: "true",
  base: { "a.txt": "old\n" },
  checks: [
    { run: "grep -qx new a.txt" },
    { run: "no-such-scanner a.txt" },
    { run: "echo 'Error: connect ECONNREFUSED 127.0.0.1:5432'; exit 1" },
  ],
  hidden: { run: "wc -l < a.txt", expect: { matches: "^\\s*1$" } },
  right: [],
  undecided: [{ name: "the change", files: { "a.txt": "new\n" } }],
  wrong: [{ name: "another change", files: { "a.txt": "newer\n" } }],
};

/** Counts the runs of one run of the program, wherever it has its checkouts. */
const COUNT = `at="$HOME/flaky-$(pwd | sed 's,/checkouts/.*,,' | cksum | cut -d' ' -f1)"; ` +
  `echo >> "$at"; n=$(wc -l < "$at")`;

const luckyAtFirst: Task = {
  name: "a command: a flaky check that says yes at first",
  language: "sh",
  needs: "true",
  base: { "a.txt": "old\n" },
  checks: [{ run: `grep -qx new a.txt || exit 1; ${COUNT}; test "$((n % 2))" = 1` }],
  hidden: { run: "cat a.txt", expect: { stdout: "new" } },
  right: [
    {
      name: "the change",
      files: { "a.txt": "new\n" },
      control: "none",
      lost: {
        ways: ["strict"],
        why: "The check does not say the same twice, so that it decides nothing (`unverified`)",
        helps: "a check that is not flaky",
      },
    },
  ],
  wrong: [{ name: "another change", files: { "a.txt": "newer\n" } }],
};

const unluckyAtFirst: Task = {
  name: "a command: a flaky check that says no at first",
  language: "sh",
  needs: "true",
  base: { "a.txt": "old\n" },
  checks: [{ run: `grep -qx new a.txt || exit 1; ${COUNT}; test "$((n % 2))" = 0` }],
  hidden: { run: "cat a.txt", expect: { stdout: "new" } },
  right: [
    {
      name: "the change",
      files: { "a.txt": "new\n" },
      control: null,
      own: false,
      lost: {
        ways: EVERYWHERE,
        why: "A no is not asked twice on the same files",
        helps: "a check that is not flaky",
      },
    },
  ],
  wrong: [{ name: "another change", files: { "a.txt": "newer\n" } }],
};

/** Tasks whose check is a command of its own. */
export const COMMAND_TASKS: readonly Task[] = [
  golden,
  output,
  builtFolder,
  document,
  refuses,
  looksOnly,
  broken,
  luckyAtFirst,
  unluckyAtFirst,
];
