import { join } from "@std/path";
import { writeFiles } from "./git_project.ts";
import { programCommand, type ProgramEnd, programEnvironment, runProgram } from "./program.ts";
import { processesIn } from "./processes_in.ts";
import { tempDir } from "./temp_dir.ts";

/** A value that a check needs, and that may stand nowhere. */
export const SECRET = "sesame-4711-open";

const SEED = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: '[ "$(sh greet.sh)" = hello ] && [ \${#SHOP_WORD} = ${SECRET.length} ]' }
`;

/** A home and a project whose recorded agent waits for a word before it does its work. */
export interface DetachBench extends AsyncDisposable {
  root: string;
  project: string;
  env: Readonly<Record<string, string>>;
  /** The program as a shell word. */
  program: string;
  /** Words for a run of the project. */
  run: readonly string[];
  ouroboros(...args: string[]): Promise<ProgramEnd>;
  /** Starts `ouroboros watch` and comes back once it has said where the run stands. */
  watching(...args: string[]): Promise<{ end: Promise<ProgramEnd> }>;
  /** The agent waits now. */
  agentWaits(): Promise<void>;
  /** Lets the agent go on. */
  go(): Promise<void>;
  /** Pid of the worker that holds the newest run, as its lease says. */
  holder(): Promise<number>;
}

/** Makes a bench; whatever still runs in it is ended with it. */
export async function detachBench(): Promise<DetachBench> {
  const dir = await tempDir();
  const root = dir.path;
  const [home, project, go, waits] = ["home", "project", "go", "waits"].map((one) =>
    join(root, one)
  ) as [string, string, string, string];
  await Deno.mkdir(home);
  const wait = `echo x > '${waits}'; until [ -e '${go}' ]; do sleep 0.05; done`;
  const attempt = (number: number) => ({
    criterion: "greet",
    attempt: number,
    steps: [{ run: wait }, { write: "greet.sh", text: "echo hello\n" }],
    finalText: "Done",
  });
  const recording = {
    schema: 1,
    title: "Greets",
    runtime: "claude",
    attempts: [1, 2, 3].map(attempt),
  };
  const recorded = join(root, "recording.json");
  await Deno.writeTextFile(recorded, JSON.stringify(recording));
  await Deno.mkdir(project);
  await writeFiles(project, { "seed.yaml": SEED });
  const given = { USER: "ada", SHOP_WORD: SECRET };
  const start = { home, env: given };
  const program = programCommand().map((word) => `'${word}'`).join(" ");
  return {
    root,
    project,
    env: await programEnvironment(start),
    program,
    run: ["run", "seed.yaml", "--recording", recorded, "--env", "SHOP_WORD"],
    ouroboros: (...args) => runProgram({ args, cwd: project, ...start }),
    async watching(...args) {
      const said = join(root, "watched");
      const end = runProgram({
        command: [
          "sh",
          "-c",
          `${program} watch "$@" 2>'${said}'; code=$?; cat '${said}' >&2; exit $code`,
        ],
        args: ["sh", ...args],
        cwd: project,
        ...start,
      });
      await until(async () => (await Deno.readTextFile(said).catch(() => "")).includes("\n"));
      return { end };
    },
    agentWaits: () => until(() => exists(waits)),
    go: () => Deno.writeTextFile(go, ""),
    async holder() {
      const runs = join(home, ".ouroboros", "runs");
      const [run] = [...Deno.readDirSync(runs)].map((one) => one.name).sort().reverse();
      return JSON.parse(await Deno.readTextFile(join(runs, run!, "lease"))).pid;
    },
    async [Symbol.asyncDispose]() {
      for (const line of await processesIn(root)) {
        try {
          Deno.kill(parseInt(line), "SIGKILL");
        } catch {
          // It is gone already.
        }
      }
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** Waits until something holds, a minute at most. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error("It never came");
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
