import type { StopStep } from "./child.ts";
import type { ProcessTree } from "./process_tree.ts";
import type { ProcessRow } from "./process_table.ts";
import { pause, within } from "./within.ts";

/** What {@link stopTree} needs to know of the child at the tree's root. */
export interface TreeStop {
  ladder: readonly StopStep[];
  /** Resolves when the child itself has ended; left out when it is none of ours any more. */
  rootEnded?: Promise<unknown>;
  /** pid of the child: told apart from those that outlive it. */
  rootPid: number;
}

/** How long the child has heard of a stop before what it started does, in milliseconds. */
const HEAD_START_MS = 200;

/** How a stop went. */
export interface TreeStopped {
  /** Processes that were still alive after the child had ended, and were signalled. */
  outlived: number;
  /** Processes that live in spite of everything (another user's, or stuck in the kernel). */
  left: number;
}

/**
 * Ends a whole tree: per step of the ladder the signal goes once to every process of it, then the
 * grace passes, or less when all are gone. SIGKILL follows until nothing is left, for 5 s at most.
 */
export async function stopTree(tree: ProcessTree, stop: TreeStop): Promise<TreeStopped> {
  const outlived = new Set<string>();
  let rootEnded = stop.rootEnded === undefined;
  stop.rootEnded?.then(() => rootEnded = true);

  const signal = (rows: readonly ProcessRow[], name: StopStep["signal"]) => {
    for (const row of rows) {
      if (rootEnded && row.pid !== stop.rootPid) outlived.add(`${row.pid} ${row.startTime}`);
    }
    if (rows.length > 0) tree.signal(rows, name);
  };

  for (const step of stop.ladder) {
    const rows = await tree.settledMembers();
    if (rows.length === 0 && rootEnded) return { outlived: outlived.size, left: 0 };
    // The child first: one that sees its tool end before it knows of the stop may go on, and pay.
    const [head, rest] = headAndRest(rows, stop.rootPid);
    signal(head, step.signal);
    if (head.length > 0 && rest.length > 0 && stop.rootEnded !== undefined) {
      await within(stop.rootEnded, HEAD_START_MS);
    }
    signal(rest, step.signal);
    const deadline = performance.now() + step.graceMs;
    if (stop.rootEnded !== undefined) await within(stop.rootEnded, step.graceMs);
    if (await goneBefore(tree, deadline)) return { outlived: outlived.size, left: 0 };
  }

  const deadline = performance.now() + 5000;
  for (let waitMs = 10;; waitMs = Math.min(waitMs * 2, 250)) {
    const rows = await tree.members();
    if (rows.length === 0 || performance.now() > deadline) {
      return { outlived: outlived.size, left: rows.length };
    }
    signal(rows, "SIGKILL");
    await pause(waitMs);
  }
}

/** The child with its group, which is signalled as one and once, and what it started elsewhere. */
function headAndRest(rows: readonly ProcessRow[], rootPid: number): [ProcessRow[], ProcessRow[]] {
  const group = rows.find((row) => row.pid === rootPid)?.pgid ?? 0;
  const isHead = (row: ProcessRow) => row.pid === rootPid || (group > 1 && row.pgid === group);
  return [rows.filter(isHead), rows.filter((row) => !isHead(row))];
}

async function goneBefore(tree: ProcessTree, deadline: number): Promise<boolean> {
  for (let waitMs = 10;; waitMs = Math.min(waitMs * 2, 250)) {
    if ((await tree.members()).length === 0) return true;
    const left = deadline - performance.now();
    if (left <= 0) return false;
    await pause(Math.min(waitMs, left));
  }
}
