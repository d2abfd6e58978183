import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { type AgentEnd, driveAgent, notStarted } from "../../lib/app/run/drive_agent.ts";
import { messageOf } from "../../lib/kernel/error.ts";
import type { Usage } from "../../lib/kernel/outcome.ts";
import type { Permission, RuntimeEvent } from "../../lib/kernel/runtime_event.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import {
  effectivePermission,
  REGISTRY,
  type RuntimeDefinition,
  type RuntimeLimits,
} from "../../lib/runtimes/mod.ts";
import { type ModelServer, type Script, startModelServer } from "../real/model_server.ts";
import type { ReadyAgent, RealAgent } from "./real_agents.ts";
import { processesIn } from "./processes_in.ts";
import { type RealHome, realHome } from "./real_home.ts";

/** One attempt of a real CLI. */
export interface DriveOptions {
  prompt?: string;
  /** Default `edit`. */
  permission?: Permission;
  resume?: string;
  previousThreadUsage?: Usage;
  systemText?: string;
  /** Names of our own skills as they lie in this home. */
  hiddenSkills?: readonly string[];
  /** Leaves the choice of the model to the CLI. */
  ownModel?: boolean;
  /** Default: the work folder of the bench. */
  cwd?: string;
  /** Over the definition's own limits; total ten minutes unless set. */
  limits?: Partial<RuntimeLimits>;
  cancel?: AbortSignal;
}

/** How it ended, with every event before the end. */
export interface DriveEnd extends AgentEnd {
  events: RuntimeEvent[];
}

/** A real CLI, its home, its work folder and the server that it talks to. */
export interface Bench {
  definition: RuntimeDefinition;
  server: ModelServer;
  home: RealHome;
  /** A git repository without a commit. */
  cwd: string;
  /** From a definition's `invoke` to an outcome, the way that a run does it. */
  drive(options?: DriveOptions): Promise<DriveEnd>;
}

/** The definition that drives a CLI. */
export function definitionOf(agent: RealAgent): RuntimeDefinition {
  return REGISTRY.require(agent.name);
}

/** Sets a bench up for one CLI and takes it down; at its end no process of it may be alive. */
export async function withBench(
  agent: ReadyAgent,
  script: Script,
  body: (bench: Bench) => Promise<void>,
): Promise<void> {
  const definition = definitionOf(agent);
  const server = await startModelServer({ script });
  const home = await realHome(agent.name, server.url);
  const cwd = join(home.root, "work");
  await Deno.mkdir(cwd);
  await new Deno.Command("git", { args: ["init", "-q", cwd] }).output();
  const processes = createProcesses({
    depth: 0,
    chain: [],
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  let drives = 0;
  const drive = async (options: DriveOptions = {}): Promise<DriveEnd> => {
    const permission = effectivePermission(definition, options.permission ?? "edit");
    const request = {
      prompt: options.prompt ?? "Do the work",
      cwd: options.cwd ?? cwd,
      scratchDir: join(home.root, `scratch-${++drives}`),
      permission: permission ?? "edit",
      self: [],
      ...(options.ownModel ? {} : { model: home.model }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
      ...(options.hiddenSkills === undefined ? {} : { hiddenSkills: options.hiddenSkills }),
      ...(options.systemText === undefined ? {} : { systemText: options.systemText }),
      ...(options.previousThreadUsage === undefined
        ? {}
        : { previousThreadUsage: options.previousThreadUsage }),
    };
    await Deno.mkdir(request.scratchDir);
    const events: RuntimeEvent[] = [];
    let invocation;
    try {
      invocation = definition.invoke(request);
    } catch (error) {
      return { ...notStarted(error, definition), events };
    }
    const end = await driveAgent({
      processes,
      definition,
      program: [agent.program],
      request,
      invocation,
      env: { values: handedOn(definition, home.env) },
      limits: { ...definition.limits, totalMs: 600_000, ...options.limits },
      spool: join(home.root, `spool-${drives}`),
      label: agent.name,
      cancel: options.cancel ?? new AbortController().signal,
      onEvent: (event) => events.push(event),
      onStarted: () => Promise.resolve(),
    });
    return { ...end, events };
  };
  try {
    await body({ definition, server, home, cwd, drive });
    assertEquals(await processesIn(home.root), [], "processes of the agent are still alive");
  } catch (error) {
    console.error(`${agent.name}: ${messageOf(error)}`);
    console.error(await told(server, home.root, drives));
    throw error;
  } finally {
    await processes.close();
    await server.close();
    await home.remove();
  }
}

/** The variables of `env` that the definition lets through. */
function handedOn(
  definition: RuntimeDefinition,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const matches = (name: string, patterns: readonly string[]) =>
    patterns.some((one) => one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one);
  const defaults = definition.env.defaults ?? [];
  return Object.fromEntries([
    ...defaults.map(({ name, value }) => [name, value]),
    ...Object.entries(env).filter(([name]) =>
      matches(name, definition.env.pass) && !matches(name, definition.env.withhold)
    ),
  ]);
}

/** What the server and the CLI said, for a test that failed. */
async function told(server: ModelServer, root: string, drives: number): Promise<string> {
  const lines = server.requests.map((one) =>
    `  ${one.method} ${one.path} ${one.kind} ${one.bytes} bytes`
  );
  for (let n = 1; n <= drives; n++) {
    for (const stream of ["stdout", "stderr"]) {
      const text = await Deno.readTextFile(join(root, `spool-${n}.${stream}`)).catch(() => "");
      if (text) lines.push(`  ${stream} of drive ${n}: ${text.slice(-1500)}`);
    }
  }
  return lines.slice(-40).join("\n");
}
