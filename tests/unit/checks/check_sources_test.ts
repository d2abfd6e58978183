import { assertEquals } from "@std/assert";
import { checkSources } from "../../../lib/checks/check_sources.ts";
import { commandCheck } from "../../helpers/check_bench.ts";
import { writeFakeFiles } from "../../helpers/fake_workspace.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const FILES = {
  "check.sh": "true\n",
  "tests/test_total.py": "def test_a(): pass\n",
  "tests/helper.py": "x = 1\n",
  "tests/a.test.mjs": 'test("a", () => {});\n',
  "tests/data.json": "{}",
  "main.py": "print(1)\n",
};

async function sourcesOf(
  run: string,
  more: { protect?: string[]; changed?: string[] } = {},
): Promise<string[]> {
  await using dir = await tempDir();
  await writeFakeFiles(dir.path, FILES);
  const found = await checkSources(commandCheck(run, { protect: more.protect ?? [] }), {
    checkout: dir.path,
    dir: ".",
    paths: Object.keys(FILES),
    changed: new Set(more.changed ?? []),
  });
  return found.map((one) => one.path).sort();
}

Deno.test("A file that the command runs is a source, one that it only looks at is not", async () => {
  for (
    const run of [
      "sh check.sh",
      "./check.sh",
      "A=1 sh check.sh | grep -q ok",
      '[ "$(sh check.sh)" = ok ]',
      "test -f x && . ./check.sh",
      "if sh check.sh; then true; fi",
    ]
  ) assertEquals(await sourcesOf(run), ["check.sh"], run);
  for (
    const run of [
      "test -f check.sh",
      "[ -x check.sh ]",
      "! grep -q todo check.sh main.py",
      "cat main.py | grep -q print",
      "if [ -f check.sh ]; then true; fi",
      "diff check.sh main.py",
    ]
  ) assertEquals(await sourcesOf(run, { protect: ["check.sh"] }), [], run);
});

Deno.test("What the work changed is the work, unless it is protected", async () => {
  assertEquals(await sourcesOf("python3 main.py", { changed: ["main.py"] }), []);
  assertEquals(
    await sourcesOf("python3 main.py", { changed: ["main.py"], protect: ["main.py"] }),
    ["main.py"],
  );
});

Deno.test("Protected files are sources of what may run their language", async () => {
  const protect = ["tests/**"];
  const python = ["tests/helper.py", "tests/test_total.py"];
  const all = ["tests/a.test.mjs", ...python];
  assertEquals(await sourcesOf("python3 -m pytest", { protect }), python);
  assertEquals(await sourcesOf("node --test", { protect }), ["tests/a.test.mjs"]);
  assertEquals(await sourcesOf("make check", { protect }), all);
  assertEquals(await sourcesOf("cargo test", { protect }), []);
  assertEquals(await sourcesOf("python3 -m unittest tests.test_total.T", { protect }), [
    "tests/test_total.py",
  ]);
  assertEquals(await sourcesOf("pytest tests/test_total.py::test_a", { protect }), [
    "tests/test_total.py",
  ]);
});
