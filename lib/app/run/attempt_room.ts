import { join } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { removeTree } from "../../workspace/remove_tree.ts";

/** What an attempt has for itself beside its worktree. */
export interface AttemptRoom extends AsyncDisposable {
  /** Variables that say where it is. */
  env: Readonly<Record<string, string>>;
}

/**
 * The folder for temporary files of a run's agents. A short path below the system's own: sockets are
 * made there, and a path of more than about 100 bytes is none for a socket.
 */
export function runTmp(systemTmp: string, runId: string): string {
  return join(systemTmp, `ouroboros-${runId}`);
}

/**
 * Temporary folders of an attempt's own, and where several agents work side by side a free port as
 * PORT: programs that they try out would meet at the port that the project names. Where the folder
 * cannot be made, the system's own is used as before.
 */
export async function openRoom(
  at: { systemTmp: string; runId: string; name: string },
  options: { port: boolean },
): Promise<AttemptRoom> {
  const run = runTmp(at.systemTmp, at.runId);
  const dir = join(run, at.name);
  const made = await makeOwn(run) && await makeOwn(dir);
  const folder: Record<string, string> = made ? { TMPDIR: dir, TMP: dir, TEMP: dir } : {};
  const port = options.port ? holdPort() : undefined;
  return {
    env: { ...folder, ...(port === undefined ? {} : { PORT: String(port) }) },
    async [Symbol.asyncDispose]() {
      if (port !== undefined) held.delete(port);
      if (made) {
        await removeTree(dir).catch(() => {
          // A child may still write there: it goes with the run's folder.
        });
      }
    },
  };
}

/** Whether a folder is there that is ours alone; in a folder of everybody, somebody may be first. */
async function makeOwn(dir: string): Promise<boolean> {
  try {
    await Deno.mkdir(dir, { mode: 0o700 });
    return true;
  } catch {
    const found = await Deno.lstat(dir).catch(() => undefined);
    const mine = found?.uid === null || found?.uid === Deno.uid();
    return found?.isDirectory === true && mine && (found.mode ?? 0o700) % 0o100 === 0;
  }
}

/** Below what systems hand out by themselves (Linux from 32768, others from 49152). */
const PORTS = { first: 20_000, count: 12_000 };
const MOST_TRIES = 100;
/** Ports of attempts that are at work: none is handed out twice, although nobody listens yet. */
const held = new Set<number>();

/**
 * A port of loopback that nobody listens on, taken until it is deleted from `held`. One that the system
 * picks could go to any connection before the program that it is meant for listens.
 */
function holdPort(): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (held.has(port) || !isFree(port)) continue;
    held.add(port);
    return port;
  }
  throw new OuroborosError({
    code: "internal",
    message: `Find a free port from ${PORTS.first}: ${MOST_TRIES} that were tried are in use`,
    hint: "See what listens there (ss -ltn), then: ouroboros resume",
  });
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
