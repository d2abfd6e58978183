import { join } from "@std/path";
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
  const port: Record<string, string> = options.port ? { PORT: String(freePort()) } : {};
  return {
    env: { ...folder, ...port },
    async [Symbol.asyncDispose]() {
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

/** A port of loopback that nobody listens on at this moment. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
