import { OWN_ENV_NAMES } from "../../config/environment.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { RuntimeDefinition } from "../../runtimes/mod.ts";
import type { App } from "../app.ts";

/** What came of starting the registered command as a host does. */
export interface StartCheck {
  /** Whose way of starting it was tried: ids. */
  hosts: readonly string[];
  ok: boolean;
  command: readonly string[];
  /** What it says that it is, "ouroboros 1.2.3"; null without an answer. */
  server: string | null;
  durationMs: number;
  /** Why it is not well; null where it is. */
  problem: string | null;
}

/** A host starts us in this time, in milliseconds; most give up earlier. */
const ANSWER_MS = 30_000;
const OUTPUT_BYTES = 1_000_000;

/** What every host passes to its servers of its own environment, as tried with the real ones. */
const PASSED_BY_ALL = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TERM", "TMPDIR"];
const PASSED_ON_WINDOWS = ["SystemRoot", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP"];

/**
 * Starts the command that hosts have on record, with an environment of what they pass and no more,
 * and asks it to initialize. Never throws; ends within {@link ANSWER_MS} and a short grace.
 */
export async function checkStart(
  app: App,
  start: {
    hosts: readonly string[];
    launcher: readonly string[];
    environment: "all" | "named";
    /** Names that the entry hands on beside the host's own. */
    forwarded: readonly string[];
    cancel: AbortSignal;
  },
): Promise<StartCheck> {
  const { hosts, launcher, cancel } = start;
  const begunMs = app.clock.monotonicMs();
  const [program = "", ...args] = launcher;
  let server: string | null = null;
  let problem: string | null;
  try {
    const { end, stdout, stderr } = await app.processes.capture({
      argv: [program, ...args],
      cwd: app.paths.home,
      env: { values: app.environment.pick(namesFor(app, start)) },
      stdin: `${JSON.stringify(INITIALIZE)}\n`,
      limits: { totalMs: ANSWER_MS, outputBytes: OUTPUT_BYTES, lineBytes: OUTPUT_BYTES },
      stop: [{ signal: "SIGTERM", graceMs: 1000 }],
      reapDescendants: true,
      label: "mcp serve",
      cancel,
    });
    server = serverIn(new TextDecoder().decode(stdout));
    const said = stderr.trim().split("\n").at(-1) ?? "";
    problem = server !== null
      ? null
      : `it gave no answer to initialize: ${end.why}${said === "" ? "" : `: ${app.redact(said)}`}`;
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    problem = error.message;
  }
  const durationMs = Math.round(app.clock.monotonicMs() - begunMs);
  return { hosts, ok: problem === null, command: launcher, server, durationMs, problem };
}

/**
 * One check for each of the ways in which these hosts start their servers. Errors: none; a bad one
 * is among the results.
 */
export async function checkStarts(
  app: App,
  start: {
    definitions: readonly RuntimeDefinition[];
    launcher: readonly string[];
    /** By a host's id what it has on record, where that may be another program than `launcher`. */
    registered?: ReadonlyMap<string, readonly string[]>;
    forwarded: readonly string[];
    cancel: AbortSignal;
  },
): Promise<StartCheck[]> {
  const { definitions, registered, ...rest } = start;
  const launcherOf = ({ id }: RuntimeDefinition) => registered?.get(id) ?? start.launcher;
  const ways = Map.groupBy(
    definitions,
    (one) => JSON.stringify([one.placement!.mcp.environment, launcherOf(one)]),
  );
  const checks: StartCheck[] = [];
  for (const of of ways.values()) {
    const [{ placement }] = of as [RuntimeDefinition];
    const { environment } = placement!.mcp;
    const hosts = of.map((one) => one.id);
    checks.push(
      await checkStart(app, { ...rest, launcher: launcherOf(of[0]!), hosts, environment }),
    );
  }
  return checks;
}

/** Throws setup_unverified, or cancelled, unless all is well. `then`: what became of the files. */
export function requireStarts(
  checks: readonly StartCheck[],
  interrupt: AbortSignal,
  then: string,
): void {
  if (interrupt.aborted) {
    throw new OuroborosError({ code: "cancelled", message: `Set up: interrupted; ${then}` });
  }
  const bad = checks.find((one) => !one.ok);
  if (bad === undefined) return;
  const command = bad.command.join(" ");
  throw new OuroborosError({
    code: "setup_unverified",
    message: `Start "${command}" as ${bad.hosts.join(" and ")} would: ${bad.problem}; ${then}`,
    hint: `Look at what it says: ${command} </dev/null`,
  });
}

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "ouroboros setup", version: "1" },
  },
};

function namesFor(
  app: App,
  start: { environment: "all" | "named"; forwarded: readonly string[] },
): readonly string[] {
  if (start.environment === "all") return [...OWN_ENV_NAMES, ...app.registry.allowedEnvNames()];
  const own = Deno.build.os === "windows" ? PASSED_ON_WINDOWS : [];
  return [...PASSED_BY_ALL, ...own, ...start.forwarded];
}

/** Name and version of the server that answered; null where no line is that answer. */
function serverIn(stdout: string): string | null {
  for (const line of stdout.split("\n")) {
    let message: { id?: unknown; result?: { serverInfo?: { name?: unknown; version?: unknown } } };
    try {
      message = JSON.parse(line);
    } catch {
      continue;
    }
    const info = message?.id === 1 ? message.result?.serverInfo : undefined;
    if (info) return `${info.name} ${info.version}`;
  }
  return null;
}
