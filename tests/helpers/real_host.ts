import { dirname } from "@std/path";
import { hostPlaces, type Placement } from "../../lib/runtimes/mod.ts";
import { type ProgramEnd, runProgram } from "./program.ts";
import type { ReadyAgent } from "./real_agents.ts";
import { definitionOf } from "./real_drive.ts";
import type { RealHome } from "./real_home.ts";
import { SOURCE_WORDS } from "./setup_bench.ts";

/** What a setup put into a host. */
export interface Installed {
  placement: Placement;
  /** Names of the skills, as they are installed. */
  skills: string[];
}

/** `ouroboros WORDS` with a real CLI on its PATH, in that CLI's home and with its variables. */
export async function ouroborosIn(
  agent: ReadyAgent,
  home: RealHome,
  words: readonly string[],
): Promise<ProgramEnd> {
  const env = { ...home.env, PATH: `${dirname(agent.program)}:${home.env.PATH}` };
  return await runProgram({ args: words, cwd: home.root, home: home.home, env, limitMs: 240_000 });
}

/** Sets a real host up by the program under test. `words`: further options of `setup`. */
export async function setUp(
  agent: ReadyAgent,
  home: RealHome,
  words: readonly string[] = [],
): Promise<Installed> {
  const all = ["setup", "--runtime", agent.name, "--yes", ...SOURCE_WORDS, ...words];
  const end = await ouroborosIn(agent, home, all);
  if (end.code !== 0) throw new Error(`${end.code}: ${end.stdout}${end.stderr}`);
  const { placement } = definitionOf(agent);
  if (!placement) throw new Error(`${agent.name} has no placement`);
  const places = hostPlaces(placement, { home: home.home, variable: (name) => home.env[name] });
  const skills = [...Deno.readDirSync(places.skills)].map((one) => one.name)
    .filter((name) => name.startsWith(placement.skills.prefix)).sort();
  if (skills.length < 6) throw new Error(`Only these skills were installed: ${skills}`);
  return { placement, skills };
}

/** Takes a setup back. */
export async function takeOut(agent: ReadyAgent, home: RealHome): Promise<void> {
  const end = await ouroborosIn(agent, home, ["uninstall", "--yes"]);
  if (end.code !== 0) throw new Error(`${end.code}: ${end.stdout}${end.stderr}`);
}

/** How each CLI is asked one thing, with the defaults of a person's own session. */
const ASK: Record<string, (said: Said) => { args: string[]; stdin: string }> = {
  claude: ({ model, prompt, goOn, words }) => ({
    args: ["-p", "--model", model, ...words, ...goOn ? ["--continue"] : []],
    stdin: prompt,
  }),
  codex: ({ model, prompt, goOn, words }) => ({
    args: [
      ...["exec", "--skip-git-repo-check", "-m", model, ...words],
      ...goOn ? ["resume", "--last", "-"] : ["-"],
    ],
    stdin: prompt,
  }),
  opencode: ({ model, prompt, goOn, words }) => ({
    args: ["run", "-m", model, ...words, ...goOn ? ["--continue"] : ["--title", "A title"]],
    stdin: prompt,
  }),
  hermes: ({ model, prompt, goOn, words }) => ({
    args: ["chat", "-Q", ...words, ...goOn ? ["--continue"] : [], "--model", model, `-q=${prompt}`],
    stdin: "",
  }),
};

interface Said {
  model: string;
  prompt: string;
  /** In the conversation before. */
  goOn: boolean;
  /** More options. */
  words: readonly string[];
}

/** A host is slow to start on a busy machine; only a hang may meet this, in milliseconds. */
const HANGS_MS = 240_000;

/** What is said to a host, and where. */
export interface HostPrompt {
  cwd: string;
  prompt: string;
  env: Readonly<Record<string, string>>;
  /** In the conversation before, as its user goes on with it; left out: in a new one. */
  goOn?: boolean;
  /** More options of this CLI, as its user may type them. */
  words?: readonly string[];
}

/** A host at work. */
export interface OpenHost {
  pid: number;
  end: Promise<{ code: number; text: string }>;
}

/** Runs a CLI as the host that a person types in, headless, to its end. */
export async function askHost(
  agent: ReadyAgent,
  home: RealHome,
  at: HostPrompt,
): Promise<{ code: number; text: string }> {
  return await openHost(agent, home, at).end;
}

/** Starts a CLI as the host that a person types in, headless. */
export function openHost(agent: ReadyAgent, home: RealHome, at: HostPrompt): OpenHost {
  const { args, stdin } = ASK[agent.name]!({
    model: home.model,
    prompt: at.prompt,
    goOn: at.goOn ?? false,
    words: at.words ?? [],
  });
  const child = new Deno.Command(agent.program, {
    args,
    cwd: at.cwd,
    clearEnv: true,
    // Claude Code begins without servers that are slow to start, else.
    env: { ...home.env, PWD: at.cwd, MCP_CONNECTION_NONBLOCKING: "false", ...at.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), HANGS_MS);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const end = (async () => {
    const writer = child.stdin.getWriter();
    // Some do not read it: all that they need is in their arguments.
    await writer.write(new TextEncoder().encode(stdin)).then(() => writer.close()).catch(() => {});
    const { code, stdout, stderr } = await child.output();
    clearTimeout(timer);
    return { code, text: decode(stdout) + decode(stderr) };
  })();
  return { pid: child.pid, end };
}
