import type { EndReason } from "../kernel/outcome.ts";
import type { ChildEnd, ChildSpec, StopStep } from "./child.ts";
import { type EndCause, Ending } from "./ending.ts";
import { feedStdin } from "./feed_stdin.ts";
import { LimitWatch } from "./limit_watch.ts";
import { OutputGate } from "./output_gate.ts";
import type { OutputSink } from "./output_sink.ts";
import { OutputStream } from "./output_stream.ts";
import { type ListProcesses, startTimeOf } from "./process_table.ts";
import { ProcessTree } from "./process_tree.ts";
import { spawnChild } from "./spawn_child.ts";
import { stopTree, type TreeStopped } from "./stop_tree.ts";
import { sampleTree } from "./tree_sample.ts";
import { whyLine } from "./why.ts";
import { pause, within } from "./within.ts";

/** What a stop is when a child's spec does not say. */
const DEFAULT_LADDER: readonly StopStep[] = [{ signal: "SIGTERM", graceMs: 5000 }];
/** For what a child left behind: nobody waits for its last words. */
const REAP_LADDER: readonly StopStep[] = [{ signal: "SIGTERM", graceMs: 500 }];
/** After the exit: silence that means that the pipe holds nothing more, and the longest wait for it. */
const DRAIN_QUIET_MS = 250;
const DRAIN_MS = 1000;

/** What {@link runChild} is given beside the child's spec. */
export interface RunOptions {
  /** Variables of ours that every child gets. */
  ours: Readonly<Record<string, string>>;
  marker: string;
  list: ListProcesses;
  reapDescendants: boolean;
  /** A limit of its own for stdout. */
  stdoutBytes?: number;
  /** Gets the accepted bytes; made when the ending is known, so that it can give a reason itself. */
  sink(ending: Ending): OutputSink;
  /** Asked once, at the end. */
  spoolError?(): string | undefined;
}

/** A child that was started. */
export interface RunningChild {
  readonly pid: number;
  /** Start time of the process; "" when it was gone before it could be seen. */
  startTime(): Promise<string>;
  stop(reason: EndReason): void;
  /** Never rejects. */
  readonly ended: Promise<ChildEnd>;
}

/** Starts a child and follows it to its end. Errors: those of {@link spawnChild}. */
export async function runChild(
  spec: Omit<ChildSpec, "onLine" | "spool" | "spoolMask">,
  options: RunOptions,
): Promise<RunningChild> {
  const process = await spawnChild(spec, options.ours);
  const startedMs = performance.now();
  let exitedMs: number | undefined;
  const exit = process.status.then((status) => {
    exitedMs = performance.now();
    return status;
  });

  const ending = new Ending();
  const cancel = () => ending.give("cancelled");
  if (spec.cancel?.aborted) cancel();
  spec.cancel?.addEventListener("abort", cancel, { once: true });
  const watch = new LimitWatch(spec.limits, {
    look: async () => await sampleTree(await tree(), process.pid),
    onLimit: (limit, seen) => ending.give("timed_out", { limit, detail: seen }),
  });

  const sink = options.sink(ending);
  const gate = new OutputGate(
    { outputBytes: spec.limits.outputBytes, stdoutBytes: options.stdoutBytes },
    { ending, sink },
  );
  const stdout: OutputStream = new OutputStream(process.stdout, (chunk) => {
    watch.activity();
    gate.take("stdout", chunk, stdout);
  });
  const stderr: OutputStream = new OutputStream(process.stderr, (chunk) => {
    watch.activity();
    gate.take("stderr", chunk, stderr);
  });
  const releaseStdin = spec.stdin === undefined ? () => {} : feedStdin(process, spec.stdin);

  let identity: Promise<string> | undefined;
  const startTime = () =>
    identity ??= startTimeOf(process.pid).then((time) => time ?? "", () => "");

  // One for all looks: what an early one showed is still known to a late one.
  let known: Promise<ProcessTree> | undefined;
  const tree = () =>
    known ??= startTime().then((time) =>
      new ProcessTree(
        { pid: process.pid, startTime: time, marker: options.marker },
        { list: options.list, rootAlive: () => exitedMs === undefined },
      )
    );

  const stop = async (ladder: readonly StopStep[]): Promise<TreeStopped> =>
    await stopTree(await tree(), { ladder, rootEnded: exit, rootPid: process.pid });

  const settle = async (): Promise<ChildEnd> => {
    let stopped: TreeStopped = { outlived: 0, left: 0 };
    await Promise.race([exit, ending.asked]);
    watch.stop();
    // A look that is under way has a process of ours.
    await within(watch.rested, DRAIN_MS);
    if (exitedMs === undefined) {
      stopped = await stop(spec.stop ?? DEFAULT_LADDER);
    } else {
      ending.close();
      await drained([stdout, stderr], exitedMs);
      if (options.reapDescendants) stopped = await stop(REAP_LADDER);
    }
    spec.cancel?.removeEventListener("abort", cancel);
    const read = Promise.all([stdout.done, stderr.done]);
    if (options.reapDescendants || ending.cause !== undefined) await within(read, DRAIN_MS);
    stdout.abandon();
    stderr.abandon();
    await read;
    releaseStdin();
    sink.end();

    // A process that the kernel does not let go (a dead disk) has no exit to wait for.
    const status = await within(exit, 1000);
    const code = status === undefined || status.signal !== null ? null : status.code;
    const cause = ending.conclude(code === 0 ? "completed" : "failed");
    return childEnd(cause, { code, signal: status?.signal ?? null, stopped });
  };

  const childEnd = (
    cause: EndCause,
    seen: Pick<ChildEnd, "code" | "signal"> & { stopped: TreeStopped },
  ): ChildEnd => {
    const { code, signal, stopped } = seen;
    const spoolError = options.spoolError?.();
    const { label, limits } = spec;
    const { limit, detail } = cause;
    const silent = limit === "start" || limit === "idle";
    const facts = {
      reason: cause.reason,
      ...(limit === undefined ? {} : { limit }),
      code,
      signal,
      durationMs: (exitedMs ?? performance.now()) - startedMs,
      stdoutBytes: stdout.bytes,
      stderrBytes: stderr.bytes,
      strayBytes: sink.strayBytes,
      cutLines: sink.cutLines,
      stdoutTail: stdout.tail,
      stderrTail: stderr.tail,
      reaped: stopped.outlived - stopped.left,
      ...(spoolError === undefined ? {} : { spoolError }),
      ...(silent && detail !== undefined ? { seen: detail } : {}),
    };
    return { ...facts, why: whyLine({ ...facts, label, limits, detail, left: stopped.left }) };
  };

  return {
    pid: process.pid,
    startTime,
    stop: (reason) => ending.give(reason),
    ended: settle(),
  };
}

/** Waits for the end of the streams, or until they have been silent long enough after the exit. */
async function drained(streams: readonly OutputStream[], exitedMs: number): Promise<void> {
  let open = true;
  const all = Promise.all(streams.map((stream) => stream.done)).then(() => open = false);
  while (open && performance.now() - exitedMs < DRAIN_MS) {
    const seen = Math.max(...streams.map((stream) => stream.lastMs));
    await within(all, DRAIN_QUIET_MS);
    // One more turn: what was read while we were busy is not silence.
    if (open) await pause(0);
    if (seen === Math.max(...streams.map((stream) => stream.lastMs))) return;
  }
}
