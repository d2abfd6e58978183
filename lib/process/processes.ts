import { OuroborosError } from "../kernel/error.ts";
import type { RandomBytes } from "../kernel/id.ts";
import type { EndReason } from "../kernel/outcome.ts";
import type { Captured, CaptureSpec, ChildIdentity, ChildSpec, StartChild } from "./child.ts";
import { CHAIN_NAME, DEPTH_NAME, formatChain, MAX_DEPTH, refuseDepth } from "./depth.ts";
import { detach, type Detached, type DetachSpec } from "./detach.ts";
import { Guard } from "./guard.ts";
import { childMarker, MARKER_NAME, ROOT_NAME, workerMarker } from "./marker.ts";
import { LineSink, RawSink } from "./output_sink.ts";
import { processRow, startTimeOf, systemProcessTable } from "./process_table.ts";
import { ProcessTree } from "./process_tree.ts";
import { runChild, type RunningChild } from "./run_child.ts";
import { Spool } from "./spool.ts";
import { stopTree } from "./stop_tree.ts";

/** What the caller knows of its own place; the process room reads no environment. */
export interface ProcessesOptions {
  /** `parseDepth` of `_OUROBOROS_DEPTH`. */
  depth: number;
  /** `parseChain` of `_OUROBOROS_CHAIN`. */
  chain: readonly string[];
  /** This worker's marker, made of letters, digits, "-" and "_". Left out: a random one. */
  marker?: string;
  /** What `_OUROBOROS_WORKER` holds when another ouroboros started this one. */
  parentMarker?: string;
  /** Our own folder; long-lived children are told of it, and are known by it when they call us. */
  root?: string;
  random: RandomBytes;
}

/** Everything that is done with processes. */
export interface Processes {
  /** Starts a long-lived child under limits, with a guard that outlives us. */
  start: StartChild;
  /**
   * Runs a quick child and gives its output whole. Errors as {@link StartChild}. It may start one
   * level deeper than `start`: a server at the cap still answers questions about a repository.
   */
  capture(spec: CaptureSpec): Promise<Captured>;
  /** Who this worker is for the journal; its marker finds all its children. */
  self(): Promise<ChildIdentity>;
  /** pid of whoever started this process; another one, once that is gone. */
  readonly parentPid: number;
  /** Whether that process started this one, itself or by the shell that `detach` puts between. */
  startedBy(pid: number): Promise<boolean>;
  /** Whether that very process still lives (a pid alone may be another's by now). */
  alive(id: Pick<ChildIdentity, "pid" | "startTime">): Promise<boolean>;
  /** As `alive`, and whether it was stopped (SIGSTOP): it holds what it holds and does nothing. */
  look(id: Pick<ChildIdentity, "pid" | "startTime">): Promise<"gone" | "stopped" | "running">;
  /**
   * Starts a program that outlives us, our terminal and our guard: in a session of its own, with our
   * whole environment, and so at our place in the chain. Errors: not_started, not_writable (the log).
   */
  detach(spec: DetachSpec): Promise<Detached>;
  /** Ends what still lives of the trees of a dead worker; gives how many processes that were. */
  reap(ids: readonly ChildIdentity[]): Promise<number>;
  /** Stops what still runs (`cancelled`), waits for it, and lets the guard go. */
  close(): Promise<void>;
}

/** The one function that starts children, and what belongs to it. */
export function createProcesses(options: ProcessesOptions): Processes {
  const marker = workerMarker({ ...options, parent: options.parentMarker });
  const guard = new Guard(marker);
  const list = systemProcessTable();
  const running = new Set<RunningChild>();
  let count = 0;

  const place = (spec: Pick<ChildSpec, "label" | "cancel">, maxDepth: number) => {
    refuseDepth(options.depth, maxDepth, { chain: options.chain, label: spec.label });
    if (spec.cancel?.aborted) {
      throw new OuroborosError({
        code: "cancelled",
        message: `Start "${spec.label}": cancelled before it started`,
      });
    }
    const own = childMarker(marker, ++count);
    return {
      marker: own,
      list,
      ours: {
        [DEPTH_NAME]: String(options.depth + 1),
        [CHAIN_NAME]: formatChain([...options.chain, spec.label]),
        [MARKER_NAME]: own,
      } as Record<string, string>,
    };
  };

  const follow = (child: RunningChild): RunningChild => {
    running.add(child);
    child.ended.then(() => running.delete(child));
    return child;
  };

  return {
    async start(spec) {
      const placed = place(spec, MAX_DEPTH);
      if (options.root !== undefined) placed.ours[ROOT_NAME] = options.root;
      guard.ready();
      const spool = spec.spool === undefined
        ? undefined
        : await Spool.open(spec.spool, spec.spoolMask);
      let child: RunningChild;
      try {
        child = follow(
          await runChild(spec, {
            ...placed,
            reapDescendants: spec.reapDescendants ?? true,
            sink: (ending) =>
              new LineSink({
                lineBytes: spec.limits.lineBytes,
                onLine: (stream, line) => spec.onLine?.(stream, line),
                onError: (message) =>
                  ending.give("failed", { detail: `its output could not be taken: ${message}` }),
                spool,
              }),
            spoolError: () => spool?.error,
          }),
        );
      } catch (thrown) {
        spool?.close();
        throw thrown;
      }
      guard.add(child.pid);
      const ended = child.ended.then((end) => {
        spool?.close();
        guard.end(child.pid);
        return end;
      });
      const { pid, stop } = child;
      const startTime = await child.startTime();
      return { identity: { pid, startTime, marker: placed.marker }, ended, stop };
    },

    async capture(spec) {
      const sink = new RawSink();
      const child = follow(
        await runChild(spec, {
          ...place(spec, MAX_DEPTH + 1),
          reapDescendants: spec.reapDescendants ?? false,
          stdoutBytes: spec.maxBytes,
          sink: () => sink,
        }),
      );
      const end = await child.ended;
      const stderr = new TextDecoder().decode(sink.bytes("stderr"));
      return { end, stdout: sink.bytes("stdout"), stderr };
    },

    async self() {
      return { pid: Deno.pid, startTime: await startTimeOf(Deno.pid) ?? "", marker };
    },

    get parentPid() {
      return Deno.ppid;
    },
    async startedBy(pid) {
      return Deno.ppid === pid || (await processRow(Deno.ppid))?.ppid === pid;
    },
    alive: async (id) => await lookAt(id) !== "gone",
    look: lookAt,
    detach,

    async reap(ids) {
      let ended = 0;
      for (const id of ids) {
        const tree = new ProcessTree(id, { list, stale: true });
        const ladder = [{ signal: "SIGTERM", graceMs: 2000 }] as const;
        const stopped = await stopTree(tree, { ladder, rootPid: 0 });
        ended += stopped.outlived - stopped.left;
      }
      return ended;
    },

    async close() {
      const reason: EndReason = "cancelled";
      for (const child of running) child.stop(reason);
      await Promise.all([...running].map((child) => child.ended));
      await guard.close();
    },
  };
}

async function lookAt(
  id: Pick<ChildIdentity, "pid" | "startTime">,
): Promise<"gone" | "stopped" | "running"> {
  const row = id.startTime === "" ? undefined : await processRow(id.pid);
  if (row === undefined || row.startTime !== id.startTime) return "gone";
  return row.stopped ? "stopped" : "running";
}
