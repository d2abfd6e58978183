import { dirname } from "@std/path";
import { MCP_JUDGES, type RealAgent } from "./real_agents.ts";

/** How a judge ended. */
export interface Judgement {
  code: number;
  stdout: string;
  stderr: string;
}

/** A judge that can be asked. */
export interface McpJudge {
  ask(args: readonly string[]): Promise<Judgement>;
}

/** No judge takes this long, on however busy a machine; milliseconds. */
const HANGS_MS = 180_000;

/**
 * A test that asks one of the official judges of MCP servers. Where it is not installed the test is
 * reported as ignored, with the reason in its name.
 */
export function judgeTest(
  name: string,
  promise: string,
  body: (judge: McpJudge) => Promise<void>,
): void {
  const judge = MCP_JUDGES.find((one) => one.name === name)!;
  const { program, version, missing } = judge;
  const skipped = program === undefined ? ` (skipped: ${missing}; run .ci/agents)` : "";
  Deno.test({
    name: `${name} ${version}: ${promise}${skipped}`,
    ignore: program === undefined,
    fn: () => body({ ask: (args) => ask(judge, args) }),
  });
}

/**
 * How each judge is started; both are programs of Node that npm brought. Conformance asks for a newer
 * Node than many machines have, and runs in Deno as well. The Inspector does not: in Deno a stream
 * that it has left keeps it alive.
 */
const STARTED_BY: Record<string, readonly [string, ...string[]]> = {
  conformance: [
    Deno.execPath(),
    ...["run", "-A", "--no-lock", "--no-config", "--node-modules-dir=manual"],
  ],
  inspector: ["node"],
};

async function ask(judge: RealAgent, args: readonly string[]): Promise<Judgement> {
  const { program = "" } = judge;
  const packages = program.slice(0, program.indexOf("/node_modules/"));
  const [starter, ...options] = STARTED_BY[judge.name]!;
  const child = new Deno.Command(starter, {
    args: [...options, program, ...args],
    cwd: packages === "" ? dirname(program) : packages,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), HANGS_MS);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}
