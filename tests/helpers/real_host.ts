import { dirname, join } from "@std/path";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { forwardedEnvNames } from "../../lib/config/environment.ts";
import {
  hostPlaces,
  installedSkillNames,
  type Placement,
  REGISTRY,
} from "../../lib/runtimes/mod.ts";
import { edit } from "../../lib/setup/edit/edit.ts";
import type { Change } from "../../lib/setup/edit/change.ts";
import { programCommand, programEnvironment } from "./program.ts";
import type { RealAgent } from "./real_agents.ts";
import { definitionOf } from "./real_drive.ts";
import type { RealHome } from "./real_home.ts";

/** What was put into a host's files. */
export interface Installed {
  placement: Placement;
  /** Names of the skills, as they are installed. */
  skills: string[];
}

/** Puts skills, server and approvals where the definition says, as a setup has to. */
export async function installInto(agent: RealAgent, home: RealHome): Promise<Installed> {
  const definition = definitionOf(agent);
  const { placement } = definition;
  if (!placement) throw new Error(`${agent.name} has no placement`);
  const places = hostPlaces(placement, { home: home.home, variable: (name) => home.env[name] });
  const skills = installedSkillNames(definition, ["run", "help"]);
  for (const name of skills) {
    await Deno.mkdir(join(places.skills, name), { recursive: true });
    await Deno.writeTextFile(
      join(places.skills, name, "SKILL.md"),
      `---\nname: ${name}\ndescription: Tells how to ${name}\n---\n\n# How to\n`,
    );
  }
  const { format, keyPath, entry } = placement.mcp;
  const value = entry(await launcher(home), forwardedEnvNames(REGISTRY, Deno.build.os));
  const file = places.mcp.find(exists) ?? places.mcp[0]!;
  await change(file, format, [{ op: "set", path: keyPath, value }]);
  const { unasked, approve, file: settings } = placement.approval;
  if (unasked === "none") {
    const tools = TOOLS.map((tool) => tool.name);
    await change(places.approval ?? file, settings?.format ?? format, approve(tools));
  }
  return { placement, skills };
}

/** The program under test as a host starts it, whatever the host leaves of its environment. */
async function launcher(home: RealHome): Promise<string[]> {
  const { DENO_DIR } = await programEnvironment({ home: home.home });
  const cache = DENO_DIR === undefined ? [] : ["/usr/bin/env", `DENO_DIR=${DENO_DIR}`];
  return [...cache, ...programCommand(), "mcp", "serve"];
}

async function change(
  file: string,
  format: Parameters<typeof edit>[0],
  changes: readonly Change[],
): Promise<void> {
  const before = exists(file) ? await Deno.readTextFile(file) : "";
  const result = edit(format, before, changes);
  if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.problem)}`);
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeTextFile(file, result.text);
}

function exists(file: string): boolean {
  try {
    return Deno.statSync(file).isFile;
  } catch {
    return false;
  }
}

/** How each CLI is asked one thing, with the defaults of a person's own session. */
const ASK: Record<string, (model: string, prompt: string) => { args: string[]; stdin: string }> = {
  claude: (model, prompt) => ({ args: ["-p", "--model", model], stdin: prompt }),
  codex: (model, prompt) => ({
    args: ["exec", "--skip-git-repo-check", "-m", model, "-"],
    stdin: prompt,
  }),
  opencode: (model, prompt) => ({
    args: ["run", "-m", model, "--title", "A title"],
    stdin: prompt,
  }),
  hermes: (model, prompt) => ({
    args: ["chat", "-Q", "--model", model, `-q=${prompt}`],
    stdin: "",
  }),
};

/** A host is slow to start on a busy machine; only a hang may meet this, in milliseconds. */
const HANGS_MS = 240_000;

/** Runs a CLI as the host that a person types in, headless, to its end. */
export async function askHost(
  agent: RealAgent & { program: string },
  home: RealHome,
  at: { cwd: string; prompt: string; env: Readonly<Record<string, string>> },
): Promise<{ code: number; text: string }> {
  const { args, stdin } = ASK[agent.name]!(home.model, at.prompt);
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
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).then(() => writer.close()).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, text: decode(stdout) + decode(stderr) };
}
