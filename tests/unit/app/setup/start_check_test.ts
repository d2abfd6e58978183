import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { checkStart, checkStarts, requireStarts } from "../../../../lib/app/setup/start_check.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { madeUpPlacement } from "../../../helpers/made_up_runtime.ts";
import { ANSWERS, plain, type SetupApp, setupApp } from "../../../helpers/setup_app.ts";

async function check(bench: SetupApp, environment: "all" | "named" = "named") {
  return await checkStart(bench.app, {
    hosts: ["ant"],
    launcher: [bench.program, "mcp", "serve"],
    environment,
    forwarded: ["ANT_KEY"],
    cancel: new AbortController().signal,
  });
}

Deno.test("a server that answers is well, also one that speaks of other things first", async () => {
  await using bench = await setupApp({ script: `echo hello; echo '{"id":1}'; ${ANSWERS}` });
  const found = await check(bench);
  assertEquals([found.ok, found.server, found.problem], [true, "ouroboros 7", null]);
});

Deno.test("a server that ends without an answer is not, with the last line that it said", async () => {
  await using bench = await setupApp({
    script: "echo first >&2; echo no such library >&2; exit 3",
  });
  const found = await check(bench);
  assertEquals([found.ok, found.server], [false, null]);
  assertStringIncludes(found.problem ?? "", "no such library");
});

Deno.test("a program that is gone is a problem, not an error", async () => {
  await using bench = await setupApp();
  await Deno.remove(bench.program);
  const found = await check(bench);
  assertEquals(found.ok, false);
  assertStringIncludes(found.problem ?? "", bench.program);
});

Deno.test("it gets what the host passes and what the entry names, and no more", async () => {
  const env = { ANT_KEY: "yes", BEE_KEY: "no", SHELL: "/bin/other" };
  const script = `env > "$HOME/env"; ${ANSWERS}`;
  await using bench = await setupApp({ env, script });
  await check(bench);
  const named = await bench.read("env");
  assertStringIncludes(named, "ANT_KEY=yes");
  assert(!/^(BEE_KEY|SHELL=\/bin\/other)/m.test(named), named);
  await check(bench, "all");
  assertStringIncludes(await bench.read("env"), "BEE_KEY=no");
});

Deno.test("each way of starting is tried once, for all hosts that have it", async () => {
  const whole = madeUpPlacement("cat");
  const cat = plain("cat", {
    placement: { ...whole, mcp: { ...whole.mcp, environment: "all" } },
  });
  await using bench = await setupApp();
  const checks = await checkStarts(bench.app, {
    definitions: [plain("ant"), cat, plain("bee")],
    launcher: [bench.program, "mcp", "serve"],
    forwarded: [],
    cancel: new AbortController().signal,
  });
  assertEquals(checks.map((one) => one.hosts), [["ant", "bee"], ["cat"]]);
});

Deno.test("a bad check is thrown with the command to look at; an interrupt comes first", () => {
  const bad = {
    hosts: ["ant"],
    ok: false,
    command: ["/p", "mcp", "serve"],
    server: null,
    durationMs: 1,
    problem: "it is ill",
  };
  const error = assertThrows(
    () => requireStarts([bad], new AbortController().signal, "nothing was changed"),
    OuroborosError,
  );
  assertEquals(
    error.message,
    'Start "/p mcp serve" as ant would: it is ill; nothing was changed',
  );
  assertEquals(error.hint, "Look at what it says: /p mcp serve </dev/null");
  const left = assertThrows(
    () => requireStarts([bad], AbortSignal.abort(), "nothing was changed"),
    OuroborosError,
  );
  assertEquals(left.code, "cancelled");
});
