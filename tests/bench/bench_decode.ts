import { driveAgent } from "../../lib/app/run/drive_agent.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { REGISTRY } from "../../lib/runtimes/mod.ts";
import { realRandom } from "../helpers/real_ports.ts";
import { type BenchRow, median, timed } from "./bench_row.ts";

const BYTES = 64_000_000;

/** A recorded session of a runtime, from its thread's first to its last tool. */
export interface Recording {
  /** Id of the runtime. */
  runtime: string;
  /** File of its stdout. */
  file: string;
}

/** A recording, many times over, from a child's pipe to neutral events, spooled on the way. */
export async function benchDecode(dir: string, recording: Recording): Promise<BenchRow> {
  const definition = REGISTRY.require(recording.runtime);
  const once = await Deno.readFile(recording.file);
  const file = `${dir}/${definition.id}.jsonl`;
  const copies = Math.ceil(BYTES / once.length);
  using out = await Deno.open(file, { write: true, create: true });
  for (let n = 0; n < copies; n++) out.writeSync(once);
  const processes = createProcesses({ depth: 0, chain: [], random: realRandom });
  let events = 0;
  const drive = () =>
    driveAgent({
      processes,
      definition,
      program: ["cat", file],
      request: { prompt: "", cwd: dir, scratchDir: dir, permission: "edit", self: ["none"] },
      invocation: { args: [], env: {}, files: {} },
      env: { values: { PATH: Deno.env.get("PATH") ?? "" } },
      limits: { ...definition.limits, outputBytes: 10 * BYTES },
      spool: `${dir}/${definition.id}`,
      label: "cat",
      cancel: new AbortController().signal,
      onEvent: () => void events++,
      onStarted: () => Promise.resolve(),
    });
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) times.push(await timed(drive));
  await processes.close();
  if (events < copies) throw new Error(`Only ${events} events of ${copies} sessions`);
  const megabytes = once.length * copies / 1000 / median(times);
  return {
    what: `Decode ${definition.title} output, spooled`,
    ours: `${megabytes.toFixed(0)} MB/s`,
    reference: "",
    ratio: megabytes / 100,
    aim: "over 100 MB/s",
    met: megabytes > 100,
  };
}
