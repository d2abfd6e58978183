import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { withRunBench } from "../helpers/real_run.ts";
import { fittingAnswer } from "./_model/fitting_answer.ts";
import type { ModelRequest, Turn } from "./model_server.ts";

const SCREEN = {
  draft: {
    goal: "greet.sh greets by name",
    scope: ["one script"],
    non_goals: [],
    constraints: [],
    outputs: ["greet.sh"],
    verification: [{ text: "the test passes", run: "sh test.sh", human: null }],
    assumptions: [{ text: "POSIX sh is enough", reason: "nothing else is used here" }],
  },
  contradictions: [],
  questions: [{
    topic: "scope",
    text: "What is said without a name?",
    why: "It is a case of its own",
    choices: [{ text: "Hello, world", recommended: true }, {
      text: "An error",
      recommended: false,
    }],
    many: false,
    replaces: null,
  }],
};
const SCORE = {
  goal_clarity_score: 0.95,
  goal_clarity_justification: "",
  constraint_clarity_score: 0.9,
  constraint_clarity_justification: "",
  success_criteria_clarity_score: 0.95,
  success_criteria_clarity_justification: "",
  context_clarity_score: 0.9,
  context_clarity_justification: "",
  contradictions: [],
};
const SEED = {
  goal: "greet.sh greets by name",
  constraints: [],
  criteria: [{
    description: "greet.sh greets by name",
    run: "sh test.sh",
    hidden_run: null,
    human: null,
    reason: null,
    protect: ["test.sh"],
    artifacts: [],
    depends_on: [],
  }],
};

realTest(
  "from an idea to checked work: three calls to the seed, and the agent's own for the run",
  (agent) => {
    const thoughts = [SCREEN, SCORE, SEED];
    let thought = 0;
    const script = (request: ModelRequest): Turn => {
      const prompt = request.prompts.at(-1) ?? "";
      if (request.results.length > 0) return { text: "Done." };
      if (prompt.includes("Your task now is criterion")) {
        return { write: { path: "greet.sh", text: 'echo "Hello, $1"\n' } };
      }
      return fittingAnswer(thoughts[Math.min(thought++, 2)]!, request);
    };
    return withRunBench(agent, { script, toolless: "main" }, async (bench) => {
      const { project, home, ouroboros, server } = bench;
      await Deno.writeTextFile(
        join(project, "test.sh"),
        '[ "$(sh greet.sh Ada)" = "Hello, Ada" ]\n',
      );
      const answers = join(home.root, "answers.yaml");
      await Deno.writeTextFile(answers, "screens: [[1]]\napprove: true\n");
      const words = ["--runtime", agent.name, "--model", home.model];
      const end = await ouroboros(
        ...["interview", "a script that greets by name", "--answers", answers, ...words, "--json"],
      );
      assertEquals(end.code, 0, end.stdout.slice(-2000) + end.stderr);
      const last = JSON.parse(end.stdout.trimEnd().split("\n").at(-1)!);
      assertEquals([last.type, last.interview.step, last.interview.calls], ["result", "over", 3]);
      assertEquals(server.of("main").length, 3, "one request a thought");
      assertEquals([...Deno.readDirSync(project)].map((one) => one.name), ["test.sh"]);
      const bytes = server.of("main").reduce((sum, one) => sum + one.bytes, 0);
      console.log(`${agent.name}: 3 calls, ${bytes} bytes from the idea to the seed`);

      const run = await bench.run(last.interview.seed.path);
      assertEquals(run.code, 0, run.stderr);
      assert(server.of("main").length <= 6, `${server.of("main").length} requests in all`);
    });
  },
);
