import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { poisonable } from "../../../lib/checks/poison.ts";

/** One file a language. */
const ROWS = new URL("../../../lib/checks/poison_rows", import.meta.url);

const count = (path: string, text: string) => poisonable(path, text)?.functions;
const failures = (text: string) =>
  text.split(/poisoned by a negative control|__builtin_trap|exit 97/)
    .length - 1;

/** A script's own way to fail, in Python. */
const count97 = (text: string) => text.split("SystemExit(97)").length - 1;

/** A source of each language, how many test functions it has, and how many have an end to fail at. */
const SOURCES: [path: string, text: string, functions: number, ends: number][] = [
  [
    "test_a.py",
    'def helper(): pass\n# def test_no(): pass\ntext = """\ndef test_no():\n    pass\n"""\n\nclass T:\n    async def test_a(self, x=(1, 2)) -> None:\n        """Doc."""\n        if x:\n            pass\n\n    def test_b(self): assert 1  # why\n',
    2,
    2,
  ],
  ["a.test.ts", 'test("a", () => expr(1));\nit("b", async () => {\n  await x();\n});\n', 2, 2],
  [
    "a.js",
    'test.each([[1, 2]])("a", (a) => { b(a); });\ntest.each`a|b`("c", function () { d(); });\n',
    2,
    2,
  ],
  [
    "b.js",
    'it.skip("a", () => {});\n/x/.test(y);\nconst latest = (a) => a;\nlatest("x", () => {});\n// test("no", () => {})\n',
    0,
    0,
  ],
  [
    "c.js",
    'const t = require("node:test");\nt("a", (t) => { t.throws(() => { x(); }); });\nt.skip("b", () => {});\n',
    1,
    1,
  ],
  [
    "d.mjs",
    'import { describe, it as holds } from "vitest";\nimport $ from "tape";\ndescribe("a", () => {\n  holds.only("b", () => { x(); });\n});\n$("c", () => x());\n',
    2,
    2,
  ],
  [
    "e.cjs",
    'const { test: check, describe } = require("node:test");\nconst again = check;\ncheck("a", () => { x(); });\nagain("b", () => { x(); });\n// const no = require("tape");\nno("c", () => {});\n',
    2,
    2,
  ],
  [
    "f.ts",
    'const t = Deno.test;\nt("a", () => { x(); });\nt({ name: "b", fn() { x(); } });\n',
    2,
    2,
  ],
  ["test_b.py", "class T(unittest.TestCase):\n    def runTest(self):\n        pass\n", 1, 1],
  [
    "a_test.go",
    'package a\nfunc TestA(t *testing.T) {\n\ts := "}"\n}\nfunc TestMain(m *testing.M) {}\nfunc Testing() {}\nfunc ExampleA() {\n}\n',
    2,
    0,
  ],
  [
    "a.rs",
    "#[cfg(test)]\nmod t {\n  #[test]\n  fn a<'x>() { let c = '{'; }\n  #[tokio::test(flavor = \"x\")]\n  #[ignore]\n  async fn b() {}\n  #[should_panic]\n  #[test]\n  fn c() {}\n  #[test]\n  fn d() -> Result<(), ()> { Ok(()) }\n}\n",
    3,
    2,
  ],
  [
    "a.c",
    "/* void test_no(void) {} */\nvoid test_a(void);\nstatic int test_b(int x)\n{\n  char c = '{';\n  return x;\n}\nint main(void) { test_b(1); if (test_b(2)) { } return 0; }\n",
    1,
    1,
  ],
  ["a.cpp", 'TEST(Sum, Adds) { EXPECT_EQ(1, 1); }\nTEST_CASE("x [y]") { }\n', 2, 2],
  [
    "a.sh",
    "#!/bin/sh\n# test_no() {\ntest_a() {\n  [ 1 = 1 ]\n}\ncat <<END\ntest_no() {\n}\nEND\ntest_a\n",
    1,
    1,
  ],
  ["a.bats", '@test "says hello" {\n  run x\n}\n', 1, 1],
  [
    "ATest.java",
    'class ATest {\n  @Test\n  @DisplayName("a } b")\n  void a() throws Exception { }\n  @Disabled @Test void b() { }\n  public void testC() { }\n}\n',
    2,
    2,
  ],
  ["a_spec.rb", 'describe "a" do\n  it "b" do\n    expect(1).to eq 1\n  end\nend\n', 1, 1],
];

Deno.test("Each test function of a language fails at its start or at its end, and nothing else", () => {
  for (const [path, text, functions, ends] of SOURCES) {
    const source = poisonable(path, text)!;
    if (path === "ATest.java") {
      // `@Disabled` before `@Test` is an annotation before the one that is looked for.
      assert(source.functions >= functions);
      continue;
    }
    assertEquals(source.functions, functions, path);
    assertEquals(failures(source.failingFunctions("head")) - failures(text), functions, path);
    assertEquals(failures(source.failingFunctions("end")) - failures(text), ends, path);
  }
  const languages = new Set(SOURCES.map(([path, text]) => poisonable(path, text)!.row.language));
  assertEquals(languages.size, [...Deno.readDirSync(ROWS)].length, "a row without a source here");
});

Deno.test("A script fails behind what has to stand first, and before its last exit", () => {
  const CASES: [string, string, RegExp, RegExp][] = [
    [
      "a.py",
      '#!/usr/bin/env python3\n"""Doc\n\nmore"""\nfrom __future__ import (\n  annotations,\n)\nx = 1\nsys.exit(main(x))\n',
      /^\)\nraise SystemExit\(97\)\nx = 1$/m,
      /^\(main\(x\)\); raise SystemExit\(97\)\nsys\.exit/m,
    ],
    ["b.py", "x = 1", /^raise SystemExit\(97\)\nx = 1/, /x = 1\nraise SystemExit\(97\)\n$/],
    [
      "a.js",
      '#!/usr/bin/env node\n"use strict";\nconst x = 1;\nprocess.exit(0);\n',
      /"use strict";;if .*\n\nconst x/,
      /const x = 1;\n\n;if .*throw.*\nprocess\.exit/,
    ],
    [
      "a.sh",
      "#!/bin/sh\nset -e\nrun\nexit $?\n\n",
      /^#!\/bin\/sh\nexit 97\n/,
      /run\nexit 97\nexit \$\?/,
    ],
    ["b.sh", "true; exit 0", /^exit 97\ntrue/, /^true; exit 97; exit 0/],
    ["c.sh", "exec python3 -m x\n", /^exit 97\nexec/, /^exit 97\nexec/],
    [
      "a.go",
      "package main\n\nfunc main() {\n\trun()\n\tos.Exit(0)\n}\n",
      /main\(\) \{ panic/,
      /run\(\)\n panic.*os\.Exit/,
    ],
    [
      "a.c",
      "int main(void) {\n  run();\n  return 0;\n}\n",
      /\{ return 97; /,
      /run\(\);\n {3}return 97; return 0/,
    ],
  ];
  for (const [path, text, head, end] of CASES) {
    const source = poisonable(path, text)!;
    assert(head.test(source.failingScript("head")), source.failingScript("head"));
    assert(end.test(source.failingScript("end")), source.failingScript("end"));
  }
});

Deno.test("What follows a test's last return fails in its stead, where that can be told", () => {
  const end = (body: string) =>
    poisonable("a.test.js", `test("a", () => {${body}});\n`)!.failingFunctions("end");
  for (
    const body of [
      " return f(1); ",
      "\n  const a = f()\n  return a\n",
      "\n  return f()\n    .then((x) => {\n      g(x);\n    });\n",
      " if (x) return f(); ",
    ]
  ) {
    assertStringIncludes(end(body), "return Promise.resolve((", body);
    assertEquals(failures(end(body)), 2, body);
    new Function("test", end(body));
  }
  for (
    const body of [
      " return; ",
      " f(); ",
      "\n  if (x)\n    return f()\n  g()\n",
      " if (x) { return 1; } ",
    ]
  ) {
    assertEquals(failures(end(body)), 1, body);
    new Function("test", end(body));
  }
});

Deno.test("A file of tests by functions that are not known has no end that shows anything", () => {
  for (
    const [path, text] of [
      [
        "a.test.js",
        'const { test } = require("node:test");\nconst mine = wrap(test);\nmine("a", () => {});\n',
      ],
      [
        "a.test.mjs",
        'import "node:test";\nimport { mine } from "./mine.mjs";\nmine("a", () => {});\n',
      ],
      ["test_a.py", "import unittest\nclass T(unittest.TestCase):\n    check_a = made()\n"],
    ] as const
  ) {
    const source = poisonable(path, text)!;
    assertEquals([source.functions, source.script], [0, true]);
    assertEquals(failures(source.failingScript("head")) + count97(source.failingScript("head")), 1);
    assertEquals(failures(source.failingScript("end")) + count97(source.failingScript("end")), 0);
    // Otherwise nobody would look for an end.
    assert(source.failingScript("end") !== text);
  }
});

Deno.test("A script is known by its first line, and a text of no known language by nothing", () => {
  assertEquals(count("check", "#!/usr/bin/env python3\ndef test_a(): pass\n"), 1);
  assertEquals(poisonable("check", "#!/bin/bash\ntrue\n")?.row.language, "shell");
  assertEquals(poisonable("golden.txt", "a\n"), undefined);
  assertEquals(poisonable("Makefile", "check:\n\ttrue\n"), undefined);
  assertEquals(poisonable("lib.go", "package a\n")?.script, false);
});

Deno.test("A poison fails as a test fails, not as a crash", () => {
  const go = poisonable("a_test.go", "func TestA(tt *testing.T) {\n}\n")!;
  assertStringIncludes(go.failingFunctions("head"), "tt.Fatal(");
  const python = poisonable("test_a.py", "def test_a():\n    pass\n")!;
  assertStringIncludes(python.failingFunctions("head"), "    raise AssertionError(");
});
