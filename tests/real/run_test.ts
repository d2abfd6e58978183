import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { exampleFile, withRunBench } from "../helpers/real_run.ts";
import type { ModelRequest, Script, Turn } from "./model_server.ts";

/** What a good agent writes for the example `tiny-cli`. */
const TALLY = [
  `#!/bin/sh`,
  `case "$#:\${1-}" in`,
  `  0:) ;;`,
  `  1:--help) echo "Usage: sh tally.sh <lines"; exit 0 ;;`,
  `  *) echo "tally.sh: takes no arguments" >&2; exit 2 ;;`,
  `esac`,
  `export LC_ALL=C`,
  `sort | uniq -c | sed 's/^ *//' | sort -k1,1nr -k2`,
].join("\n");

const isFirst = (request: ModelRequest) => request.results.length === 0;

/** Writes, then says that it is done; each start of the agent changes something. */
const good: Script = (request) =>
  isFirst(request)
    ? { write: { path: "tally.sh", text: `${TALLY}\n# ${request.index}\n` } }
    : { text: "All done." };

realTest(
  "a whole run of an example passes, with receipts, and applies when asked",
  (agent) =>
    withRunBench(agent, { script: good, example: "tiny-cli" }, async (bench) => {
      const { project, server, ouroboros } = bench;
      const run = await bench.run(exampleFile("tiny-cli", "seed.yaml"));
      assertEquals(run.code, 0, run.stderr);
      const status = JSON.parse((await ouroboros("status", run.id, "--json")).stdout);
      assertEquals(status.state, "passed");
      assertEquals(
        status.criteria.map((one: { state: string; tries: number }) => [one.state, one.tries]),
        [["passed", 1], ["passed", 1], ["passed", 1]],
      );
      const receipts = JSON.parse((await ouroboros("receipts", run.id, "--json")).stdout);
      assertEquals(receipts.length, 3);
      for (const { receipt } of receipts) {
        assertEquals(receipt.replayable.decision.state, "passed");
        assertEquals(receipt.claimed.runtime, agent.name);
        assertEquals(receipt.claimed.version, agent.version);
      }
      // The agent's own requests and no others: one that calls the tool, one that answers.
      assertEquals([server.of("main").length, server.of("title").length], [6, 0]);

      const before = [...Deno.readDirSync(project)].map((entry) => entry.name);
      assertEquals(before, [".gitkeep"], "a run changed the user's files");
      assertEquals((await ouroboros("apply", run.id)).code, 0);
      assertStringIncludes(await Deno.readTextFile(join(project, "tally.sh")), "sort | uniq -c");
    }),
);

realTest(
  'an agent that did nothing and says "Done" is told so: 5 with a check',
  (agent) =>
    withRunBench(
      agent,
      { script: [{ text: "Done. All tests pass." }] },
      async ({ run, server }) => {
        const end = await run("Write out.txt", "--check", "test -f out.txt", "--tries", "1");
        assertEquals(end.code, 5, end.stderr);
        assertStringIncludes(end.stdout, "No file was changed");
        assertEquals(server.of("main").length, 1);
      },
    ),
);

realTest(
  'an agent that did nothing and says "Done" is told so: 9 without a check',
  (agent) =>
    withRunBench(
      agent,
      { script: [{ text: "Done. All tests pass." }] },
      async ({ run, server }) => {
        const unasked = await run("Write out.txt");
        assertEquals(unasked.code, 9, unasked.stderr);
        assertEquals(server.of("main").length, 0, "paid for what cannot count");
        const anyway = await run("Write out.txt", "--anyway");
        assertEquals(anyway.code, 9, anyway.stderr);
        assertEquals(server.of("main").length, 1);
      },
    ),
);

realTest("work that its check refuses is tried again in the same session, told why", (agent) => {
  const script = (request: ModelRequest): Turn => {
    if (!isFirst(request)) return { text: "It says hello." };
    const told = request.answers.some((text) => text.includes("It says hello."));
    return { write: { path: "out.txt", text: told ? "hello\n" : "help\n" } };
  };
  return withRunBench(agent, { script }, async ({ run, ouroboros, server }) => {
    const end = await run("Make out.txt say hello", "--check", "grep hello out.txt");
    assertEquals(end.code, 0, end.stderr);
    const status = JSON.parse((await ouroboros("status", end.id, "--json")).stdout);
    assertEquals(status.criteria[0].tries, 2);
    const second = server.of("main")[2]?.seen;
    assert(second, "no second try");
    assertEquals(second.prompts.filter((text) => text.includes("Make out.txt")).length >= 1, true);
    assertStringIncludes(second.prompts.at(-1) ?? "", "grep hello out.txt");
  });
  // That each of them takes its session up again: see resume_test.ts.
}, QUICK);

realTest("a refused key ends the run with a hint, and the key stands nowhere", (agent) => {
  const KEY = "sk-fake-key-of-a-test";
  const body = {
    error: { message: `Incorrect API key provided: ${KEY}.`, type: "authentication_error" },
  };
  const script: Script = [{ status: 401, body: { type: "error", ...body } }];
  return withRunBench(agent, { script }, async ({ run, home, ouroboros, server }) => {
    const end = await run("Write out.txt", "--check", "test -f out.txt");
    const shown = await ouroboros("status", end.id);
    assert(end.code !== 0, "a failure ended with 0");
    assertStringIncludes(end.stdout, `"not_signed_in"`);
    // Codex asks six times on a 401: it has no switch for that.
    assert(server.of("main").length <= 6, `${server.of("main").length} requests`);
    for (const text of [end.stdout, end.stderr, shown.stdout]) {
      assert(!text.includes(KEY), "the key was printed");
    }
    const kept = await filesThatHold(join(home.home, ".ouroboros"), KEY);
    // Raw output of the CLI is spooled as it comes, and is for our eyes only.
    assertEquals(kept.filter((path) => !/\.(stdout|stderr)$/.test(path)), []);
  });
});

async function filesThatHold(folder: string, word: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("grep", { args: ["-rlaF", word, folder] }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
}
