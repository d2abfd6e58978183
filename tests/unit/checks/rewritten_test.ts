import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { decide } from "../../../lib/checks/decide.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import type { FakeFiles } from "../../helpers/fake_workspace.ts";

const BASE = { "tests/t.sh": "sh greet.sh\n", "tests/log.txt": "0\n", "greet.sh": "false\n" };
const WORK = { ...BASE, "greet.sh": "true\n", "dist/a.js": "1\n", "notes.txt": "n\n" };

/** What a check leaves word of, on a base and on the work. */
async function rewrittenBy(run: string, files: { base?: FakeFiles; hidden?: boolean } = {}) {
  await using bench = await checkBench();
  const { base = BASE, hidden = false } = files;
  const check = commandCheck(run, { protect: ["tests"], hidden });
  const options = bench.options(base);
  const [before] = await checkTree([check], options.base, options);
  const [after] = await checkTree([check], bench.workspace.tree(WORK), options);
  const judge = (strict: boolean) =>
    decide({ checks: [check], base: [before!], runs: [after!], earlier: [], changed: 1, strict });
  return { rewritten: after!.rewritten, lenient: judge(false), strict: judge(true) };
}

Deno.test("a source that changes while its check runs: a strict pass is none, and it is named", async () => {
  for (const path of ["tests/t.sh", "greet.sh"]) {
    const found = await rewrittenBy(`sh tests/t.sh && { echo '#' >>${path}; true; }`);
    assertEquals(found.rewritten, path);
    assertEquals([found.lenient.verdict, found.strict.verdict], ["passed", "unverified"]);
    assertStringIncludes(found.strict.reason, `"${path}" was changed while it ran`);
  }
  const hidden = await rewrittenBy("sh tests/t.sh && rm greet.sh", { hidden: true });
  assertEquals(hidden.strict.verdict, "unverified");
  assertEquals(hidden.strict.reason.includes("greet.sh"), false);
});

Deno.test("what a build and a test leave behind is no source, and a no keeps no word", async () => {
  const leaves = "sh tests/t.sh && echo 1 | tee tests/log.txt dist/a.js notes.txt tests/new.sh";
  const found = await rewrittenBy(leaves);
  assertEquals([found.rewritten, found.strict.verdict], [undefined, "passed"]);
  assertEquals((await rewrittenBy("sh tests/t.sh; rm greet.sh; false")).rewritten, undefined);
});

Deno.test("a command that does so on the base too does it by itself", async () => {
  const found = await rewrittenBy("echo '#' >>tests/t.sh; sh greet.sh");
  assertEquals([found.rewritten, found.strict.verdict], ["tests/t.sh", "passed"]);
});
