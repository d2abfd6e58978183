import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { finishedAnswer } from "../../lib/app/complete/finished_answer.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import type { Usage } from "../../lib/kernel/outcome.ts";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { definitionOf } from "../helpers/real_drive.ts";
import { COUNT, failureOf, POISON, withQuestionBench } from "../helpers/real_question.ts";
import { OWN } from "../helpers/real_user.ts";
import { assertUsage } from "../helpers/real_usage.ts";
import { fittingAnswer } from "./_model/fitting_answer.ts";
import type { ModelRequest, Turn } from "./model_server.ts";

/** What is offered to a model that may look at nothing; none of it changes a file. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  claude: ["StructuredOutput"],
  // `apply_patch` comes with Codex's own description of the model: see the test of it below.
  codex: ["apply_patch", "request_user_input"],
  hermes: ["todo"],
  opencode: [],
};

/** The same where a folder may be looked at; commands of Codex run in its read-only sandbox. */
const LOOKING: Readonly<Record<string, readonly string[]>> = {
  claude: ["Glob", "Grep", "Read", "StructuredOutput"],
  codex: ["apply_patch", "exec_command", "request_user_input", "view_image", "write_stdin"],
  opencode: ["glob", "grep", "read", "todowrite"],
};

/** A model that answers with the same value each time. */
const answer = (value: object) => (request: ModelRequest) => fittingAnswer(value, request);

const RIGHT = { n: 3, unit: "apple" };

realTest(
  "gives a right answer for one request, without a tool that writes in it; what it had printed is " +
    "read as that by whoever comes after its asker, and a part of it never as another",
  (agent) =>
    withQuestionBench(agent, answer(RIGHT), async ({ definition, home, server, ask, requests }) => {
      const spool = join(home.root, "left");
      const got = await ask({ spool });
      assert(got.ok, JSON.stringify(got));
      assertEquals(got.value, RIGHT);
      assertEquals([requests(), got.calls.length], [1, 1]);
      assertUsage(definition, got.usage, 1);
      const [request] = server.of("main");
      const offered = [...request!.seen!.tools].sort();
      assertEquals(offered, [...HARMLESS[agent.name]!].sort());
      const body = JSON.stringify(request!.body);
      for (const word of [POISON, ...Object.values(OWN)]) {
        assert(!body.includes(word), `"${word}" of the user's reached the model`);
      }
      assert(
        !/ouroboros[_-](run|doctor)|mcp__/.test(body),
        "something of ours or of a server is there",
      );
      assert(body.includes("You count things."), "the system text did not arrive");
      console.log(`${agent.name}: 1 call, ${request!.bytes} bytes, ${got.calls[0]!.durationMs} ms`);
      await readsWhatIsLeft(definition, spool, got.usage);
    }),
);

/** Reads the output of {@link RIGHT} as a process does that finds it after a kill: whole, and cut off. */
async function readsWhatIsLeft(definition: RuntimeDefinition, spool: string, usage: Usage) {
  const found = await finishedAnswer(definition, spool, COUNT);
  assertEquals(found, { value: RIGHT, usage });
  const whole = await Deno.readFile(`${spool}.stdout`);
  for (let tenth = 0; tenth < 10; tenth++) {
    const part = whole.slice(0, Math.floor(whole.length * tenth / 10));
    await Deno.writeFile(`${spool}.stdout`, part);
    const read = await finishedAnswer(definition, spool, COUNT);
    if (read) assertEquals(read.value, RIGHT, `${tenth} tenths`);
  }
}

const inProse = (value: object): Turn => ({
  text: `Here it is:\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\`\nI hope {that} helps.`,
});

realTest(
  "takes the answer out of the prose around it, and sends one that does not fit back once, with " +
    "what is wrong",
  (agent) => {
    // Claude Code reminds the model once of the tool that takes the answer.
    const each = agent.name === "claude" ? 2 : 1;
    return withQuestionBench(
      agent,
      (request) => inProse({ ...RIGHT, n: request.index < each ? 12 : 3 }),
      async ({ server, ask, requests }) => {
        const got = await ask();
        assert(got.ok, JSON.stringify(got));
        assertEquals(got.value, RIGHT);
        assertEquals(requests(), 2 * each);
        assertEquals(got.calls.map((one) => one.turn), [1, 2]);
        assertEquals(got.calls[0]!.problems, ["n: must be from 1 to 9, is 12"]);
        const repair = server.of("main")[each]!.seen!.prompts.join("\n");
        assertMatch(repair, /n: must be from 1 to 9, is 12/);
      },
    );
  },
);

realTest("sends back what is against the schema itself, once", (agent) =>
  withQuestionBench(
    agent,
    (request) => answer(request.index === 0 ? { n: "three" } : RIGHT)(request),
    async ({ ask, requests }) => {
      const got = await ask();
      assert(got.ok, JSON.stringify(got));
      assertEquals([requests(), got.calls.length], [2, 2]);
      assertEquals(got.calls[0]!.problems, ["n: must be a number"]);
    },
  ), { only: (agent) => definitionOf(agent).capabilities.structuredOutput === "native" });

realTest(
  "ends a refusal in words after one repair, and says what was said",
  (agent) =>
    withQuestionBench(
      agent,
      [{ text: "I will not count these." }],
      async ({ ask, requests }) => {
        const { code, message } = failureOf(await ask());
        assertEquals(code, "answer_invalid");
        assertMatch(message, /I will not count these/);
        assertEquals(requests(), agent.name === "claude" ? 4 : 2);
      },
    ),
  QUICK,
);

// That nothing has changed is looked at by the bench, and in the folder of the question there is
// nothing to change: so the model names a file of the user's.
realTest("lets a model that writes all the same change nothing", (agent) => {
  let path = "";
  const script = (request: ModelRequest): Turn => {
    if (request.results.length > 0 || request.index > 3) return answer(RIGHT)(request);
    return { write: { path, text: "changed\n" } };
  };
  return withQuestionBench(agent, script, async ({ home, ask }) => {
    path = `${home.home}/AGENTS.md`;
    await ask({}, { limits: { callMs: 60_000, totalMs: 60_000 } });
  });
});

// Its newer models call their tools from JavaScript, apply_patch among them.
realTest("changes nothing under its own default model either, and answers there", (agent) => {
  let path = "";
  const script = (request: ModelRequest): Turn =>
    request.index === 0 ? { write: { path, text: "changed\n" } } : answer(RIGHT)(request);
  return withQuestionBench(agent, script, async ({ home, server, ask, requests }) => {
    path = `${home.home}/AGENTS.md`;
    const got = await ask();
    assert(got.ok, JSON.stringify(got));
    assertEquals(requests(), 2);
    assertEquals(server.of("main")[1]!.seen!.results, ["code-mode host is disabled"]);
  }, { ownModel: true });
}, { only: (agent) => agent.name === "codex" });

realTest(
  "looks at a folder that it is given, and is offered nothing that writes",
  (agent) =>
    withQuestionBench(agent, answer(RIGHT), async ({ project, server, ask }) => {
      const got = await ask({ folder: project });
      assert(got.ok, JSON.stringify(got));
      const offered = [...server.of("main")[0]!.seen!.tools].sort();
      assertEquals(offered, [...LOOKING[agent.name]!].sort());
    }),
  { only: (agent) => definitionOf(agent).complete!.reads },
);

realTest(
  "refuses a folder where the CLI could not look without writing",
  (agent) =>
    withQuestionBench(agent, answer(RIGHT), async ({ project, ask, requests }) => {
      const error = await assertRejects(() => ask({ folder: project }), OuroborosError);
      assertEquals([error.code, requests()], ["usage", 0]);
    }),
  { only: (agent) => !definitionOf(agent).complete!.reads },
);
