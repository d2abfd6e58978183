import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";
import { withRunBench } from "../helpers/real_run.ts";
import type { ModelRequest, RecordedRequest } from "./model_server.ts";

const SEED = [
  `schema: 1`,
  `goal: Two small files`,
  `acceptance_criteria:`,
  `  - id: first`,
  `    description: first.txt holds the word one`,
  `    check: grep -x one first.txt`,
  `  - id: second`,
  `    description: second.txt holds the word two`,
  `    check: grep -x two second.txt`,
  ``,
].join("\n");

const only = { only: (agent: { name: string }) => agent.name === "codex" };
const bytes = (requests: RecordedRequest[]) =>
  requests.reduce((sum, request) => sum + request.bytes, 0);

/** Right the first time: writes what its prompt asks for, then answers. */
function right(request: ModelRequest) {
  if (request.results.length > 0) return { text: "Done." };
  const task = /Your task now is criterion (\w+)/.exec(request.prompts.at(-1) ?? "")?.[1];
  const [path, text] = task === "second" ? ["second.txt", "two\n"] : ["first.txt", "one\n"];
  return { write: { path, text } };
}

realTest(
  "two criteria, right the first time, cost the agent's own requests and no other",
  (agent) =>
    withRunBench(agent, { script: right }, async ({ home, run, ouroboros, server }) => {
      const file = join(home.root, "seed.yaml");
      await Deno.writeTextFile(file, SEED);
      const end = await run(file);
      assertEquals(end.code, 0, end.stderr);
      const status = JSON.parse((await ouroboros("status", end.id, "--json")).stdout);
      assertEquals(status.attempts, 2, "starts of the agent");
      assertEquals([server.of("main").length, server.of("title").length], [4, 0]);
      assert(bytes(server.requests) < 170_000, `${bytes(server.requests)} bytes were sent`);
      console.log(`4 requests, ${bytes(server.requests)} bytes, 2 starts`);
    }),
  only,
);

realTest("the bare CLI, for comparison: both files in one start", (agent) =>
  withBench(
    agent,
    [{ shell: "echo one > first.txt; echo two > second.txt" }, { text: "Done." }],
    async ({ drive, server }) => {
      const end = await drive({ prompt: "Write one into first.txt and two into second.txt" });
      assertEquals(end.outcome.reason, "completed", end.why);
      assertEquals(server.of("main").length, 2);
      console.log(`2 requests, ${bytes(server.requests)} bytes, 1 start`);
    },
  ), only);
