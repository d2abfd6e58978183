/** From an idea to receipts that replay, with nobody there: the real CLIs think and work. */
import { assertEquals } from "@std/assert";
import { ideaLine, type LineBench, writeTask } from "../helpers/idea_line.ts";
import { IDEA_TASKS, type IdeaTask } from "../helpers/idea_tasks.ts";
import { whereIs } from "../helpers/install_bench.ts";
import { REAL_AGENTS, type RealAgent, realTest } from "../helpers/real_agents.ts";
import { withRunBench } from "../helpers/real_run.ts";
import { fittingAnswer } from "./_model/fitting_answer.ts";
import type { ModelRequest, Turn } from "./model_server.ts";

/** A model that answers what it is asked of the idea, and an agent that does the work. */
function playing(task: IdeaTask): { script: (request: ModelRequest) => Turn; thoughts(): number } {
  const answers = [task.screen, task.score, ...task.seeds];
  let thoughts = 0;
  return {
    thoughts: () => thoughts,
    script: (request) => {
      const prompt = request.prompts.at(-1) ?? "";
      const criterion = /Your task now is criterion (\S+):/.exec(prompt)?.[1];
      const done = request.results.length;
      if (criterion !== undefined) {
        const [path, text] = Object.entries(task.work[criterion] ?? {})[done] ?? [];
        return path === undefined ? { text: "Done." } : writing(task, path, text!);
      }
      if (done > 0) return { text: "Done." };
      const answer = answers[Math.min(thoughts++, answers.length - 1)]!;
      return fittingAnswer(answer, request);
    },
  };
}

/** Every agent plays every example; left out: each plays another one, and all the one with tests. */
const ALL = Deno.env.has("OUROBOROS_IDEA_ALL");
const EXAMPLES = IDEA_TASKS.filter((task) => !task.git);

/** What is there already some CLIs only write after they read it; a command of a shell always does. */
function writing(task: IdeaTask, path: string, text: string): Turn {
  if (!Object.hasOwn(task.files, path)) return { write: { path, text } };
  return { shell: `cat >${path} <<'END_OF_FILE'\n${text}END_OF_FILE\n` };
}

for (const [at, task] of IDEA_TASKS.entries()) {
  // Its checks cannot run here.
  if (whereIs(task.tool) === undefined) continue;
  // Hermes, the slowest, plays an example alone.
  const only = (agent: RealAgent) =>
    ALL || (task.git && agent.name !== "hermes") ||
    REAL_AGENTS.findIndex((one) => one.name === agent.name) % EXAMPLES.length === at;
  realTest(`${task.name}: from the idea to receipts that replay`, (agent) => {
    const { script, thoughts } = playing(task);
    return withRunBench(agent, { script, toolless: "main" }, async (bench) => {
      const { home, project, ouroboros, server } = bench;
      const line: LineBench = {
        ...{ root: home.root, project, ouroboros },
        words: ["--runtime", agent.name, "--model", home.model],
      };
      await writeTask(task, line);
      // Each way once: what has a repository in commands of their own, the examples in one.
      const calls = await ideaLine(task, line, { inOne: !task.git });
      assertEquals([calls, thoughts()], [2 + task.seeds.length, 2 + task.seeds.length]);
      const asked = server.of("main").slice(0, calls);
      const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
      const about = (bytes / 1000).toFixed(0);
      console.log(`${agent.name}, ${task.name}: ${calls} calls, ${about} kB from idea to seed`);
    });
  }, { only });
}
