/**
 * A worker in a process of its own that ends as it was told to: `ROOT ORDER`, where ORDER is JSON of
 * {@link CrashOrder}. Ends with the run's exit code; 99 and the error's words on stderr where it threw.
 */
import { join } from "@std/path";
import type { App } from "../../lib/app/app.ts";
import { resumeRun } from "../../lib/app/resume_run.ts";
import { startRun } from "../../lib/app/start_run.ts";
import { messageOf } from "../../lib/kernel/error.ts";
import type { Journal } from "../../lib/store/journal.ts";
import { benchPlaces, follow, openApp, runHooks, runInput } from "./app_bench.ts";
import { ATTEMPTS, crashAgent, JOBS } from "./crash_scene.ts";
import { type Fate, fatedJournal } from "./crash_journal.ts";

/** What a worker process is to do. */
export interface CrashOrder {
  /** A run to go on with; left out: a new one of `seed.yaml`. */
  resume?: string;
  /** Criteria at once. */
  jobs?: number;
  /** The process kills itself at this write of the journal, from 1. */
  die?: Fate;
  /** It goes on from its first look at the run when so many workers have looked. */
  together?: number;
}

/** Resolves when so many workers have come so far. */
async function meet(notes: string, count: number): Promise<void> {
  await Deno.writeTextFile(join(notes, `looked-${Deno.pid}`), "");
  const here = () => [...Deno.readDirSync(notes)].filter((one) => one.name.startsWith("looked-"));
  while (here().length < count) await new Promise((done) => setTimeout(done, 5));
}

function fated(journal: Journal, { die, together }: CrashOrder, notes: string): Journal {
  const deadly = die === undefined
    ? journal
    : fatedJournal(journal, die, () => Deno.kill(Deno.pid, "SIGKILL"));
  if (together === undefined) return deadly;
  let met: Promise<void> | undefined;
  return {
    ...deadly,
    async read(stream, options) {
      const events = await deadly.read(stream, options);
      // Each has read now that nobody works on the run.
      await (met ??= meet(notes, together));
      return events;
    },
  };
}

if (import.meta.main) {
  const [root = "", text = "{}"] = Deno.args;
  const order = JSON.parse(text) as CrashOrder;
  const places = benchPlaces(root);
  await Deno.writeTextFile(join(places.notes, "worker"), String(Deno.pid));
  const real = openApp(places, { agent: crashAgent() });
  const app: App = Object.create(real, {
    journal: { value: async () => fated(await real.journal(), order, places.notes) },
  });
  const limits = { attempts: ATTEMPTS, jobs: order.jobs ?? JOBS };
  try {
    const { view } = await follow(
      order.resume === undefined
        ? startRun(app, runInput(places, { limits }), runHooks())
        : resumeRun(app, order.resume, { limits: {}, env: [] }, runHooks()),
    );
    await real.close();
    Deno.exit(view.exit);
  } catch (error) {
    console.error(messageOf(error));
    await real.close();
    Deno.exit(99);
  }
}
