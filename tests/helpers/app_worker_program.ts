/**
 * A worker in a process of its own, for tests that kill it: `ROOT OPTIONS`, where OPTIONS is JSON of
 * {@link WorkerOrder}. Ends with the run's exit code.
 */
import type { App } from "../../lib/app/app.ts";
import { resumeRun } from "../../lib/app/resume_run.ts";
import { startRun } from "../../lib/app/start_run.ts";
import type { Journal } from "../../lib/store/journal.ts";
import { benchPlaces, follow, openApp, runHooks, runInput } from "./app_bench.ts";

/** What a worker process is to do. */
export interface WorkerOrder {
  /** A run to go on with; left out: a new one of `seed.yaml`. */
  resume?: string;
  /** The process kills itself after so many events of the run's stream. */
  dieAfter?: number;
  /** Criteria at once. */
  jobs?: number;
}

/** A journal behind which the process dies as soon as a number of events of runs is written. */
function deadlyJournal(journal: Journal, dieAfter: number): Journal {
  let count = 0;
  return {
    ...journal,
    async append(stream, events, options) {
      const stored = await journal.append(stream, events, options);
      if (stream.startsWith("run:")) count += events.length;
      if (count >= dieAfter) Deno.kill(Deno.pid, "SIGKILL");
      return stored;
    },
  };
}

if (import.meta.main) {
  const [root = "", text = "{}"] = Deno.args;
  const order = JSON.parse(text) as WorkerOrder;
  const places = benchPlaces(root);
  const real = openApp(places);
  const { dieAfter } = order;
  const app: App = dieAfter === undefined ? real : Object.create(real, {
    journal: { value: async () => deadlyJournal(await real.journal(), dieAfter) },
  });
  const { view } = await follow(
    order.resume === undefined
      ? startRun(
        app,
        runInput(places, { limits: order.jobs ? { jobs: order.jobs } : {} }),
        runHooks(),
      )
      : resumeRun(app, order.resume, {
        limits: {},
        env: [],
      }, runHooks()),
  );
  await real.close();
  Deno.exit(view.exit);
}
