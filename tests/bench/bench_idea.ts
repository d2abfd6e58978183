import { IDEA_ANSWERS, IDEA_TASKS } from "../helpers/idea_tasks.ts";
import { writeFiles } from "../helpers/git_project.ts";
import { type BenchRow, median, ms } from "./bench_row.ts";

/** The most calls of a model from a small idea to its seed. */
const MOST_CALLS = 4;
/** The longest time to the first screen of facts. */
const MOST_MS = 1000;
const STARTS = 7;
/** Files of the project whose facts are looked for. */
const FILES = 2000;

/**
 * A small idea with its answers in a file, through a stub of an agent's CLI that counts what it is
 * handed: arguments, standard input and system text. What the CLI itself adds is not ours.
 */
export async function benchIdea(at: { ours: string; dir: string }): Promise<BenchRow[]> {
  const bench = await openIdea(at);
  const counted = await wholeLine(bench);
  const facts: number[] = [];
  for (let start = 0; start < STARTS; start++) facts.push(await factsMs(bench));
  const took = median(facts);
  return [
    {
      what: "From a small idea to its seed, calls of a model",
      ours: amount(counted.thoughts),
      reference: "",
      ratio: counted.thoughts.length / MOST_CALLS,
      aim: `at most ${MOST_CALLS} calls`,
      met: counted.thoughts.length <= MOST_CALLS,
    },
    {
      what: "From that seed to its receipt, starts of the agent",
      ours: amount(counted.attempts),
      reference: "",
      ratio: null,
      aim: "none: the plain price",
      met: null,
    },
    {
      what: `From the command to the facts of a project of ${FILES.toLocaleString("en")} files`,
      ours: ms(took),
      reference: "",
      ratio: took / MOST_MS,
      aim: `under ${MOST_MS} ms`,
      met: took < MOST_MS,
    },
  ];
}

interface IdeaBench {
  ours: string;
  project: string;
  /** What the stub was handed, a file each. */
  notes: string;
  env: Record<string, string>;
  words: readonly string[];
}

/** The stub stands for this CLI; which one it is does not matter to what is counted. */
const STUB = "claude";

async function openIdea(at: { ours: string; dir: string }): Promise<IdeaBench> {
  const task = IDEA_TASKS.find((one) => one.name === "bug-fix")!;
  const of = (name: string) => `${at.dir}/${name}`;
  for (const name of ["home", "bin", "notes", "said", "project"]) {
    await Deno.mkdir(of(name), { recursive: true });
  }
  // One criterion: a fix as small as most are.
  const [seed] = task.seeds as { goal: string; criteria: unknown[] }[];
  const said = [task.screen, task.score, { ...seed, criteria: seed!.criteria.slice(0, 1) }];
  const [path, text] = Object.entries(task.work["1"]!)[0]!;
  const result = (answer: unknown) =>
    JSON.stringify({
      ...{ type: "result", subtype: "success", is_error: false, duration_ms: 1, num_turns: 1 },
      ...{ session_id: SESSION, result: JSON.stringify(answer), structured_output: answer },
      usage: { input_tokens: 1, output_tokens: 1 },
    });
  await writeFiles(of("said"), {
    "work": text,
    "init": JSON.stringify({
      ...{ type: "system", subtype: "init", session_id: SESSION, tools: [], model: "m" },
      ...{ mcp_servers: [], permissionMode: "dontAsk" },
    }),
    ...Object.fromEntries(said.map((one, index) => [`${index + 1}`, result(one)])),
    "done": result("Done"),
  });
  await writeFiles(of("project"), task.files);
  await writeFiles(
    of("project"),
    Object.fromEntries(Array.from({ length: FILES }, (_, n) => [`src/more/${n}.js`, `// ${n}\n`])),
  );
  await writeFiles(at.dir, { "idea.md": task.idea, "answers.yaml": IDEA_ANSWERS });
  await Deno.writeTextFile(of(`bin/${STUB}`), stub({ said: of("said"), notes: of("notes"), path }));
  await Deno.chmod(of(`bin/${STUB}`), 0o755);
  return {
    ours: at.ours,
    project: of("project"),
    notes: of("notes"),
    env: { HOME: of("home"), PATH: `${of("bin")}:${Deno.env.get("PATH") ?? ""}` },
    words: [of("idea.md"), "--answers", of("answers.yaml"), "--runtime", STUB, "--json"],
  };
}

const SESSION = "1a105099-ac7e-49cd-8a2f-5a9da8f231c8";

function stub(at: { said: string; notes: string; path: string }): string {
  return `#!/bin/sh
case $1 in --version) echo "99.0.0 (Claude Code)"; exit ;; esac
cat >"${at.notes}/stdin"
system=
before=
for word; do
  case $before in --system-prompt-file | --append-system-prompt-file) system=$word ;; esac
  before=$word
done
if grep -q "Your task now is criterion" "${at.notes}/stdin"; then kind=attempt; else kind=thought; fi
n=$(($(ls "${at.notes}" | grep -c "$kind") + 1))
{ printf '%s ' "$@"; cat "${at.notes}/stdin"; [ -z "$system" ] || cat "$system"; } |
  wc -c >"${at.notes}/$kind-$n"
cat "${at.said}/init"
echo
if [ $kind = attempt ]; then cat "${at.said}/work" >"${at.path}"; cat "${at.said}/done"
else cat "${at.said}/$n"; fi
echo
`;
}

async function wholeLine(bench: IdeaBench): Promise<{ thoughts: number[]; attempts: number[] }> {
  const { success, stdout, stderr } = await start(bench, ["run", "--from", ...bench.words, "--yes"])
    .output();
  if (!success) {
    const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    throw new Error(`The line from an idea ended early: ${text.slice(-2000)}`);
  }
  const bytes = async (kind: string) => {
    const found: number[] = [];
    for await (const { name } of Deno.readDir(bench.notes)) {
      if (!name.startsWith(kind)) continue;
      found.push(Number(await Deno.readTextFile(`${bench.notes}/${name}`)));
    }
    return found;
  };
  return { thoughts: await bytes("thought"), attempts: await bytes("attempt") };
}

async function factsMs(bench: IdeaBench): Promise<number> {
  const startedMs = performance.now();
  const child = start(bench, ["interview", ...bench.words]).spawn();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes('"facts.found"')) break;
  }
  const tookMs = performance.now() - startedMs;
  // What comes behind the facts is not measured.
  child.kill("SIGKILL");
  await child.status;
  await child.stderr.cancel();
  if (!text.includes('"facts.found"')) throw new Error(`No facts: ${text.slice(-2000)}`);
  return tookMs;
}

function start({ ours, project, env }: IdeaBench, args: string[]): Deno.Command {
  return new Deno.Command(ours, {
    ...{ args, cwd: project, clearEnv: true, env, stdin: "null" },
    ...{ stdout: "piped", stderr: "piped" },
  });
}

/** "3 calls, 12.3 kB in (about 3,100 tokens)"; a token is about four bytes of such texts. */
function amount(bytes: readonly number[]): string {
  const sum = bytes.reduce((all, one) => all + one, 0);
  const tokens = Math.round(sum / 400) * 100;
  const count = bytes.length === 1 ? "1 call" : `${bytes.length} calls`;
  return `${count}, ${(sum / 1000).toFixed(1)} kB in (about ${tokens.toLocaleString("en")} tokens)`;
}
