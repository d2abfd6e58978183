/**
 * A worker in a process of its own that ends as it was told to: `ROOT ORDER`, where ORDER is JSON of
 * {@link CrashOrder}. Ends with the run's exit code; 99 and the error's words on stderr where it threw.
 */
import { join } from "@std/path";
import type { App } from "../../lib/app/app.ts";
import { resumeRun } from "../../lib/app/resume_run.ts";
import { startRun } from "../../lib/app/start_run.ts";
import { messageOf } from "../../lib/kernel/error.ts";
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
}

if (import.meta.main) {
  const [root = "", text = "{}"] = Deno.args;
  const order = JSON.parse(text) as CrashOrder;
  const places = benchPlaces(root);
  await Deno.writeTextFile(join(places.notes, "worker"), String(Deno.pid));
  const real = openApp(places, { agent: crashAgent() });
  const { die } = order;
  const kill = () => Deno.kill(Deno.pid, "SIGKILL");
  const app: App = die === undefined ? real : Object.create(real, {
    journal: { value: async () => fatedJournal(await real.journal(), die, kill) },
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
