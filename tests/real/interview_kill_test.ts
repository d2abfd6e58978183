import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";
import { goneWithin } from "../helpers/processes_in.ts";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { withRunBench } from "../helpers/real_run.ts";
import { fittingAnswer } from "./_model/fitting_answer.ts";
import type { ModelRequest, Turn } from "./model_server.ts";

const THOUGHTS = [
  screenAnswer({
    goal: "greet.sh greets by name",
    verification: [{ text: "the test passes", run: "sh test.sh", human: null }],
    questions: [{
      ...{ topic: "scope", text: "What is said without a name?", many: false, replaces: null },
      choices: [{ text: "Hello", recommended: true }, { text: "An error", recommended: false }],
    }],
  }),
  scoreAnswer(0.95),
  {
    goal: "greet.sh greets by name",
    constraints: [],
    criteria: [{
      ...{ description: "greet.sh greets by name", run: "sh test.sh", hidden_run: null },
      ...{ human: null, reason: null, protect: ["test.sh"], artifacts: [], depends_on: [] },
    }],
  },
];

realTest(
  "an interview that is killed while the agent thinks leaves nothing alive, and pays for no answer twice",
  (agent) => {
    let next = 0;
    let hangs = true;
    const script = (request: ModelRequest): Turn => {
      if (next === 1 && hangs) return { hang: "mid_text" };
      return fittingAnswer(THOUGHTS[Math.min(next++, 2)]!, request);
    };
    return withRunBench(agent, { script, toolless: "main" }, async (bench) => {
      const { project, home, ouroboros, server } = bench;
      await Deno.writeTextFile(join(project, "test.sh"), '[ "$(sh greet.sh A)" = "Hello, A" ]\n');
      const answers = join(home.root, "answers.yaml");
      await Deno.writeTextFile(answers, "answers: { q1: 1 }\napprove: true\n");
      const idea = "a script that greets by name";
      const child = await bench.startRun("--from", idea, "--answers", answers);
      for (let n = 0; n < 900 && server.of("main").length < 2; n++) {
        await new Promise((done) => setTimeout(done, 100));
      }
      assertEquals(server.of("main").length, 2, "the second thought was never asked for");
      child.kill("SIGKILL");
      await child.status;
      assertEquals(await goneWithin(home.root, 15_000), []);
      assertEquals(server.of("main").length, 2, "a request was paid by an orphan");

      hangs = false;
      const words = ["--runtime", agent.name, "--model", home.model];
      const end = await ouroboros("interview", "--resume", ...words, "--answers", answers);
      assertEquals(end.code, 0, end.stdout.slice(-2000) + end.stderr);
      assertMatch(end.stdout, /State +frozen/);
      assertEquals(server.of("main").length, 4, "the one that hung is asked again, and no other");
      console.log(`${agent.name}: 3 answers, ${server.of("main").length} requests, 1 kill`);
    });
  },
  QUICK,
);
