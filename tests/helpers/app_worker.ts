import { lockFlags } from "../../.ci/lock.ts";
import { dirname, fromFileUrl, join } from "@std/path";
import type { AppBench } from "./app_bench.ts";
import type { WorkerOrder } from "./app_worker_program.ts";
import { listRuns } from "../../lib/app/list_runs.ts";

const HERE = dirname(fromFileUrl(import.meta.url));

/** Starts a worker on a bench in a process of its own. */
export function startWorker(bench: AppBench, order: WorkerOrder = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "-q",
      "--no-check",
      "--config",
      join(dirname(dirname(HERE)), "deno.json"),
      ...lockFlags(),
      join(HERE, "app_worker_program.ts"),
      bench.root,
      JSON.stringify(order),
    ],
    stdin: "null",
    stdout: "null",
    stderr: Deno.env.has("OUROBOROS_TEST_LOUD") ? "inherit" : "null",
  }).spawn();
}

/** The id of the one run of a bench. */
export async function onlyRun(bench: AppBench): Promise<string> {
  const runs = await listRuns(bench.app, { all: true, limit: 10 });
  if (runs.length !== 1) throw new Error(`One run was wanted, there are ${runs.length}`);
  return runs[0]!.runId;
}

/** Waits until a note of the agent is there. */
export async function untilNote(bench: AppBench, name: string): Promise<string> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const text = await bench.note(name);
    if (text.endsWith("\n")) return text.trim();
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`The note "${name}" never came`);
}
