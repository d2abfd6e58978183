import { type RunEventData, runStream } from "../engine/run/events.ts";
import type { App } from "./app.ts";
import { hasJournal, runIds } from "./find_run.ts";

/** How many of the newest runs are looked through: their first events alone. */
const LOOKED_THROUGH = 50;

/** What was asked by this process, by the program: who plans a run starts it a moment later. */
const asked = new WeakMap<App["registry"], Map<string, { version: string; at: Date }>>();

/** Keeps what a program said, for this process. */
export function keepVersion(app: App, program: string, version: string): void {
  const known = asked.get(app.registry) ?? new Map();
  asked.set(app.registry, known.set(program, { version, at: app.clock.now() }));
}

/**
 * The version that a program said last, to this process or at its last run here, where neither it nor
 * a link to it was changed since; null: it has to be asked. Some agents take five seconds to say it.
 * A wrapper that starts another program now than then is not noticed here: the run's worker asks
 * again before it begins.
 */
export async function lastVersion(app: App, program: string): Promise<string | null> {
  const changed = await changedAt(program);
  if (changed === undefined) return null;
  const known = asked.get(app.registry)?.get(program);
  if (known !== undefined && known.at > changed) return known.version;
  if (!await hasJournal(app)) return null;
  const journal = await app.journal();
  for (const id of await runIds(journal, LOOKED_THROUGH)) {
    const [first] = await journal.read(runStream(id), { limit: 1 });
    const { runtime } = first!.data as RunEventData["run.created"];
    if (runtime.program !== program) continue;
    return new Date(first!.at) > changed ? runtime.version : null;
  }
  return null;
}

/** When the program, or the link that leads to it, was last put there; undefined: nobody knows. */
async function changedAt(path: string): Promise<Date | undefined> {
  const [link, file] = await Promise.all([Deno.lstat(path), Deno.stat(path)])
    // It is gone: whoever asks it for its version says so.
    .catch(() => []);
  const times = [link?.ctime, link?.mtime, file?.ctime, file?.mtime];
  if (times.some((one) => one === null || one === undefined)) return undefined;
  return new Date(Math.max(...times.map((one) => one!.getTime())));
}
