import { lockFlags } from "../../.ci/lock.ts";
import { dirname, fromFileUrl, join } from "@std/path";
import { listRuns } from "../../lib/app/list_runs.ts";
import type { AppBench } from "./app_bench.ts";
import type { CrashOrder } from "./crash_worker_program.ts";

const HERE = dirname(fromFileUrl(import.meta.url));

/** A worker of the scene in a process of its own. */
export interface CrashWorker {
  child: Deno.ChildProcess;
  /** How it ended, and what it wrote on stderr. */
  ended: Promise<{ code: number; signal: string | null; stderr: string }>;
}

/** Starts a worker on a bench. */
export function startCrashWorker(bench: AppBench, order: CrashOrder = {}): CrashWorker {
  const config = join(dirname(dirname(HERE)), "deno.json");
  const program = join(HERE, "crash_worker_program.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", "--no-check", "--config", config, ...lockFlags(), program, bench.root]
      .concat(
        JSON.stringify(order),
      ),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  // Read at once: who is killed leaves nobody to read for, and an agent may hold the pipe longer.
  const stderr = new Response(child.stderr).text();
  const ended = child.status.then(async ({ code, signal }) => ({
    code,
    signal,
    stderr: await stderr,
  }));
  return { child, ended };
}

/** Works on a bench until the process ends by itself or as ordered. */
export async function crashWorker(bench: AppBench, order: CrashOrder = {}) {
  return await startCrashWorker(bench, order).ended;
}

/** Ids of the runs of a bench. */
export async function runsOf(bench: AppBench): Promise<string[]> {
  return (await listRuns(bench.app, { all: true, limit: 10 })).map((one) => one.runId);
}
