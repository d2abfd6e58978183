import { dirname, fromFileUrl, join } from "@std/path";

/** A real agent CLI that `.ci/agents` installs. */
export interface RealAgent {
  /** Its runtime id. */
  name: string;
  version: string;
  /** Absolute path of the executable; undefined when it is not installed. */
  program: string | undefined;
  /** Why it is not installed. */
  missing: string | undefined;
}

const ROOT = dirname(dirname(dirname(fromFileUrl(import.meta.url))));

/** What `.ci/agents` installs that is no agent: a helper of one CLI, and what tests start. */
const TOOLS = ["ripgrep", "shellcheck"];
/** Judges of the MCP server: scripts that tests start. */
const JUDGES = ["conformance", "inspector"];

/** One that is installed. */
export type ReadyAgent = RealAgent & { program: string };

/** What `.ci/agents --list` says, tools apart. */
async function installed(): Promise<{
  agents: RealAgent[];
  judges: RealAgent[];
  toolFolders: string[];
}> {
  const { stdout } = await new Deno.Command("sh", {
    args: [join(ROOT, ".ci", "agents"), "--list"],
    stdin: "null",
    stderr: "null",
  }).output();
  const rows = new TextDecoder().decode(stdout).trim().split("\n").map((row) => row.split("\t"));
  const all = rows.map(([name = "", version = "", path, why]): RealAgent => ({
    name,
    version,
    program: path === "-" ? undefined : path,
    missing: path === "-" ? why : undefined,
  }));
  const isTool = (one: RealAgent) => TOOLS.includes(one.name);
  const isJudge = (one: RealAgent) => JUDGES.includes(one.name);
  return {
    agents: all.filter((one) => !isTool(one) && !isJudge(one)),
    judges: all.filter(isJudge),
    toolFolders: all.filter(isTool).flatMap((one) => one.program ? [dirname(one.program)] : []),
  };
}

const found = await installed();

/** The agent CLIs that tests/real knows, installed or not. */
export const REAL_AGENTS: readonly RealAgent[] = found.agents;

/** The official judges of MCP servers, installed or not. */
export const MCP_JUDGES: readonly RealAgent[] = found.judges;

/** Folders of programs that few machines have, or that a CLI would fetch from the network. */
export const TOOL_FOLDERS: readonly string[] = found.toolFolders;

/**
 * CLIs that start in a second: what a promise says of our own code is tried on these two alone, as
 * the others take four seconds of a core for each start. What it says of the CLI is tried on each.
 */
export const QUICK = {
  only: (agent: RealAgent): boolean => agent.name === "codex" || agent.name === "claude",
} as const;

/**
 * One test for every real CLI, named after it. Of a CLI that is not installed the test is reported
 * as ignored, with the reason in its name.
 */
export function realTest(
  promise: string,
  body: (agent: ReadyAgent) => Promise<void>,
  options: { only?: (agent: RealAgent) => boolean } = {},
): void {
  for (const agent of REAL_AGENTS) {
    if (options.only && !options.only(agent)) continue;
    const { program } = agent;
    const skipped = program === undefined ? ` (skipped: ${agent.missing}; run .ci/agents)` : "";
    Deno.test({
      name: `${agent.name} ${agent.version}: ${promise}${skipped}`,
      ignore: program === undefined,
      fn: () => body({ ...agent, program: program ?? "" }),
    });
  }
}
