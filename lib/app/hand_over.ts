import { type RunEvent, runEvent, runStream } from "../engine/run/events.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Journal } from "../store/journal.ts";
import type { Detached } from "../process/detach.ts";
import type { App } from "./app.ts";
import type { WorkerPlace } from "./run/become_worker.ts";
import { runFolder } from "./run/run_folder.ts";
import type { EmitProgress } from "./run/progress.ts";
import type { Confirmation } from "./run/worker.ts";
import { join } from "@std/path";

/** What a worker of its own process is told beside what the journal holds. */
export interface DetachOrder {
  /** Names of variables to hand on that the run was not created with; their values are inherited. */
  passEnv: readonly string[];
  /** Where to write a recording, absolute. */
  record: string | undefined;
  /** How somebody agreed to its plan; left out: the journal says so already. */
  agreed?: Confirmation["how"];
}

/** What is known of it once it is given. */
export interface GivenOrder extends DetachOrder {
  /** Version of the last request that was made before the run was begun or resumed: none before counts. */
  requestsBefore: number;
}

/** How long a new worker may take to take over, in milliseconds; an agent's version is asked meanwhile. */
const TAKE_OVER_MS = 60_000;
const LOOK_MS = 25;

/** File below a run's folder that takes what a worker without a terminal says. */
function workerLog(app: Pick<App, "paths">, runId: string): string {
  return join(runFolder(app, runId), "worker.log");
}

/**
 * Starts a worker of its own process for a run that this process holds, and waits until it has
 * taken over. Errors: not_started, with what the worker said last.
 */
export async function handOver(
  app: App,
  run: { journal: Journal; runId: string; place: WorkerPlace; emit: EmitProgress },
  order: GivenOrder,
): Promise<void> {
  const { journal, runId, place, emit } = run;
  const log = workerLog(app, runId);
  const worker = await app.processes.detach({
    argv: [
      ...app.self,
      "run-worker",
      runId,
      ...order.passEnv.flatMap((name) => ["--env", name]),
      ...(order.record === undefined ? [] : ["--record", order.record]),
      ...(order.agreed === undefined ? [] : ["--agreed", order.agreed]),
      ...(order.requestsBefore === 0 ? [] : ["--after", String(order.requestsBefore)]),
    ],
    cwd: app.cwd,
    log,
    label: `the worker of run ${runId}`,
  });
  const why = await takenOver(app, { journal, runId, place, worker });
  if (why === undefined) {
    worker.leave();
    return emit({ type: "detached", runId, pid: worker.pid, log });
  }
  worker.stop();
  const error = new OuroborosError({
    code: "not_started",
    message: `Detach run "${runId}": its worker ${why}${await lastWords(log)}`,
    hint: `ouroboros resume ${runId}`,
  });
  const { code, message: reason, hint = null } = error;
  // Where the worker came as far as its claim, it is the one to write.
  await place.log.append(runEvent("run.interrupted", { code, reason, hint })).catch(() => {});
  throw error;
}

/** Waits until the worker's first event is there; gives what went wrong, if anything did. */
async function takenOver(
  app: App,
  run: { journal: Journal; runId: string; place: WorkerPlace; worker: Detached },
): Promise<string | undefined> {
  const { journal, runId, place, worker } = run;
  let exit: number | undefined;
  worker.ended.then((code) => exit = code);
  const until = app.clock.monotonicMs() + TAKE_OVER_MS;
  let held = true;
  while (true) {
    // Before the looks: what it wrote before it ended is then seen by them.
    const ended = exit;
    if (held && (await journal.owner(runStream(runId))).epoch > place.epoch) {
      place.lease.release();
      held = false;
    }
    const events = await journal.read(runStream(runId), { afterVersion: place.log.state.version });
    if ((events as RunEvent[]).some((one) => one.type === "worker.started")) return undefined;
    if (ended !== undefined) return `ended at once, with exit code ${ended}`;
    if (app.clock.monotonicMs() >= until) return `did not begin in ${TAKE_OVER_MS / 1000} seconds`;
    await app.clock.sleep(LOOK_MS);
  }
}

/** The last error that the worker printed. */
async function lastWords(log: string): Promise<string> {
  const text = await Deno.readTextFile(log).catch(() => "");
  const line = text.split("\n").findLast((one) => one.startsWith("Error: "));
  return line === undefined ? `; see "${log}"` : `: ${line.slice("Error: ".length)}`;
}
