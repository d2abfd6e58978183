import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { OWN_ENV_NAMES } from "../../config/environment.ts";
import { readReceipt } from "../setup/surroundings.ts";

/** What came of bringing hosts up to date with a new program. */
export interface HostRefresh {
  ok: boolean;
  /** Ids of the hosts that are on record. */
  hosts: readonly string[];
  /** What to type to do it again. */
  command: string;
  /** What the new program said: its result, or why it failed. */
  said: string;
}

/** Writing and one start of the server; a slow disk is no failure, in milliseconds. */
const REFRESH_MS = 180_000;

/**
 * Has the program that was just put in place set up anew what is on record: its skills and its
 * entries are that program's. Undefined where nothing is on record. Never throws: an update that is
 * through is not undone because of a host.
 */
export async function refreshHosts(
  app: App,
  program: string,
  cancel: AbortSignal | undefined,
): Promise<HostRefresh | undefined> {
  let hosts: string[];
  try {
    hosts = Object.keys((await readReceipt(app))?.runtimes ?? {}).sort();
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    return { ok: false, hosts: [], command: "ouroboros setup", said: error.message };
  }
  if (hosts.length === 0) return undefined;
  const words = ["setup", "--runtime", hosts.join(","), "--yes", "--keep-backend"];
  const facts = { hosts, command: `ouroboros ${words.join(" ")}` };
  try {
    const { end, stdout, stderr } = await app.processes.capture({
      argv: [program, ...words],
      cwd: app.paths.home,
      env: { values: app.environment.pick([...OWN_ENV_NAMES, ...app.registry.allowedEnvNames()]) },
      limits: { totalMs: REFRESH_MS, outputBytes: 10_000_000, lineBytes: 1_000_000 },
      label: "the new program's setup",
      ...(cancel === undefined ? {} : { cancel }),
    });
    const ok = end.reason === "completed";
    const said = ok ? new TextDecoder().decode(stdout) : errorIn(stderr) || end.why;
    return { ok, ...facts, said: said.trim() };
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    return { ok: false, ...facts, said: error.message };
  }
}

/** The error at the end of what was said, without the plan before it. */
function errorIn(stderr: string): string {
  const at = stderr.lastIndexOf("Error: ");
  return (at < 0 ? stderr : stderr.slice(at + "Error: ".length)).trim();
}
