import type { CommandInput } from "../../lib/checks/check_input.ts";
import type { ControlState } from "../../lib/kernel/check_run.ts";
import { commandCheck } from "../helpers/check_bench.ts";
import type { FakeFiles } from "../helpers/fake_workspace.ts";

/** Files over the base's; null for a deleted one. */
type Changes = Readonly<Record<string, FakeFiles[string] | null>>;

/** Right work, and what a control can say of the check that it passes. */
export interface RightWork {
  name: string;
  files: Changes;
  control: ControlState;
}

/** Wrong work. `left`: what a control cannot tell, and so passes it, in doubt or without one. */
export interface WrongWork {
  name: string;
  files: Changes;
  left?: "passes" | "partial";
}

/** A task with one check, and works that were handed in. */
export interface ControlTask {
  name: string;
  /** Command that tells whether its tools are here. */
  needs: string;
  base: FakeFiles;
  check: CommandInput;
  right: readonly RightWork[];
  wrong: readonly WrongWork[];
}

const program = (text: string) => ({ text, mode: 0o755 });

const PY_TEST = `import unittest
from shop import total

class TotalTest(unittest.TestCase):
    def test_sum(self):
        """Adds all of them."""
        self.assertEqual(total([1, 2]), 3)
    def test_empty(self): self.assertEqual(total([]), 0)

if __name__ == "__main__":
    unittest.main()
`;
const PY_RIGHT = "def total(items):\n    return sum(items)\n";
const PY_WRONG = "def total(items):\n    return sum(items[1:])\n";

const unittestMain: ControlTask = {
  name: "Python, unittest.main() at the end of a test that is started by name",
  needs: "python3 --version",
  base: { "shop.py": PY_WRONG, "tests/test_total.py": PY_TEST },
  check: commandCheck("PYTHONPATH=. python3 tests/test_total.py", { protect: ["tests/**"] }),
  right: [
    { name: "the fix", files: { "shop.py": PY_RIGHT }, control: "full" },
    {
      name: "the fix as a package",
      files: { "shop.py": null, "shop/__init__.py": PY_RIGHT },
      control: "full",
    },
  ],
  wrong: [
    { name: "nothing", files: {} },
    { name: "a wrong sum", files: { "shop.py": "def total(items):\n    return 3\n" } },
    {
      name: "the test emptied",
      files: { "tests/test_total.py": "print('Ran 2 tests in 0.001s')\n" },
    },
    { name: "an exit when it is loaded", files: { "shop.py": "import os\nos._exit(0)\n" } },
    { name: "sys.exit when it is loaded", files: { "shop.py": "raise SystemExit(0)\n" } },
    {
      name: "a runner of the runner's name",
      files: {
        "unittest.py": "class TestCase: pass\ndef main(): pass\n",
        "shop.py": "def total(items): pass\n",
      },
    },
    {
      name: "failures that are forgotten at the exit",
      files: {
        "shop.py":
          "import atexit, os\natexit.register(lambda: os._exit(0))\ndef total(items): pass\n",
      },
    },
    {
      name: "an exit in the function that is tested",
      files: { "shop.py": "import os\ndef total(items): os._exit(0)\n" },
    },
    {
      name: "the tests' values by heart",
      files: { "shop.py": "def total(items):\n    return {2: 3, 0: 0}[len(items)]\n" },
      left: "passes",
    },
  ],
};

const PYTEST_TEST = `import pytest
from shop import total

@pytest.fixture
def items():
    return [1, 2]

@pytest.mark.parametrize("more", [
    1,
    2,
])
def test_sum(
    items,
    more,
):
    assert total(items + [more]) == 3 + more

@pytest.mark.xfail
def test_other():
    assert total(None) == 0

class TestEmpty:
    async def test_later(self):
        pass
    def test_empty(self) -> None:
        assert total([]) == 0
`;

const pytest: ControlTask = {
  name: "Python, pytest with a filter",
  needs: "python3 -m pytest --version",
  base: { "shop.py": PY_WRONG, "tests/test_total.py": PYTEST_TEST },
  check: commandCheck("python3 -m pytest -q -p no:cacheprovider -k sum", {
    protect: ["tests/**"],
  }),
  right: [{ name: "the fix", files: { "shop.py": PY_RIGHT }, control: "full" }],
  wrong: [
    { name: "the test deleted", files: { "tests/test_total.py": null } },
    {
      name: "a conftest that calls every outcome passed",
      files: {
        "conftest.py":
          "import pytest\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    outcome = yield\n    outcome.get_result().outcome = 'passed'\n",
      },
    },
    {
      name: "a conftest that exits at once",
      files: { "conftest.py": "import os\nos._exit(0)\n" },
    },
    {
      name: "a pytest of its own",
      files: { "pytest.py": "print('2 passed in 0.01s')\n" },
    },
    {
      name: "settings that collect something else",
      files: {
        "pytest.ini": "[pytest]\npython_files = mine_*.py\n",
        "mine_sum.py": "def test_sum(): pass\n",
      },
    },
  ],
};

const PY_SCRIPT = `#!/usr/bin/env python3
"""Checks the sums.

In two lines."""
from __future__ import annotations
import sys
from shop import total

def main() -> int:
    if total([1, 2]) != 3:
        return 1
    if total([]) != 0:
        return 1
    return 0

if __name__ == "__main__":
    sys.exit(main())
`;

const pythonScript: ControlTask = {
  name: "Python, a plain script with sys.exit(main()) at its end",
  needs: "python3 --version",
  base: { "shop.py": PY_WRONG, "check.py": PY_SCRIPT },
  check: commandCheck("python3 check.py", { protect: ["check.py"] }),
  right: [{ name: "the fix", files: { "shop.py": PY_RIGHT }, control: "full" }],
  wrong: [
    { name: "the script emptied", files: { "check.py": "" } },
    {
      name: "an exit when it is loaded",
      files: { "shop.py": "import os\nos._exit(0)\n" },
      left: "partial",
    },
    {
      name: "a __future__ of its own",
      files: { "sitecustomize.py": "import os\nos._exit(0)\n" },
    },
  ],
};

const NODE_TEST = `import test, { describe, it } from "node:test";
import assert from "node:assert";
import { price } from "./coupon.mjs";
const slash = /["'(]/; // a " in a comment
test("takes a coupon off", () => assert.equal(price(100, { off: 10 }), 90));
describe("coupons", () => {
  it(\`rejects an expired (\${"x" + \`)\`}) one\`, { timeout: 5000 }, async (t) => {
    assert.throws(() => price(100, { off: 10, until: 1 }, 2));
  });
  test.skip("later", () => assert.fail());
  test("keeps a price", function (t, done) {
    assert.equal(price(100), 100);
    done();
  });
});
`;
const COUPON_OLD = "export const price = (sum, coupon) => sum - (coupon?.off ?? 0);\n";
const COUPON_NEW = `export function price(sum, coupon, now = 0) {
  if (coupon?.until !== undefined && coupon.until < now) throw new Error("expired");
  return sum - (coupon?.off ?? 0);
}
`;

const nodeTest: ControlTask = {
  name: "JavaScript, node --test by npm",
  needs: "npm --version && node --version",
  base: {
    "package.json": '{"name":"shop","type":"module","scripts":{"test":"node --test"}}\n',
    "coupon.mjs": COUPON_OLD,
    "coupon.test.mjs": NODE_TEST,
  },
  check: commandCheck("npm test", { protect: ["**/*.test.*", "package.json"] }),
  right: [
    { name: "the fix", files: { "coupon.mjs": COUPON_NEW }, control: "full" },
    {
      name: "the fix in a file of its own, and a test of its own",
      files: {
        "src/price.mjs": COUPON_NEW,
        "coupon.mjs": 'export * from "./src/price.mjs";\n',
        "test/more.mjs": 'import test from "node:test";\ntest("more", () => {});\n',
      },
      control: "full",
    },
  ],
  wrong: [
    { name: "the failing test taken out", files: { "coupon.test.mjs": NODE_TEST.slice(0, 200) } },
    {
      name: "an exit when it is loaded",
      files: { "coupon.mjs": "export const price = 0;\nprocess.exit(0);\n" },
    },
    { name: "a shell that says yes", files: { ".npmrc": "script-shell=/bin/true\n" } },
    {
      name: "an exit code that is turned round",
      files: {
        "coupon.mjs":
          "export const price = () => 0;\nprocess.on('exit', () => { process.exitCode = 0; process.reallyExit(0); });\n",
      },
    },
    {
      name: "an exit in the function that is tested",
      files: { "coupon.mjs": "export const price = () => process.exit(0);\n" },
    },
  ],
};

const NODE_SCRIPT = `"use strict";
const assert = require("node:assert");
const { price } = require("./coupon.js");
assert.equal(price(100, 10), 90);
console.log("ok");
process.exit(0);
`;

const nodeScript: ControlTask = {
  name: "JavaScript, a plain script with process.exit(0) at its end",
  needs: "node --version",
  base: {
    "coupon.js": "exports.price = (sum) => sum;\n",
    "check.js": NODE_SCRIPT,
  },
  check: commandCheck("node check.js", { protect: ["check.js"] }),
  right: [
    {
      name: "the fix",
      files: { "coupon.js": "exports.price = (sum, off) => sum - off;\n" },
      control: "full",
    },
  ],
  wrong: [
    { name: "the script replaced", files: { "check.js": 'console.log("ok");\n' } },
    {
      name: "an exit when it is loaded",
      files: { "coupon.js": "process.exit(0);\n" },
      left: "partial",
    },
    { name: "a wrong price", files: { "coupon.js": "exports.price = () => 0;\n" } },
  ],
};

const hiddenFile: ControlTask = {
  name: "JavaScript, a module that is not there yet and a file that only the check has",
  needs: "node --version",
  base: { "package.json": '{"type":"module"}\n' },
  check: commandCheck("node checks/sum.mjs", {
    hidden: true,
    files: {
      "checks/sum.mjs":
        'import { sum } from "../sum.mjs";\nif (sum(2, 3) !== 5 || sum(20, 3) !== 23) process.exit(1);\n',
    },
  }),
  right: [
    {
      name: "the module",
      files: { "sum.mjs": "export const sum = (a, b) => a + b;\n" },
      control: "full",
    },
  ],
  wrong: [
    { name: "one example", files: { "sum.mjs": "export const sum = () => 5;\n" } },
    {
      name: "an exit when it is loaded",
      files: { "sum.mjs": "export const sum = 0;\nprocess.exit(0);\n" },
    },
  ],
};

const DENO_TEST = `import { slug } from "./slug.ts";
function equal(a: unknown, b: unknown) { if (a !== b) throw new Error(\`\${a} is not \${b}\`); }
Deno.test("makes words one", () => equal(slug("A b"), "a-b"));
Deno.test({ name: "trims", fn() { equal(slug(" a "), "a"); } });
Deno.test({ name: "keeps numbers", fn: async (): Promise<void> => { await 0; equal(slug("A 1"), "a-1"); } });
Deno.test(function emptyStaysEmpty(): void { equal(slug(""), ""); });
`;
const SLUG =
  'export const slug = (text: string): string => text.trim().toLowerCase().replaceAll(" ", "-");\n';

const denoTest: ControlTask = {
  name: "TypeScript, deno test with types, one test by its name",
  needs: "deno --version",
  base: { "deno.json": "{}", "slug_test.ts": DENO_TEST },
  check: commandCheck("deno test --quiet --filter trims", { protect: ["**/*_test.ts"] }),
  right: [{ name: "the function", files: { "slug.ts": SLUG }, control: "full" }],
  wrong: [
    {
      name: "a function that does nothing",
      files: { "slug.ts": "export const slug = (text: string): string => text;\n" },
    },
    {
      name: "an exit when it is loaded",
      files: { "slug.ts": `${SLUG}Deno.exit(0);\n` },
    },
    {
      name: "settings that leave the tests out",
      files: {
        "deno.json": '{"test":{"exclude":["slug_test.ts"]}}',
        "mine_test.ts": 'Deno.test("trims", () => {});\n',
      },
    },
  ],
};

const GO_TEST = `package shop

import "testing"

func TestCoupon(t *testing.T) {
	t.Parallel()
	if got := Coupon(100, 10); got != 90 {
		t.Fatalf("got %d, want {90}", got)
	}
}

func TestFull(t *testing.T) {
	t.Run("none", func(t *testing.T) {
		if got := Coupon(100, 0); got != 100 {
			t.Errorf("got %d", got)
		}
	})
}

func ExampleCoupon() {
	Coupon(1, 0)
}
`;
const GO_RIGHT = "package shop\n\nfunc Coupon(sum, off int) int { return sum - off }\n";

const goTest: ControlTask = {
  name: "Go, go test with one test by its name",
  needs: "go version",
  base: { "go.mod": "module example.com/shop\n\ngo 1.21\n", "coupon_test.go": GO_TEST },
  check: commandCheck("go test -run 'TestCoupon$' ./...", { protect: ["**/*_test.go"] }),
  right: [{ name: "the function", files: { "coupon.go": GO_RIGHT }, control: "full" }],
  wrong: [
    { name: "a wrong one", files: { "coupon.go": GO_RIGHT.replace("sum - off", "sum") } },
    {
      name: "an exit when it is loaded",
      files: {
        "coupon.go":
          'package shop\n\nimport "os"\n\nfunc init() { os.Exit(0) }\nfunc Coupon(sum, off int) int { return sum }\n',
      },
    },
    {
      name: "a TestMain that forgets what the tests gave",
      files: {
        "coupon.go": GO_RIGHT.replace("sum - off", "sum"),
        "main_test.go":
          'package shop\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { m.Run(); os.Exit(0) }\n',
      },
    },
    {
      name: "a module that leaves the tests out",
      files: { "coupon.go": "package shop\n", "go.mod": "module example.com/shop\n\ngo 1.21\n" },
    },
  ],
};

const RUST_LIB = "pub fn total(items: &[i32]) -> i32 { items.iter().sum() }\n";
const RUST_TEST = `use shop::total;

#[test]
fn adds() {
    let quote = '"'; // and 'lifetimes
    assert_eq!(total(&[1, 2]), 3, "{quote}");
}

#[test]
#[should_panic]
fn refuses() {
    if total(&[]) == 0 { panic!() }
}

#[test]
fn nothing() -> Result<(), String> {
    if total(&[]) == 0 { Ok(()) } else { Err("no".into()) }
}
`;

const cargoTest: ControlTask = {
  name: "Rust, cargo test with one test by its name",
  needs: "cargo --version",
  base: {
    "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": "pub fn total(_items: &[i32]) -> i32 { 0 }\n",
    "tests/total.rs": RUST_TEST,
  },
  check: commandCheck("cargo test --offline -q adds", { protect: ["tests/**"] }),
  right: [{ name: "the fix", files: { "src/lib.rs": RUST_LIB }, control: "full" }],
  wrong: [
    { name: "nothing", files: {} },
    {
      name: "a test target that has no harness",
      files: {
        "Cargo.toml":
          '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\nautotests = false\n',
        "src/lib.rs": "pub fn total(_items: &[i32]) -> i32 { 0 }\n#[test]\nfn adds() {}\n",
      },
    },
    {
      name: "an exit in the function that is tested",
      files: {
        "src/lib.rs": "pub fn total(_items: &[i32]) -> i32 { std::process::exit(0) }\n",
      },
      left: "partial",
    },
  ],
};

const C_TEST = `#include <assert.h>
#include <stdio.h>
int total(const int *items, int count);

/* test_nothing() { is no test */
static void test_sum(void)
{
    int items[] = {1, 2};
    assert(total(items, 2) == 3);
}

static int test_empty(void) {
    return total(0, 0) == 0;
}

int main(void) {
    test_sum();
    if (!test_empty()) return 1;
    puts("ok }");
    return 0;
}
`;
const C_RIGHT =
  "int total(const int *items, int count) {\n  int sum = 0;\n  for (int i = 0; i < count; i++) sum += items[i];\n  return sum;\n}\n";
const MAKEFILE =
  "check: tests/run\n\t./tests/run\n\ntests/run: tests/test_total.c total.c\n\t$(CC) -Wall -Werror -o $@ tests/test_total.c total.c\n";

const cMake: ControlTask = {
  name: "C, test functions by make, the program built inside the tree",
  needs: "make --version && cc --version",
  base: {
    "Makefile": MAKEFILE,
    "total.c": "int total(const int *items, int count) { return items ? count : 0; }\n",
    "tests/test_total.c": C_TEST,
  },
  check: commandCheck("make -s check", { protect: ["tests/**", "Makefile"] }),
  right: [{ name: "the fix", files: { "total.c": C_RIGHT }, control: "full" }],
  wrong: [
    { name: "the recipe replaced", files: { "Makefile": "check:\n\ttrue\n" } },
    {
      name: "a makefile that comes first",
      files: { "GNUmakefile": "check:\n\t@true\n" },
    },
    {
      name: "a stale program that says yes",
      files: { "tests/run": program("#!/bin/sh\nexit 0\n") },
    },
    {
      name: "an exit before main",
      files: {
        "total.c":
          "#include <stdlib.h>\n__attribute__((constructor)) static void early(void) { _Exit(0); }\nint total(const int *items, int count) { return items ? count : 0; }\n",
      },
    },
  ],
};

const C_MAIN = `#include <stdio.h>
int total(const int *items, int count);
int main(void) {
    int items[] = {1, 2};
    if (total(items, 2) != 3) { printf("no\\n"); return 1; }
    return 0;
}
`;

const cMain: ControlTask = {
  name: "C, one program with a main",
  needs: "cc --version",
  base: {
    "total.c": "int total(const int *items, int count) { return items ? count : 0; }\n",
    "check.c": C_MAIN,
  },
  check: commandCheck('cc -o "$TMPDIR/check" check.c total.c && "$TMPDIR/check"', {
    protect: ["check.c"],
  }),
  right: [{ name: "the fix", files: { "total.c": C_RIGHT }, control: "full" }],
  wrong: [
    { name: "a wrong one", files: { "total.c": C_RIGHT.replace("sum += items[i]", "sum++") } },
    {
      name: "an exit in the function that is tested",
      files: {
        "total.c":
          "#include <stdlib.h>\nint total(const int *items, int count) { (void)items; (void)count; exit(0); }\n",
      },
      left: "partial",
    },
  ],
};

const SH_EXIT = `#!/bin/sh
# Greets by name, and the world.
[ "$(./greet.sh Ada)" = "Hello, Ada" ] || { echo "expected Hello, Ada"; exit 1; }
[ "$(./greet.sh)" = "Hello, world" ] || { echo "expected Hello, world"; exit 1; }
exit 0
`;
const GREET = program('#!/bin/sh\necho "Hello, ${1:-world}"\n');

const shellExit: ControlTask = {
  name: "shell, a script with exit 0 at its end",
  needs: "true",
  base: { "tests/greet_test.sh": program(SH_EXIT) },
  check: commandCheck("./tests/greet_test.sh", { protect: ["tests"] }),
  right: [
    { name: "the script", files: { "greet.sh": GREET }, control: "full" },
    {
      name: "the script as a link",
      files: { "bin/hello": GREET, "greet.sh": { link: "bin/hello" } },
      control: "full",
    },
  ],
  wrong: [
    { name: "half of it", files: { "greet.sh": program('#!/bin/sh\necho "Hello, $1"\n') } },
    { name: "the test replaced", files: { "tests/greet_test.sh": program("#!/bin/sh\nexit 0\n") } },
    {
      name: "the caller ended from within",
      files: { "greet.sh": program("#!/bin/sh\nkill -9 $PPID\n") },
    },
  ],
};

const SH_SILENT = `set -e
. ./lib.sh
greeting Ada >"$TMPDIR/out"
grep -q "^Hello, Ada$" "$TMPDIR/out"
`;

const shellSilent: ControlTask = {
  name: "shell, set -e and a silent grep -q last, sourcing the work",
  needs: "true",
  base: { "tests/lib_test.sh": SH_SILENT },
  check: commandCheck("sh tests/lib_test.sh", { protect: ["tests/**"] }),
  right: [
    {
      name: "the function",
      files: { "lib.sh": 'greeting() { echo "Hello, $1"; }\n' },
      control: "full",
    },
  ],
  wrong: [
    { name: "an exit when it is read", files: { "lib.sh": "exit 0\n" }, left: "partial" },
    {
      name: "a grep of its own",
      files: { "lib.sh": "greeting() { :; }\ngrep() { return 0; }\n" },
      left: "passes",
    },
    { name: "another greeting", files: { "lib.sh": "greeting() { echo Hello; }\n" } },
  ],
};

const shellRunsPython: ControlTask = {
  name: "shell, a script that runs Python's tests and then looks itself",
  needs: "python3 --version",
  base: {
    "shop.py": PY_WRONG,
    "tests/test_total.py": PY_TEST,
    "tests/run.sh": "#!/bin/sh\nset -e\npython3 -m unittest discover -q tests\ntest -f shop.py\n",
  },
  check: commandCheck("sh tests/run.sh", { protect: ["tests/**"] }),
  right: [{ name: "the fix", files: { "shop.py": PY_RIGHT }, control: "full" }],
  wrong: [
    {
      name: "a runner of the runner's name",
      files: { "unittest.py": "class TestCase: pass\n" },
    },
  ],
};

const shellAlone: ControlTask = {
  name: "shell, a script beside Python tests that it does not run",
  needs: "true",
  base: {
    "tests/test_total.py": PY_TEST,
    "tests/version.sh": 'test "$(cat VERSION)" = 2 && exit 0\nexit 1\n',
  },
  check: commandCheck("sh tests/version.sh", { protect: ["tests/**"] }),
  right: [{ name: "the version", files: { "VERSION": "2\n" }, control: "partial" }],
  wrong: [{ name: "another version", files: { "VERSION": "3\n" } }],
};

const golden: ControlTask = {
  name: "a program held against a file, nothing of it a program",
  needs: "true",
  base: { "tests/golden.txt": "Hello\n" },
  check: commandCheck("sh hello.sh | diff - tests/golden.txt", { protect: ["tests/**"] }),
  right: [{ name: "the program", files: { "hello.sh": "echo Hello\n" }, control: "none" }],
  wrong: [
    { name: "another output", files: { "hello.sh": "echo Goodbye\n" } },
    { name: "both changed", files: { "hello.sh": "echo no\n", "tests/golden.txt": "no\n" } },
  ],
};

const refuses: ControlTask = {
  name: "a check that wants a script of its own to be refused",
  needs: "true",
  base: { "tests/bad.sh": "echo oops\n", "run.sh": 'sh "$1"\n' },
  check: commandCheck("! sh run.sh tests/bad.sh", { protect: ["tests/**"] }),
  right: [
    {
      name: "a runner that refuses",
      files: { "run.sh": 'if grep -q oops "$1"; then exit 1; fi; sh "$1"\n' },
      control: "none",
    },
  ],
  wrong: [],
};

const looksOnly: ControlTask = {
  name: "a check that only looks for a script and for a word in it",
  needs: "true",
  base: { "check.sh": "true\n" },
  check: commandCheck("test -f check.sh && grep -q 2 VERSION"),
  right: [{ name: "the version", files: { "VERSION": "2\n" }, control: "none" }],
  wrong: [{ name: "another version", files: { "VERSION": "3\n" } }],
};

const typesOnly: ControlTask = {
  name: "TypeScript, types only",
  needs: "deno --version",
  base: { "slug_test.ts": DENO_TEST },
  check: commandCheck("deno check -q slug_test.ts", { protect: ["**/*_test.ts"] }),
  right: [{ name: "the function", files: { "slug.ts": SLUG }, control: "none" }],
  wrong: [
    { name: "a function of another type", files: { "slug.ts": "export const slug = 1;\n" } },
  ],
};

const JAVA_TEST = `public class TotalTest {
    // { no brace
    public static void main(String[] args) {
        if (Total.of(1, 2) != 3) throw new AssertionError("3 }");
        if (Total.of() != 0) throw new AssertionError("0");
        System.exit(0);
    }
}
`;

const java: ControlTask = {
  name: "Java, a main without a framework",
  needs: "javac -version && java -version",
  base: {
    "Total.java": "class Total { static int of(int... items) { return items.length; } }\n",
    "TotalTest.java": JAVA_TEST,
  },
  check: commandCheck(
    'javac -d "$TMPDIR" Total.java TotalTest.java && java -cp "$TMPDIR" TotalTest',
    {
      protect: ["TotalTest.java"],
    },
  ),
  right: [
    {
      name: "the fix",
      files: {
        "Total.java":
          "class Total { static int of(int... items) { int sum = 0; for (int one : items) sum += one; return sum; } }\n",
      },
      control: "full",
    },
  ],
  wrong: [
    {
      name: "an exit in the method that is tested",
      files: {
        "Total.java": "class Total { static int of(int... items) { System.exit(0); return 0; } }\n",
      },
      left: "partial",
    },
  ],
};

/** All tasks. */
export const CONTROL_CORPUS: readonly ControlTask[] = [
  unittestMain,
  pytest,
  pythonScript,
  nodeTest,
  nodeScript,
  hiddenFile,
  denoTest,
  goTest,
  cargoTest,
  cMake,
  cMain,
  shellExit,
  shellSilent,
  shellRunsPython,
  shellAlone,
  golden,
  refuses,
  looksOnly,
  typesOnly,
  java,
];
