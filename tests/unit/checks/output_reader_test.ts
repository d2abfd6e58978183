import { assertEquals } from "@std/assert";
import { OutputReader } from "../../../lib/checks/output_reader.ts";
import type { ProjectFiles } from "../../../lib/checks/project_parts.ts";

const ROOT = "/t/checkout";

function read(output: string): OutputReader {
  const reader = new OutputReader();
  for (const line of output.split("\n")) reader.add(line, line.replaceAll(`${ROOT}/`, ""));
  return reader;
}

function filesOf(files: Record<string, string>): ProjectFiles {
  const has = (path: string) =>
    Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`));
  return {
    root: ROOT,
    has: (path) => Promise.resolve(has(path)),
    text: (path) => Promise.resolve(files[path]),
  };
}

/** Outputs of the real tools, shortened, and the line that says most. */
const LINES: Record<string, [output: string, line: string]> = {
  "node --test, TAP": [
    "TAP version 13\n# Subtest: adds\nnot ok 1 - adds\n  ---\n  location: '/x/a.test.mjs:2:1'\n" +
    "  failureType: 'testCodeFailure'\n  error: '1 == 2'\n  code: 'ERR_ASSERTION'\n  name: 'AssertionError'\n" +
    "  stack: |-\n    TestContext.<anonymous> (file:///x/a.test.mjs:2:27)\n  ...\n1..1\n# tests 1\n# fail 1",
    "error: '1 == 2'",
  ],
  "node --test, a message of several lines": [
    "not ok 1 - adds\n  ---\n  error: |-\n    Expected values to be strictly equal:\n    \n    1 !== 2\n  name: 'AssertionError'",
    "Expected values to be strictly equal:",
  ],
  "node, missing module": [
    "node:internal/modules/esm/resolve:283\n    throw new ERR_MODULE_NOT_FOUND(\n          ^\n\n" +
    `Error [ERR_MODULE_NOT_FOUND]: Cannot find module '${ROOT}/coupon.js' imported from ${ROOT}/b.mjs\n` +
    "    at finalizeResolution (node:internal/modules/esm/resolve:283:11)\n\nNode.js v20.20.2",
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'coupon.js' imported from b.mjs",
  ],
  "deno test, coloured": [
    "\x1b[0m\x1b[38;5;245mrunning 1 test from ./u_test.ts\x1b[0m\na ... \x1b[0m\x1b[31mFAILED\x1b[0m (0ms)\n\n" +
    "\x1b[0m\x1b[1m\x1b[31merror\x1b[0m: Error: bad sum\n    at u_test.ts:1:39\n\nFAILED | 0 passed | 1 failed (7ms)\n" +
    "error: Test failed",
    "error: Error: bad sum",
  ],
  "pytest": [
    "F.                                       [100%]\n=== FAILURES ===\n___ test_a ___\n\n    def test_a():\n" +
    ">       assert total([1]) == 2\nE       assert 1 == 2\nE        +  where 1 = total([1])\n\ntest_a.py:4: AssertionError\n" +
    "FAILED test_a.py::test_a - assert 1 == 2\n1 failed, 1 passed in 0.02s",
    "E       assert 1 == 2",
  ],
  "python": [
    'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nValueError: bad coupon',
    "ValueError: bad coupon",
  ],
  "unittest": [
    "F\n======\nFAIL: test_a (t.T.test_a)\n------\nTraceback (most recent call last):\n" +
    '  File "/x/t.py", line 4, in test_a\n    self.assertEqual(1, 2)\nAssertionError: 1 != 2\n\n' +
    "Ran 1 test in 0.000s\n\nFAILED (failures=1)",
    "AssertionError: 1 != 2",
  ],
  "go test": [
    "--- FAIL: TestA (0.00s)\n    a_test.go:3: want 1\nFAIL\nFAIL\texample.com/shop\t0.003s\nFAIL",
    "a_test.go:3: want 1",
  ],
  "go compile": [
    "# example.com/shop [example.com/shop.test]\n./a_test.go:3:30: undefined: Coupon\nFAIL\texample.com/shop [build failed]\nFAIL",
    "./a_test.go:3:30: undefined: Coupon",
  ],
  "cargo test": [
    "running 1 test\ntest tests::adds ... FAILED\n\nfailures:\n\n---- tests::adds stdout ----\n\n" +
    "thread 'tests::adds' panicked at src/lib.rs:8:9:\nassertion `left == right` failed\n  left: 1\n right: 2\n\n" +
    "test result: FAILED. 0 passed; 1 failed; 0 ignored\n\nerror: test failed, to rerun pass `--lib`",
    "assertion `left == right` failed",
  ],
  "rustc": [
    "   Compiling x v0.1.0\nerror[E0425]: cannot find function `coupon` in this scope\n --> src/lib.rs:7:5\n" +
    "error: could not compile `x` (lib test) due to 1 previous error",
    "error[E0425]: cannot find function `coupon` in this scope",
  ],
  "tsc": [
    "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.\nsrc/b.ts(1,1): error TS2304: x",
    "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.",
  ],
  "maven": [
    "[INFO] Running CouponTest\n[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.04 s <<< FAILURE! -- in CouponTest\n" +
    "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>\n[ERROR] Failures:\n" +
    "[ERROR]   CouponTest.a:9 expected: <1> but was: <2>\n[INFO] BUILD FAILURE",
    "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>",
  ],
  "sh": ["sh: 1: ./build: not found", "sh: 1: ./build: not found"],
  "nothing known": ["hello\nthe last word\n\n", "the last word"],
  "nothing": ["", ""],
};

for (const [name, [output, line]] of Object.entries(LINES)) {
  Deno.test(`The line that says most: ${name}`, () =>
    assertEquals(read(output).failure.text(), line));
}

/** Outputs, files of the project, and what is missing; null: nothing but the work itself. */
const TROUBLES: [string, Record<string, string>, string | null, number?][] = [
  ["sh: 1: jest: not found", {}, "missing_tool: jest", 127],
  ["bash: line 3: jest: command not found", {}, "missing_tool: jest", 127],
  ["./test.sh: 4: jest: not found", {}, "missing_tool: jest", 127],
  ["/usr/bin/env: 'pypy': No such file or directory", {}, "missing_tool: pypy", 127],
  [
    "make: jest: No such file or directory\nmake: *** [Makefile:2: test] Error 127",
    {},
    "missing_tool: jest",
    2,
  ],
  [
    "/bin/sh: 1: jest: not found\nmake: *** [Makefile:2: test] Error 127",
    {},
    "missing_tool: jest",
    2,
  ],
  ["sh: 1: coupon: not found", {}, null, 1],
  ["sh: 1: ./coupon: not found", {}, null, 127],
  [
    "sh: 1: node_modules/.bin/tsc: not found",
    { "package.json": '{"devDependencies":{"typescript":"5"}}' },
    "missing_module: tsc",
    127,
  ],
  ["sh: 1: ./node_modules/.bin/tsc: not found", { "package.json": "{}" }, null, 127],
  ["sh: 1: node_modules/.bin/tsc: not found", {}, null, 127],
  [
    'npm error npx canceled due to missing packages and no YES option: ["vitest@4.0.1"]',
    { "package.json": '{"dependencies":{"vitest":"4"}}' },
    "missing_module: vitest",
    1,
  ],
  [
    'npm error npx canceled due to missing packages and no YES option: ["vitest@4.0.1"]',
    { "package.json": '{"scripts":{"test":"vitest"}}' },
    null,
    1,
  ],
  [
    "error: rustup could not choose a version of cargo to run, because one wasn't specified explicitly, and no default is configured.",
    {},
    "missing_tool: cargo",
    1,
  ],
  ["docker: unknown command: docker compose", {}, "missing_tool: docker compose", 1],
  ["docker: 'compose' is not a docker command.", {}, "missing_tool: docker: 'compose'", 1],
  ["sh: 1: bin/coupon: Permission denied", {}, null, 126],
  ["make: *** No rule to make target 'coupon'.  Stop.", {}, null, 2],
  [
    `Error [ERR_MODULE_NOT_FOUND]: Cannot find module '${ROOT}/coupon.js' imported from ${ROOT}/b.mjs`,
    {},
    null,
  ],
  ["Error: Cannot find module './coupon'", {}, null],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'lodash' imported from /x",
    {},
    "missing_module: lodash",
  ],
  ["Error: Cannot find module '@scope/pkg/deep/file.js'", {}, "missing_module: @scope/pkg"],
  ["Error: Cannot find module 'shop/coupon'", { "package.json": '{"name":"shop"}' }, null],
  ["Error: Cannot find module '@/coupon'", {}, null],
  [
    "Error: Cannot find module '/usr/lib/node_modules/npm/bin/npm-cli.js'",
    {},
    "missing_module: /usr/lib/node_modules/npm/bin/npm-cli.js",
  ],
  [`TS2307 [ERROR]: Cannot find module 'file://${ROOT}/nope.ts'.`, {}, null],
  ["ModuleNotFoundError: No module named 'coupon'", {}, null],
  ["ModuleNotFoundError: No module named 'shop.coupon'", { "shop/__init__.py": "" }, null],
  ["E   ModuleNotFoundError: No module named 'requests'", {}, "missing_module: requests"],
  ["ModuleNotFoundError: No module named 'obscure_lib.x'", {
    "pyproject.toml": 'dependencies = ["obscure-lib>=1"]',
  }, "missing_module: obscure_lib"],
  [
    "ModuleNotFoundError: No module named 'shop_kit'",
    { "pyproject.toml": 'name = "shop-kit"' },
    null,
  ],
  [
    "ModuleNotFoundError: No module named 'yaml'",
    { "requirements.txt": "PyYAML==6" },
    "missing_module: yaml",
  ],
  ["/usr/bin/python3: No module named pytest", {}, "missing_module: pytest"],
  ["/usr/bin/python3: No module named shop", {}, null],
  ["b.go:2:8: no required module provides package github.com/a/b; to add it:", {
    "go.mod": "module example.com/shop\n",
  }, "missing_module: github.com/a/b"],
  ["b.go:2:8: no required module provides package example.com/shop/inner; to add it:", {
    "go.mod": "module example.com/shop\n",
  }, null],
  ["./a_test.go:3:30: undefined: Coupon", {}, null],
  ["error[E0463]: can't find crate for `serde`", {}, "missing_module: serde"],
  ["error[E0432]: unresolved import `crate::coupon`", {}, null],
  ["T.java:1: error: package org.junit.jupiter.api does not exist", {
    "src/test/java/com/acme/T.java": "",
  }, "missing_module: org.junit.jupiter.api"],
  ["T.java:1: error: package com.acme.coupon does not exist", {
    "src/test/java/com/acme/T.java": "",
  }, null],
  ["Error: connect ECONNREFUSED 127.0.0.1:5432", {}, "refused_connection: 127.0.0.1:5432"],
  ["Error: connect ECONNREFUSED 127.0.0.1:3000", {}, null],
  ["Error: connect ECONNREFUSED 10.1.2.3:80", {}, "refused_connection: 10.1.2.3:80"],
  [
    "curl: (7) Failed to connect to 127.0.0.1 port 3999 after 0 ms: Couldn't connect to server",
    {},
    null,
  ],
  [
    "u.urlopen('http://127.0.0.1:6379')\nURLError: <urlopen error [Errno 111] Connection refused>",
    {},
    "refused_connection: 127.0.0.1:6379",
  ],
  [
    "ConnectionRefusedError: [Errno 111] Connection refused",
    {},
    "refused_connection: an address that it does not name",
  ],
  [
    "npm error getaddrinfo ENOTFOUND registry.npmjs.org",
    {},
    "refused_connection: registry.npmjs.org",
  ],
  ["dial tcp: lookup proxy.golang.org: no such host", {}, "refused_connection: proxy.golang.org"],
  [
    "Error: Could not find or load main class nope.Foo\nCaused by: java.lang.ClassNotFoundException: nope.Foo",
    {},
    null,
  ],
  [
    "Caused by: java.lang.ClassNotFoundException: org.junit.platform.launcher.Launcher",
    {},
    "missing_module: org.junit.platform.launcher.Launcher",
  ],
  ["Caused by: java.lang.NoClassDefFoundError: com/acme/Coupon", {}, null],
  ["Could not find artifact org.acme:lib:jar:1 in central", {}, "missing_module: org.acme:lib"],
  ["error: no such command: `nextest`", {}, "missing_tool: nextest"],
  ["error: toolchain 'nightly-x' is not installed", {}, "missing_tool: toolchain 'nightly-x'"],
  ["pyenv: python3.13: command not found", {}, "missing_tool: python3.13", 127],
  [
    "npm error request to https://r.example/nopkg failed: cache mode is 'only-if-cached' but no",
    {},
    "missing_module: nopkg",
  ],
  ["OSError: [Errno 28] No space left on device", {}, "not_started: No space left on device"],
  [
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?",
    {},
    "refused_connection: an address that it does not name",
  ],
  ["AssertionError: expected 3 to equal 4", {}, null],
  ["", {}, null],
];

for (const [output, files, signature, exit] of TROUBLES) {
  Deno.test(`What is missing: ${output.split("\n")[0] || "nothing"}`, async () => {
    const found = await read(output).troubles.judge(exit ?? 1, filesOf(files));
    assertEquals(found?.signature ?? null, signature);
  });
}

/** Summaries of the real runners and the tests that they ran. */
const COUNTS: [string, number | undefined][] = [
  ["# tests 3\n# suites 0\n# pass 3", 3],
  ["ℹ tests 0", 0],
  ["1 failed, 2 passed, 1 skipped, 4 warnings in 0.10s", 3],
  ["===== 3 passed in 0.01s =====", 3],
  ["1 error in 0.05s", 1],
  ["Ran 7 tests in 0.001s", 7],
  ["running 3 tests\n\nrunning 0 tests", 3],
  ["running 1 test from ./u_test.ts", 1],
  [
    "ok  \texample.com/shop\t0.003s\nFAIL\texample.com/shop/b\t0.1s\n?   \texample.com/c\t[no test files]",
    2,
  ],
  ["FAIL\texample.com/shop [build failed]", undefined],
  ["Tests:       1 failed, 2 passed, 3 total", 3],
  ["      Tests  3 passed (3)", 3],
  ["  5 passing (20ms)\n  1 failing", 6],
  [
    "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.04 s -- in A\n[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0",
    2,
  ],
  ["all good", undefined],
];

for (const [output, count] of COUNTS) {
  Deno.test(`Tests that ran: ${output.split("\n")[0]}`, () =>
    assertEquals(read(output).tests.total(), count));
}
