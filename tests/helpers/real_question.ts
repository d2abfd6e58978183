import { assert, assertEquals } from "@std/assert";
import { dirname, join } from "@std/path";
import { createApp } from "../../lib/app/app.ts";
import { complete } from "../../lib/app/complete/complete.ts";
import type {
  Answer,
  AnswerFailure,
  AnswerSchema,
  Question,
  QuestionHooks,
} from "../../lib/app/complete/completion.ts";
import { openThinker } from "../../lib/app/complete/open_thinker.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { messageOf } from "../../lib/kernel/error.ts";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { type ModelServer, type Script, startModelServer } from "../real/model_server.ts";
import { fileTree } from "./file_tree.ts";
import { goneWithin } from "./processes_in.ts";
import type { ReadyAgent } from "./real_agents.ts";
import { definitionOf } from "./real_drive.ts";
import { type RealHome, realHome } from "./real_home.ts";
import { fillUser } from "./real_user.ts";

/** The answer that the questions of these tests are about. */
export interface Count {
  n: number;
  unit: string;
}

/** Takes `{n, unit}`, `n` from 1 to 9: more than a JSON Schema says, as parsers of ours do. */
export const COUNT: AnswerSchema<Count> = {
  jsonSchema: {
    type: "object",
    properties: { n: { type: "integer" }, unit: { type: "string" } },
    required: ["n", "unit"],
    additionalProperties: false,
  },
  parse(value) {
    const { n, unit } = Object(value) as Partial<Count>;
    if (typeof n !== "number") return { problems: ["n: must be a number"] };
    if (n < 1 || n > 9) return { problems: [`n: must be from 1 to 9, is ${n}`] };
    return typeof unit === "string" ? { value: { n, unit } } : { problems: ["unit: is missing"] };
  },
};

/** Words that stand in files around, and must not reach a model that was not asked to look at them. */
export const POISON = "the-word-of-the-project";

/** One question about {@link COUNT}. */
export function question(parts: Partial<Question<Count>> = {}): Question<Count> {
  return {
    kind: "test.count",
    number: 1,
    systemText: "You count things.",
    messages: [{ role: "user", text: "How many apples are three apples?" }],
    schema: COUNT,
    ...parts,
  };
}

/** Why there is no answer; fails where there is one. */
export function failureOf(answer: Answer<Count>): AnswerFailure {
  assert(!answer.ok, "it was answered");
  return answer.failure;
}

/** A real CLI that is asked, the server that answers, and a user's project and home around. */
export interface QuestionBench {
  definition: RuntimeDefinition;
  server: ModelServer;
  home: RealHome;
  project: string;
  /** Requests of the model so far, those of a CLI's own tries among them. */
  requests(): number;
  ask(parts?: Partial<Question<Count>>, hooks?: Partial<QuestionHooks>): Promise<Answer<Count>>;
}

/** At its end nothing of it may be alive, and nothing of the user's may have changed. */
export async function withQuestionBench(
  agent: ReadyAgent,
  script: Script,
  body: (bench: QuestionBench) => Promise<void>,
  /** Leaves the choice of the model to the CLI. */
  options: { ownModel?: boolean } = {},
): Promise<void> {
  const server = await startModelServer({ script, toolless: "main" });
  const home = await realHome(agent.name, server.url);
  const project = join(home.root, "project");
  const tmp = join(home.root, "tmp");
  for (const dir of [project, tmp]) await Deno.mkdir(dir);
  for (const dir of [project, home.home, tmp]) {
    for (const name of ["AGENTS.md", "CLAUDE.md"]) {
      await Deno.writeTextFile(join(dir, name), `${POISON}\n`);
    }
  }
  await fillUser(agent, home);
  const started = await markStarts(home);
  const before = await usersFiles(home, project);
  const environment = fixedEnvironment({
    ...home.env,
    PATH: `${dirname(agent.program)}:${home.env.PATH}`,
    OUROBOROS_HOME: join(home.root, "ours"),
    TMPDIR: tmp,
  });
  const app = createApp({
    environment,
    paths: resolvePaths(environment),
    clock: systemClock,
    random: systemRandom,
    cwd: project,
    self: ["ouroboros"],
    version: "0.0.1",
    skillsDir: project,
  });
  const answers: Answer<Count>[] = [];
  try {
    const thinker = await openThinker(app, {
      runtime: agent.name,
      ...(options.ownModel ? {} : { model: home.model }),
    });
    await body({
      definition: definitionOf(agent),
      server,
      home,
      project,
      requests: () => server.of("main").length,
      async ask(parts, hooks) {
        const cancel = new AbortController().signal;
        const answer = await complete(thinker, question(parts), { cancel, ...hooks });
        answers.push(answer);
        return answer;
      },
    });
    assertEquals(await Deno.readTextFile(started).catch(() => ""), "", "a server was started");
    assertEquals(await goneWithin(home.root, 0), [], "processes of the agent are still alive");
    const left = [...Deno.readDirSync(tmp)].map((one) => one.name)
      .filter((name) => name.startsWith("ouroboros-"));
    assertEquals(left, [], "folders of questions are left");
    assertEquals(await changed(before, home, project), [], "the user's files have changed");
  } catch (error) {
    console.error(`${agent.name}: ${messageOf(error)}`);
    console.error(JSON.stringify(answers, null, 1).slice(0, 4000));
    for (const one of server.requests) console.error(one.method, one.path, one.kind, one.bytes);
    throw error;
  } finally {
    await app.close();
    await server.close();
    await home.remove();
  }
}

/** Has the user's own tool server leave a mark when somebody starts it. */
async function markStarts(home: RealHome): Promise<string> {
  const [server, mark] = [join(home.root, "notes"), join(home.root, "notes-started")];
  const text = await Deno.readTextFile(server);
  await Deno.writeTextFile(server, text.replace("\n", `\necho started >> '${mark}'\n`));
  return mark;
}

/** Claude Code counts its starts there, and more. */
const REWRITTEN = [".claude.json"];

/** Where a CLI keeps what is its own, below HOME. */
const OWN =
  /^(\.codex|\.claude|\.claude\.json.*|\.config\/opencode|\.local(\/(share|state))?|\.cache|\.hermes)(\/|$)/;

async function usersFiles(home: RealHome, project: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const dir of [home.home, project]) {
    for (const [path, text] of Object.entries(await fileTree(dir))) {
      files.set(join(dir, path), text);
    }
  }
  return files;
}

/** What is other than before, but for new files in a CLI's own places. */
async function changed(
  before: ReadonlyMap<string, string>,
  home: RealHome,
  project: string,
): Promise<string[]> {
  const after = await usersFiles(home, project);
  const inHome = (path: string) => path.slice(home.home.length + 1);
  // Hermes gives its own folder another mode.
  const free = (path: string) =>
    OWN.test(inHome(path)) &&
    (!before.has(path) || path.endsWith("/") || REWRITTEN.includes(inHome(path)));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path) && !free(path));
}
