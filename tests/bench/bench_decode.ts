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

/**
 * A recording, many times over, from a child's pipe to neutral events, spooled on the way; beside it
 * the same bytes read from the pipe and thrown away, so that a slow producer would show.
 */
export async function benchDecode(dir: string, recording: Recording): Promise<BenchRow> {
  const definition = REGISTRY.require(recording.runtime);
  const once = await Deno.readTextFile(recording.file);
  const file = `${dir}/${definition.id}.jsonl`;
  const copies = Math.ceil(BYTES / once.length);
  const bytes = await writeSession(file, once, copies);
  const processes = createProcesses({ depth: 0, chain: [], random: realRandom });
  let events = 0;
  const drive = (spool: string) =>
    driveAgent({
      processes,
      definition,
      program: ["cat", file],
      request: { prompt: "", cwd: dir, scratchDir: dir, permission: "edit", self: ["none"] },
      invocation: { args: [], env: {}, files: {} },
      env: { values: { PATH: Deno.env.get("PATH") ?? "" } },
      limits: { ...definition.limits, outputBytes: 10 * BYTES },
      spool,
      label: "cat",
      cancel: new AbortController().signal,
      onEvent: () => void events++,
      onStarted: () => Promise.resolve(),
    });
  const times: number[] = [];
  const pipeTimes: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    // As in a run, each attempt has a spool of its own; the last one's end is not part of it.
    const spool = `${dir}/${definition.id}_${turn}`;
    times.push(await timed(() => drive(spool)));
    pipeTimes.push(await timed(() => readAll(file)));
    for (const ending of ["stdout", "stderr", "order"]) await Deno.remove(`${spool}.${ending}`);
  }
  await processes.close();
  await Deno.remove(file);
  if (events < copies) throw new Error(`Only ${events} events of ${copies} sessions`);
  const megabytes = bytes / 1000 / median(times);
  const pipe = bytes / 1000 / median(pipeTimes);
  return {
    what: `Decode ${definition.title} output, spooled`,
    ours: `${megabytes.toFixed(0)} MB/s`,
    reference: `the pipe alone: ${pipe.toFixed(0)} MB/s`,
    ratio: megabytes / 100,
    aim: "over 100 MB/s",
    met: megabytes > 100,
  };
}

/** Reads a file by way of a child's pipe, as the process room does, and keeps nothing. */
async function readAll(file: string): Promise<void> {
  const child = new Deno.Command("cat", { args: [file], stdin: "null", stdout: "piped" }).spawn();
  for await (const _ of child.stdout);
  await child.status;
}

/**
 * One long session: the recording's first line once, then its other lines again and again, each
 * time with other commands, because a decoder ends an agent that goes round in a circle.
 */
async function writeSession(file: string, text: string, copies: number): Promise<number> {
  const lines = text.trimEnd().split("\n");
  const body = lines.slice(1, -1).join("\n");
  const parts = [`${lines[0]}\n`];
  for (let n = 0; n < copies; n++) {
    parts.push(`${body.replaceAll('"command":"', `"command":"true ${n}; `)}\n`);
  }
  parts.push(`${lines.at(-1)}\n`);
  await Deno.writeTextFile(file, parts.join(""));
  return (await Deno.stat(file)).size;
}
