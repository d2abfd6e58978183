import { assertEquals } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { messageOf } from "../../lib/kernel/error.ts";
import {
  type ModelServer,
  type RequestKind,
  type Script,
  startModelServer,
} from "../real/model_server.ts";
import { goneWithin } from "./processes_in.ts";
import { programCommand, type ProgramEnd, runProgram } from "./program.ts";
import type { ReadyAgent } from "./real_agents.ts";
import { type RealHome, realHome } from "./real_home.ts";

const EXAMPLES = join(
  dirname(dirname(dirname(fromFileUrl(import.meta.url)))),
  "docs",
  "examples",
);

/** The whole program, one real CLI on its PATH, and the server that this CLI talks to. */
export interface RunBench {
  server: ModelServer;
  home: RealHome;
  /** The user's project. */
  project: string;
  /** `ouroboros WORDS` in the project. */
  ouroboros(...words: string[]): Promise<ProgramEnd>;
  /** `ouroboros run WORDS --runtime … --model … --yes --json`, and what its events say. */
  run(...words: string[]): Promise<RunEnd>;
  /** Starts the same in the background, for tests that stop it from outside. */
  startRun(...words: string[]): Promise<Deno.ChildProcess>;
}

/** How a run of the program ended. */
export interface RunEnd extends ProgramEnd {
  /** Its id; fails the test when there is none. */
  id: string;
}

/**
 * Sets up a project (a copy of an example's, or an empty folder) and takes it down; at its end no
 * process that belongs to it may be alive.
 */
export async function withRunBench(
  agent: ReadyAgent,
  options: {
    script: Script;
    example?: string;
    /** What a request without tools is; left out: that of a session's title. */
    toolless?: RequestKind;
  },
  body: (bench: RunBench) => Promise<void>,
): Promise<void> {
  const server = await startModelServer({
    script: options.script,
    ...(options.toolless === undefined ? {} : { toolless: options.toolless }),
  });
  const home = await realHome(agent.name, server.url);
  const project = join(home.root, "project");
  if (options.example === undefined) await Deno.mkdir(project);
  else await copyFolder(join(EXAMPLES, options.example, "project"), project);
  const env: Record<string, string> = {
    ...home.env,
    PATH: `${dirname(agent.program)}:${home.env.PATH}`,
  };
  const told: string[] = [];
  const ouroboros = async (...words: string[]) => {
    const start = { args: words, cwd: project, home: home.home, env, limitMs: 600_000 };
    const end = await runProgram(start);
    told.push(`$ ouroboros ${words.join(" ")}`, end.stdout.slice(-2500), end.stderr.slice(-1500));
    return end;
  };
  const common = ["--runtime", agent.name, "--model", home.model, "--yes", "--json"];
  try {
    await body({
      server,
      home,
      project,
      ouroboros,
      run: async (...words) => {
        const end = await ouroboros("run", ...words, ...common);
        const id = /"runId":"(\w+)"/.exec(end.stdout)?.[1] ?? "";
        assertEquals(id.startsWith("run_"), true, "the run has no id");
        return { ...end, id };
      },
      startRun: async (...words) => {
        const [program = "", ...args] = [...programCommand(), "run", ...words, ...common];
        const denoDir = await denoFolder();
        return new Deno.Command(program, {
          args,
          cwd: project,
          clearEnv: true,
          env: { ...env, ...(denoDir === undefined ? {} : { DENO_DIR: denoDir }) },
          stdin: "null",
          stdout: "null",
          stderr: "null",
        }).spawn();
      },
    });
    assertEquals(await goneWithin(home.root, 0), [], "processes are still alive");
  } catch (error) {
    console.error(`${agent.name}: ${messageOf(error)}\n${told.join("\n")}`);
    throw error;
  } finally {
    await server.close();
    await home.remove();
  }
}

/** The path of a file of an example. */
export function exampleFile(example: string, file: string): string {
  return join(EXAMPLES, example, file);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyFolder(source, target);
    else await Deno.copyFile(source, target);
  }
}

/** Deno's cache, for a source that runs under another HOME. */
async function denoFolder(): Promise<string | undefined> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] })
    .output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
