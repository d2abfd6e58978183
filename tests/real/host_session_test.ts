/** A whole session in each real host: from the interview's skill to a verdict, over a kill. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { messageOf } from "../../lib/kernel/error.ts";
import { listTools } from "../../lib/mcp/list_tools.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { hostMind } from "../helpers/host_mind.ts";
import { killHost } from "../helpers/kill_host.ts";
import { goneWithin, processesIn } from "../helpers/processes_in.ts";
import { type ReadyAgent, REAL_AGENTS, type RealAgent, realTest } from "../helpers/real_agents.ts";
import { definitionOf, withBench } from "../helpers/real_drive.ts";
import { alsoIn, realHome } from "../helpers/real_home.ts";
import { askHost, type HostPrompt, openHost, setUp } from "../helpers/real_host.ts";
import { HOST_PROJECT } from "../helpers/scripted_host.ts";
import { type ModelRequest, startModelServer, type Turn } from "./model_server.ts";

const IDEA = "Reject expired coupons at the checkout";
/** Bytes that an answer of ours may have in the hands of a host: rules, shape, and the material. */
const MOST_BYTES = 12_000;
/** A server of ours that lost its host is gone by then; and so is all that a run needed. */
const GONE_MS = 15_000;

/** Characters of a command line, in which the last words tell ours apart. */
const WHOLE = 2_000;

/** The installed CLI after this one: the host that takes over. */
function nextOf(agent: RealAgent): ReadyAgent {
  const ready = REAL_AGENTS.filter((one): one is ReadyAgent => one.program !== undefined);
  return ready[(ready.findIndex((one) => one.name === agent.name) + 1) % ready.length]!;
}

/** The prompt of an attempt reached this model: it is the worker's, and no host's. */
function isWorker({ prompts }: ModelRequest): boolean {
  return prompts.some((one) => one.includes("Your task now is criterion"));
}

realTest(
  "as a host: its model follows the skill to a seed and starts a run, which outlives its kill; " +
    "another host finds it, and gets the verdict",
  async (agent) => {
    const other = nextOf(agent);
    const began = Promise.withResolvers<void>();
    const waits = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const server = await startModelServer({ script: [{ text: "." }] });
    const home = await realHome(agent.name, server.url);
    const project = join(home.root, "project");
    const told: string[] = [];
    try {
      const otherHome = await alsoIn(home, other.name, server.url);
      home.env.PATH = `${dirname(agent.program)}:${dirname(other.program)}:${home.env.PATH}`;
      await Deno.mkdir(project);
      await Deno.writeTextFile(join(project, "test.sh"), HOST_PROJECT["test.sh"]);
      const { placement, skills } = await setUp(agent, home, ["--approve-tools"]);
      const others = await setUp(other, otherHome, ["--approve-tools"]);
      const bundles = [...Deno.readDirSync(new URL("../../skills", import.meta.url))];
      assertEquals(skills.length, bundles.length);

      const skill = { name: "ouroboros-interview", words: "You think, the user decides" };
      const run = { runtime: agent.name, model: home.model, minutes: 10 };
      const mind = hostMind(server, placement, { cwd: project, skill, run });
      const takesOver = hostMind(server, others.placement, { cwd: project });
      let host = mind;
      const worker = async (request: ModelRequest): Promise<Turn> => {
        if (request.results.length > 0) return { text: "It rejects them." };
        began.resolve();
        await go.promise;
        return { write: { path: "shop.txt", text: "expired\n" } };
      };
      server.setScript((request) => {
        if (isWorker(request)) return worker(request);
        const turn = host.script(request);
        if ("tool" in turn && turn.tool.name.endsWith("ouroboros_job_wait")) waits.resolve();
        return turn;
      });
      const at = (prompt: string, goOn: boolean): HostPrompt => ({
        cwd: project,
        prompt,
        env: {},
        goOn,
      });
      const say = async (prompt: string, goOn = true) => {
        const end = await askHost(agent, home, at(prompt, goOn));
        told.push(`> ${prompt}`, end.text.slice(-2_000));
        assertEquals(end.code, 0, end.text);
        return end.text;
      };
      const lastTold = () => mind.handed.at(-1)!.text;
      const interview = (args: Record<string, unknown>) => ({
        tool: "ouroboros_interview",
        args: { cwd: project, ...args },
      });

      // The user types what `setup` told them to type; the model looks the skill up.
      mind.begin(interview({ initial_context: IDEA }));
      const first = placement.firstWords.replace("SKILL", skill.name);
      assertStringIncludes(await say(`${first} ${IDEA}`, false), "Which coupons?");
      mustShowOurs(mind.shown, { prefix: placement.mcp.toolPrefix, skills });
      const all = () => server.of("main").map((one) => JSON.stringify(one.body)).join("\n");
      assertStringIncludes(all(), skill.words);

      const session_id = /interview_\w+/.exec(lastTold())?.[0];
      const answers = ["q1", "q2"].map((question) => ({ question, choices: [1] }));
      mind.begin(interview({ session_id, answers }));
      assertStringIncludes(await say("The first choice of both"), "Dates are in UTC");
      mind.begin(interview({ session_id, approve: 1 }));
      await say(
        "Yes. If the seed says just that, try its check, freeze it, and tell me what a run costs",
      );
      assertStringIncludes(mind.handed.at(-4)!.text, "The checks were not tried");
      assertMatch(lastTold(), /1 criterion, at most 3 starts and 10 minutes/);
      assertEquals(mind.handed.map((one) => one.tool.replace("ouroboros_", "")), [
        ...Array(7).fill("interview"),
        ...["generate_seed", "start_execute_seed"],
      ]);
      const asked = mind.requests;
      const bytes = mind.handed.reduce((sum, one) => sum + one.bytes, 0);
      const most = Math.max(...mind.handed.map((one) => one.bytes));
      console.log(
        `${agent.name}: ${asked} calls of the model from the idea to the seed and its cost, ` +
          `${bytes} bytes handed back, at most ${most} at once`,
      );
      assert(most <= MOST_BYTES, `${most} bytes in one answer`);
      assert(asked <= 14, `${asked} calls of the model`);

      const seed_path = /seeds\/(seed_\w+)/.exec(mind.handed.at(-2)!.text)?.[1];
      const start = (more: Record<string, unknown>) => ({
        tool: "ouroboros_start_execute_seed",
        args: { seed_path, cwd: project, ...run, ...more },
      });
      const unasked = mind.handed.length;
      mind.begin(start({}), start({ confirm: true }));
      const killed = openHost(agent, home, at("Yes, start it", true));
      const early = killed.end.then(({ text }) => {
        throw new Error(`The host ended before it was killed: ${text}`);
      });
      await Promise.race([Promise.all([began.promise, waits.promise]), early]);
      early.catch(() => {
        // Now it is killed, and that is how it ends.
      });
      await killHost(killed.pid);
      await killed.end;
      // Headless, nobody sees a form: a host declines it, closes it, or has none.
      assertStringIncludes(mind.handed[unasked]!.text, "confirm: true");
      const runId = /run_\w+/.exec(lastTold())?.[0] ?? "none";
      assertEquals(await serversGone(home.root), [], "the server outlived its host");
      const alive = await processesIn(home.root, WHOLE);
      assert(alive.some((one) => one.includes("run-worker")), `no worker: ${alive.join("\n")}`);

      // Another host, which was told nothing of all that.
      host = takesOver;
      takesOver.begin({ tool: "ouroboros_session_status", args: { cwd: project } });
      server.setScript((request) => {
        if (isWorker(request)) return worker(request);
        const turn = host.script(request);
        if (host.handed.length > 0) go.resolve();
        return turn;
      });
      const end = await askHost(other, otherHome, at("How does it go?", false));
      told.push(`> ${other.name}`, end.text.slice(-2_000));
      assertEquals(end.code, 0, end.text);
      const [found, ...waited] = takesOver.handed;
      assertEquals(found?.tool, "ouroboros_session_status");
      assertStringIncludes(found!.text, runId);
      assertStringIncludes(found!.text, "running");
      assertEquals(new Set(waited.map((one) => one.tool)), new Set(["ouroboros_job_wait"]));
      assertStringIncludes(end.text, `ouroboros apply ${runId}`);
      assertStringIncludes(end.text, "passed");
      console.log(
        `${agent.name}, then ${other.name}: ${takesOver.requests} calls of the model from ` +
          `"How does it go?" to the verdict, ${
            takesOver.handed.reduce((sum, one) => sum + one.bytes, 0)
          } bytes handed back`,
      );

      const works = server.of("main").filter((one) => one.seen && isWorker(one.seen));
      assert(works.length >= 2, "the worker asked no model");
      for (const work of works) {
        mustNotShowOurs(JSON.stringify(work.body), placement.mcp.toolPrefix, skills);
      }
      assertEquals([...Deno.readDirSync(project)].map((one) => one.name), ["test.sh"]);
      assertEquals(await goneWithin(home.root, GONE_MS), [], "processes are left");
    } catch (error) {
      const handed = [...told, `exchanges: ${server.of("main").length}`].join("\n");
      console.error(`${agent.name}: ${messageOf(error)}\n${handed}`);
      throw error;
    } finally {
      go.resolve();
      await goneWithin(home.root, GONE_MS);
      await server.close();
      await home.remove();
    }
  },
);

/** Every skill and every tool of ours is shown, under no other name than these. */
function mustShowOurs(
  { tools, body }: { tools: string[]; body: string },
  { prefix, skills }: { prefix: string; skills: readonly string[] },
): void {
  for (const one of skills) assertStringIncludes(body, one);
  // Codex defers the tools of servers, and names the server alone.
  if (!prefix.endsWith(".")) {
    assertEquals(tools.toSorted(), TOOLS.map(({ name }) => prefix + name).toSorted());
  }
  // A skill that is put into the prompt whole has its metadata with it.
  const named = new Set(
    body.match(/(?<![\w/.])ouroboros-(?!tool|args|verbs|aliases|version)[a-z]+/g) ?? [],
  );
  assertEquals([...named].filter((one) => !skills.includes(one)), []);
}

function mustNotShowOurs(body: string, prefix: string, skills: readonly string[]): void {
  for (const skill of skills) {
    // The folder of a run has a name that begins like one of ours, with a dash before it.
    assert(!new RegExp(`(?<![\\w-])${skill}(?![\\w-])`).test(body), `it is shown ${skill}`);
  }
  for (const { name } of TOOLS) assert(!body.includes(name), `it is offered ${name}`);
  assert(!body.includes(prefix.replace(/\.$/, "")), `it is offered ${prefix}`);
}

async function serversGone(word: string): Promise<string[]> {
  const until = Date.now() + GONE_MS;
  while (true) {
    const left = (await processesIn(word, WHOLE)).filter((one) => / mcp serve\b/.test(one));
    if (left.length === 0 || Date.now() > until) return left;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** What a host that asks for no more than read-only tools lets through, by what our list says. */
const HARMLESS = listTools(TOOLS).filter(({ annotations: one }) =>
  one.readOnlyHint || (one.destructiveHint === false && !one.openWorldHint)
).map((one) => one.name);

for (const approved of [false, true]) {
  realTest(
    approved
      ? "once approved by setup, lets every tool of ours through"
      : "not approved, lets those through that need no approval there",
    (agent) =>
      withBench(agent, [{ text: "." }], async ({ home, server, cwd }) => {
        const { placement } = await setUp(agent, home, approved ? ["--approve-tools"] : []);
        const mind = hostMind(server, placement, { cwd });
        // No tool takes that: the refusal is ours, and nothing is begun. Hermes gives a server up
        // after three errors in a row, so that one answer is right.
        mind.begin(...TOOLS.flatMap(({ name }, index) => [
          { tool: name, args: { nothing: true } },
          ...index % 2 === 1 ? [{ tool: "ouroboros_doctor", args: {} }] : [],
        ]));
        server.setScript((request) => mind.script(request));
        const end = await askHost(agent, home, { cwd, prompt: "Try all of them", env: {} });
        assertEquals(end.code, 0, end.text);
        const reached = mind.handed.flatMap(({ tool, text }) =>
          text.includes(`Call ${tool}: `) ? [tool] : []
        );
        const all = TOOLS.map((one) => one.name);
        const { unasked } = placement.approval;
        const lets = { all, "read-only": HARMLESS, none: [] }[approved ? "all" : unasked];
        assertEquals(reached, lets, mind.handed.map((one) => one.text).join("\n"));
      }),
    // Where setup has nothing to approve, both are the same.
    {
      only: (agent) =>
        !approved || definitionOf(agent).placement!.approval.approve(["x"]).length > 0,
    },
  );
}
