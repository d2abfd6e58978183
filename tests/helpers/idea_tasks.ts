import { loadSeed } from "../../lib/engine/seed/load_seed.ts";
import type { CommandCheck, Seed } from "../../lib/engine/seed/seed.ts";
import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";
import { brownfieldTask } from "./brownfield_task.ts";

/** An idea with a project, what a model makes of it, and what an agent then does. */
export interface IdeaTask {
  name: string;
  /** Shell word that its checks need. */
  tool: string;
  /** The project as it is. */
  files: Readonly<Record<string, string>>;
  /** It has a repository; else it is a folder. */
  git: boolean;
  idea: string;
  screen: Record<string, unknown>;
  score: Record<string, unknown>;
  /** One after the other: the second where the first is sent back. */
  seeds: readonly Record<string, unknown>[];
  /** What the agent writes for the criterion that is named so; others hold by then. */
  work: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Lines that must stand in the frozen seed. */
  frozen: readonly string[];
}

const EXAMPLES = new URL("../../docs/examples/", import.meta.url);
const WORK = new URL("../fixtures/examples/", import.meta.url);

/** A criterion as a model answers it. */
type Answered = Record<string, unknown>;

interface ExampleParts {
  tool: string;
  /** The one file that the work brings. */
  file: string;
  question: { text: string; choices: readonly string[] };
  /** What cannot be said in the words of an answer as it is said in the example's seed. */
  instead?: Readonly<Record<string, Answered>>;
  frozen: readonly string[];
}

const PARTS: Readonly<Record<string, ExampleParts>> = {
  "tiny-cli": {
    tool: "sh",
    file: "tally.sh",
    question: { text: "Which line comes first?", choices: ["The most frequent", "The first read"] },
    instead: {
      count: {
        hidden_run: "printf '%s\\n' 'a  b' 'c\\n' 'a  b' | sh tally.sh >out.txt && " +
          "printf '%s\\n' '2 a  b' '1 c\\n' | diff - out.txt",
      },
      usage: {
        run: "sh tally.sh --help | grep '^Usage:' && test -f tally.sh && " +
          "{ sh tally.sh --nonsense 2>message.txt; test $? -eq 2 && test -s message.txt; }",
      },
    },
    frozen: ["hidden: true", "3 pear"],
  },
  "bug-fix": {
    tool: "node",
    file: "src/coupon.js",
    question: {
      text: "Until when does a coupon hold?",
      choices: ["To the end of its last day, UTC", "Up to its last day"],
    },
    frozen: ["preserve: true", "- test/**", "reason.spec.js: |"],
  },
  "python-library": {
    tool: "python3",
    file: "roman/__init__.py",
    question: { text: "Which spellings are read?", choices: ["The usual one", "Any that adds up"] },
    frozen: ["hidden: true", "preserve: true", "- tests/test_to_roman.py"],
  },
  "document": {
    tool: "sh",
    file: "HANDBOOK.md",
    question: { text: "How long may it be?", choices: ["250 words", "Two pages"] },
    instead: {
      facts: {
        run: 'for fact in 04:45 07:30 "40 minutes" "back door" 112 555-0142; do ' +
          'grep -F "$fact" HANDBOOK.md || exit 1; done',
      },
    },
    frozen: ["- checks/sections.sh", "- checks/links.sh"],
  },
};

/** Each example from its idea, and a project of several files that has tests already. */
export const IDEA_TASKS: readonly IdeaTask[] = [
  ...Object.entries(PARTS).map(([name, parts]) => exampleTask(name, parts)),
  brownfieldTask(),
];

/** The answers to all that the model of a task asks. */
export const IDEA_ANSWERS = "screens: [[1]]\napprove: true\n";

function exampleTask(name: string, parts: ExampleParts): IdeaTask {
  const read = (path: string, root: URL) => Deno.readTextFileSync(new URL(`${name}/${path}`, root));
  const source = new TextEncoder().encode(read("seed.yaml", EXAMPLES));
  const { seed } = loadSeed(source, { name });
  const criteria = seed.criteria.map((one) => ({
    ...answered(one, seed),
    ...parts.instead?.[one.id],
  }));
  const { text, choices } = parts.question;
  return {
    name,
    tool: parts.tool,
    files: filesBelow(new URL(`${name}/project/`, EXAMPLES)),
    git: false,
    idea: read("idea.md", EXAMPLES),
    screen: screenAnswer({
      goal: seed.goal,
      verification: criteria.map(({ description, run }) => ({ text: description, run })),
      questions: [{
        topic: "scope",
        text,
        choices: choices.map((choice, at) => ({ text: choice, recommended: at === 0 })),
      }],
    }),
    score: scoreAnswer(0.95),
    seeds: [{ goal: seed.goal, constraints: seed.constraints, criteria }],
    work: { "1": { [parts.file]: read(`right/${parts.file}`, WORK) } },
    frozen: parts.frozen,
  };
}

/** Text of every file below a folder, by path. */
function filesBelow(root: URL, below = ""): Record<string, string> {
  return Object.assign(
    {},
    ...[...Deno.readDirSync(new URL(below, root))].map(({ name, isDirectory }) => {
      const path = `${below}${name}`;
      if (isDirectory) return filesBelow(root, `${path}/`);
      return { [path]: Deno.readTextFileSync(new URL(path, root)) };
    }),
  );
}

function answered(one: Seed["criteria"][number], seed: Seed): Answered & {
  description: string;
  run: string;
} {
  const commands = one.checks.filter((check): check is CommandCheck => check.kind === "command");
  const visible = commands.filter((check) => !check.hidden && !check.preserve);
  const hidden = commands.find((check) => check.hidden);
  const listed = (check: CommandCheck | undefined) =>
    Object.entries(check?.files ?? {}).map(([path, text]) => ({ path, text }));
  return {
    description: one.description,
    run: visible.map((check) => check.run).join(" && "),
    stdout: visible[0]?.expect?.stdout ?? null,
    files: visible.flatMap(listed),
    preserve_run: commands.find((check) => check.preserve)?.run ?? null,
    hidden_run: hidden?.run ?? null,
    hidden_files: listed(hidden),
    human: null,
    reason: null,
    protect: [],
    artifacts: one.artifacts,
    depends_on: one.dependsOn.map((id) => seed.criteria.findIndex((other) => other.id === id) + 1),
  };
}
