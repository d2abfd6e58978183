import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Placement } from "../../lib/runtimes/mod.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";
import type { ReadyAgent, RealAgent } from "./real_agents.ts";
import type { Bench } from "./real_drive.ts";
import { askHost, type Installed } from "./real_host.ts";
import { OWN } from "./real_user.ts";

/** What came of asking a host one thing. */
export interface Look {
  code: number;
  /** Stdout and stderr. */
  text: string;
  /** Everything that the model was told. */
  body: string;
  /** Requests that the model got. */
  requests: number;
}

/** What only `ouroboros_doctor` says. */
export const ANSWER = "variables of the agents that arrive here";

/** A host may begin before its servers are there: the model waits for them this often, a second each. */
const WAITS = 30;

/**
 * Asks a host. With `placement`, the model waits for our tools and calls `ouroboros_doctor`; with
 * `own`, it waits for the user's own tool and ends.
 */
export async function lookAround(
  agent: ReadyAgent,
  { home, server, cwd }: Bench,
  wanted: { placement?: Placement; own?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<Look> {
  const from = server.of("main").length;
  const requests = () => server.of("main").slice(from);
  const body = () => requests().map((one) => JSON.stringify(one.body)).join("\n");
  const prefix = wanted.placement?.mcp.toolPrefix ?? "";
  const namespace = /^(.*)\.$/.exec(prefix)?.[1];
  const name = "ouroboros_doctor";
  const tool = namespace === undefined
    ? { name: prefix + name, args: {} }
    : { name, namespace, args: {} };
  const awaited = [
    ...wanted.placement ? [namespace ?? tool.name] : [],
    ...wanted.own ? [ownTool(agent)] : [],
  ];
  let calls = 0;
  server.setScript(() => {
    const told = body();
    if (!awaited.every((word) => told.includes(word)) && requests().length <= WAITS) {
      return { shell: "sleep 1" };
    }
    return wanted.placement && calls++ === 0 ? { tool } : { text: "Done." };
  });
  const end = await askHost(agent, home, { cwd, prompt: "Look around", env: wanted.env ?? {} });
  return { ...end, body: body(), requests: requests().length };
}

/** How the user's own tool shows: Codex defers tools, and names their server alone. */
function ownTool(agent: RealAgent): string {
  return agent.name === "codex" ? "mcp__notes" : OWN.tool;
}

/** Our skills by the names that they are installed under, and our tools, reached the model. */
export function mustShow(look: Look, { placement, skills }: Installed): void {
  assertEquals(look.code, 0, look.text);
  for (const skill of skills) assertStringIncludes(look.body, skill, look.text);
  const { toolPrefix } = placement.mcp;
  const namespace = /^(.*)\.$/.exec(toolPrefix)?.[1];
  if (namespace !== undefined) return assertStringIncludes(look.body, namespace);
  for (const { name } of TOOLS) assertStringIncludes(look.body, toolPrefix + name);
}

/** Nothing of ours reached the model, not even our name. */
export function mustShowNothing(look: Look): void {
  assertEquals(look.code, 0, look.text);
  assert(look.requests > 0, "the model was not asked");
  const at = look.body.search(/ouroboros/i);
  assert(at < 0, `the model was told: ${look.body.slice(at - 200, at + 200)}`);
}
