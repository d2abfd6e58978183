import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { type RealAgent, realTest } from "../helpers/real_agents.ts";
import { withRunBench } from "../helpers/real_run.ts";
import { MAIN_TOKENS, type ModelRequest, type Turn } from "./model_server.ts";

/** A seed of criteria that want a file each. */
function seedOf(ids: readonly string[]): string {
  return [
    `schema: 1`,
    `goal: Some small files`,
    `acceptance_criteria:`,
    ...ids.map((id) =>
      `  - { id: ${id}, description: ${id}.txt holds ${id}, check: grep -x ${id} ${id}.txt }`
    ),
    ``,
  ].join("\n");
}

/** Writes what its prompt asks for, then answers. */
function right(request: ModelRequest): Turn {
  if (request.results.length > 0) return { text: "Done." };
  const tasks = request.prompts.flatMap((text) =>
    /Your task now is criterion (\w+)/.exec(text)?.[1] ?? []
  );
  const id = tasks.at(-1) ?? "nothing";
  return { write: { path: `${id}.txt`, text: `${id}\n` } };
}

/** Events of a run that was followed with --json, by type. */
function eventsOf(stdout: string): { type: string; data?: Record<string, unknown> }[] {
  return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Agents that were at work at the same time, at the most. */
function mostAtOnce(stdout: string): number {
  let [now, most] = [0, 0];
  for (const { type } of eventsOf(stdout)) {
    if (type === "attempt.started") most = Math.max(most, ++now);
    if (type === "attempt.ended") now--;
  }
  return most;
}

const counts = (agent: RealAgent) => agent.name !== "hermes";

realTest("six criteria, three at once: each right the first time, none paid for twice", (agent) => {
  const ids = ["one", "two", "three", "four", "five", "six"];
  return withRunBench(agent, { script: right }, async ({ home, run, ouroboros, server }) => {
    const file = join(home.root, "seed.yaml");
    await Deno.writeTextFile(file, seedOf(ids));
    // More copies at once than the definition allows have to wait for one another.
    await ouroboros("config", "set", "limits.parallel", "3");
    const end = await run(file, "--jobs", "3");
    assertEquals(end.code, 0, end.stderr);
    assertEquals(mostAtOnce(end.stdout), 3);
    // OpenCode's may lose the race for setting its database up, before it asks a model anything.
    const ends = eventsOf(end.stdout)
      .filter((one) => one.type === "attempt.ended")
      .map((one) => one.data as { criterion: string; outcome: { code?: string } })
      .filter((one) => one.outcome.code !== "not_started");
    assertEquals(ends.map((one) => one.criterion).toSorted(), ids.toSorted());
    assertEquals(server.of("main").length, 2 * ids.length, "a call to work, one to answer");
    const diff = await ouroboros("diff", end.id);
    for (const id of ids) assertStringIncludes(diff.stdout, `${id}.txt`);
  });
}, { only: counts });

realTest(
  "a ceiling stops all that is at work, and is passed by one report of each at the most",
  (agent) =>
    withRunBench(agent, { script: right }, async ({ home, run, ouroboros }) => {
      const file = join(home.root, "seed.yaml");
      await Deno.writeTextFile(file, seedOf(["one", "two", "three", "four"]));
      const end = await run(file, "--jobs", "2", "--max-tokens", "2000");
      assertEquals(end.code, 8, end.stderr);
      const plan = eventsOf(end.stdout).find((one) => one.type === "plan") as unknown as {
        plan: { counted: "per-call" | "per-attempt" };
      };
      const status = JSON.parse((await ouroboros("status", end.id, "--json")).stdout);
      const used = Object.entries(status.usage)
        .filter(([name]) => name.endsWith("Tokens"))
        .reduce((sum, [, count]) => sum + Number(count), 0);
      const { input, output } = MAIN_TOKENS;
      const unit = (input + output) * (plan.plan.counted === "per-call" ? 1 : 2);
      assert(used >= 2000 - unit && used <= 2000 + 2 * unit, `${used} tokens were used`);
      assertStringIncludes(status.hint, "--max-tokens 4000");
      const again = await ouroboros(
        ...["resume", end.id, "--max-tokens", "90000", "--yes", "--json"],
      );
      assertEquals(again.code, 0, again.stderr);
    }),
  { only: counts },
);

realTest(
  "a ceiling that the CLI cannot count is refused, and nothing is paid",
  (agent) =>
    withRunBench(agent, { script: right }, async ({ ouroboros, server }) => {
      const words = ["run", "Write a.txt", "--check", "test -e a.txt", "--runtime", agent.name];
      const end = await ouroboros(...words, "--max-tokens", "5", "--yes");
      assertEquals(end.code, 2, end.stderr);
      assertStringIncludes(end.stderr, "reports none");
      assertEquals(server.requests.length, 0);
    }),
  { only: (agent) => !counts(agent) },
);

realTest("a limit that ends in 20 seconds goes on by itself, and uses up no try", (agent) => {
  let freeAt: number | undefined;
  const script = (request: ModelRequest): Turn => {
    freeAt ??= Date.now() + 20_000;
    const seconds = Math.ceil((freeAt - Date.now()) / 1000);
    if (seconds <= 0) return right(request);
    const message = `Rate limit reached for requests. Please try again in ${seconds}s.`;
    return {
      status: 429,
      headers: { "retry-after": String(seconds) },
      body: {
        type: "error",
        error: { type: "rate_limit_error", code: "rate_limit_exceeded", message },
      },
    };
  };
  return withRunBench(agent, { script }, async ({ home, run, ouroboros }) => {
    const file = join(home.root, "seed.yaml");
    await Deno.writeTextFile(file, seedOf(["one", "two"]));
    const end = await run(file, "--jobs", "2", "--tries", "1", "--wait", "5m");
    assertEquals(end.code, 0, end.stderr);
    assert(Date.now() >= freeAt!, "it did not wait");
    const status = JSON.parse((await ouroboros("status", end.id, "--json")).stdout);
    assertEquals(status.state, "passed");
  });
}, { only: counts });
