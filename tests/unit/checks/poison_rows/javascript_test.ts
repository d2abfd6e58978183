/** What a control says of passes by Node's own runner. */
import { assertEquals } from "@std/assert";
import { checkTree } from "../../../../lib/checks/check_tree.ts";
import { runControl } from "../../../../lib/checks/control.ts";
import { checkBench, commandCheck } from "../../../helpers/check_bench.ts";

const TEST = `const { test } = require("node:test");
const assert = require("node:assert");
const sum = require("../sum.js");
test("adds", () => {
  assert.equal(sum(1), 2);
});
`;
const RIGHT = "module.exports = () => 2;\n";

async function stateOf(test: string, work: string, more: { thorough?: boolean } = {}) {
  await using bench = await checkBench();
  const check = commandCheck("node --test", { protect: ["test/**"] });
  const base = { "package.json": "{}\n", "test/a.test.js": test };
  const options = bench.options({ ...base, "sum.js": "module.exports = () => 1;\n" });
  const [pass] = await checkTree(
    [check],
    bench.workspace.tree({ ...base, "sum.js": work }),
    options,
  );
  assertEquals(pass?.verdict, "pass", pass?.outputTail);
  return (await runControl(check, pass!, { ...options, ...more })).state;
}

Deno.test("A run of Node's tests that ended early, with exit code 0, is confirmed in part at most", async () => {
  const early = "module.exports = () => process.exit(0);\n";
  assertEquals(await stateOf(TEST, early), "partial");
  assertEquals(await stateOf(TEST, early, { thorough: true }), "partial");
  const lazy = TEST.replace(/^const sum.*\n/m, "").replace("sum(1)", 'require("../sum.js")');
  assertEquals(await stateOf(lazy, "process.exit(0);\n"), "partial");
  // As soon as the file is loaded: no test begins.
  assertEquals(await stateOf(TEST, "process.exit(0);\n"), "missed");
});

Deno.test("A test function under another name is known, and so is where it ends", async () => {
  const renamed = TEST.replace("const { test }", "const t").replace('test("', 't("');
  assertEquals(await stateOf(renamed, RIGHT), "full");
  assertEquals(await stateOf(renamed, "module.exports = () => process.exit(0);\n"), "partial");
  // One that nothing can be known of: that its file is loaded is all that can be seen.
  const made = TEST.replace('test("', 'const mine = (...all) => test(...all);\nmine("');
  assertEquals(await stateOf(made, RIGHT), "partial");
});

Deno.test("Right work is confirmed in full, also where a test returns its promise", async () => {
  assertEquals(await stateOf(TEST, RIGHT), "full");
  const promised = TEST.replace(
    "assert.equal(sum(1), 2)",
    "return Promise.resolve(sum(1)).then((seen) => assert.equal(seen, 2))",
  );
  assertEquals(await stateOf(promised, RIGHT), "full");
});
