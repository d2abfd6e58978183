import { assertEquals } from "@std/assert";
import { hiddenSources } from "../../../lib/checks/hidden_sources.ts";
import { commandCheck } from "../../helpers/check_bench.ts";

const FILES = [
  "tally.sh",
  "lib/coupon.js",
  "accept.sh",
  "tests/coupon.test.js",
  "tests/test_roman.py",
  "package.json",
];

function sourcesOf(
  run: string,
  parts: { protect?: string[]; files?: Record<string, string> } = {},
) {
  const project = { files: FILES, dir: ".", artifacts: ["tally.sh", "lib"] };
  const { own, readable } = hiddenSources(commandCheck(run, parts), project);
  return [own, readable];
}

Deno.test("a file that a hidden check runs and that is no work is its own", () => {
  assertEquals(sourcesOf("node --test tests/coupon.test.js"), [["tests/coupon.test.js"], []]);
  assertEquals(sourcesOf("python3 -m unittest tests.test_roman"), [["tests/test_roman.py"], []]);
  assertEquals(sourcesOf('X="./accept.sh"; sh $X', { protect: ["*.sh"] }), [
    ["accept.sh"],
    ["tally.sh"],
  ]);
});

Deno.test("the work itself, and what the check brings along, are no sources of it", () => {
  assertEquals(sourcesOf("printf 'a' | sh tally.sh"), [[], []]);
  assertEquals(sourcesOf("node -e 'require(\"./lib/coupon.js\")'"), [[], []]);
  const files = { "tests/test_roman.py": "import unittest" };
  assertEquals(sourcesOf("python3 -m unittest tests.test_roman", { files }), [[], []]);
});

Deno.test("files that may be either are told as readable", () => {
  assertEquals(sourcesOf("sh accept.sh"), [[], ["accept.sh"]]);
  assertEquals(sourcesOf("npm test", { protect: ["tests/**"] }), [
    [],
    ["tests/coupon.test.js", "tests/test_roman.py"],
  ]);
});

Deno.test("a command's paths are those of the folder in which it runs", () => {
  const project = { files: ["shop/tests/a.js", "tests/a.js"], dir: "shop", artifacts: [] };
  const { own } = hiddenSources(commandCheck("node ../tests/a.js; node tests/a.js"), project);
  assertEquals(own, ["tests/a.js", "shop/tests/a.js"]);
});
