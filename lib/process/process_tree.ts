import type { ChildIdentity } from "./child.ts";
import type { ListProcesses, ProcessRow } from "./process_table.ts";
import { systemOutput } from "./system_command.ts";

/**
 * The processes that came from one child, wherever they went: its descendants, its process group and
 * session, those that carry its marker, and those that an earlier look showed (agents give every
 * shell tool a session of its own, and a parent that dies hands its children to pid 1).
 */
export class ProcessTree {
  readonly #list: ListProcesses;
  readonly #root: ChildIdentity;
  readonly #self: number;
  readonly #rootAlive: () => boolean;
  readonly #stale: boolean;
  /** pid → start time of every process that was once seen to belong here. */
  readonly #known = new Map<number, string>();

  /**
   * `rootAlive`: whether the root is still our child, so that its pid cannot be another's.
   * `stale`: the root is known from a record only; its group counts only while it lives itself.
   */
  constructor(
    root: ChildIdentity,
    options: { list: ListProcesses; self?: number; rootAlive?: () => boolean; stale?: boolean },
  ) {
    this.#root = root;
    this.#list = options.list;
    this.#self = options.self ?? Deno.pid;
    this.#rootAlive = options.rootAlive ?? (() => false);
    this.#stale = options.stale ?? false;
  }

  /** Those that live now. Never this process, one above it, or pid 1. */
  async members(): Promise<ProcessRow[]> {
    let rows: ProcessRow[];
    try {
      rows = await this.#list(this.#root.marker || undefined);
    } catch {
      // No process can be started to look (too many of them): the child's own group is still known.
      const { pid, startTime } = this.#root;
      return this.#rootAlive()
        ? [{ pid, ppid: this.#self, pgid: pid, sid: pid, startTime, marked: true }]
        : [];
    }
    const members = selectTree(rows, {
      root: this.#root,
      known: this.#known,
      self: this.#self,
      stale: this.#stale,
    });
    for (const row of members) this.#known.set(row.pid, row.startTime);
    return members;
  }

  /** As {@link members}, looked at until two looks agree: a process may start others between them. */
  async settledMembers(): Promise<ProcessRow[]> {
    let rows = await this.members();
    for (let round = 0; round < 5 && rows.length > 0; round++) {
      const again = await this.members();
      const before = new Set(rows.map((row) => row.pid));
      rows = again;
      if (again.every((row) => before.has(row.pid))) break;
    }
    return rows;
  }

  /** Sends `signal` once to each of `rows`; those that are gone meanwhile are passed over. */
  signal(rows: readonly ProcessRow[], signal: Deno.Signal): void {
    if (Deno.build.os === "windows") {
      // Windows has no signals: the tree ends at once.
      for (const row of rows) {
        systemOutput("taskkill.exe", ["/PID", String(row.pid), "/T", "/F"]).catch(() => {});
      }
      return;
    }
    for (const target of signalTargets(rows)) {
      try {
        Deno.kill(target, signal);
      } catch {
        // Gone, or it changed its user: the next look at the tree tells which.
      }
    }
  }
}

/** Picks the tree of `root` out of a listing. */
export function selectTree(
  rows: readonly ProcessRow[],
  tree: {
    root: Pick<ChildIdentity, "pid" | "startTime">;
    known: ReadonlyMap<number, string>;
    self: number;
    stale?: boolean;
  },
): ProcessRow[] {
  const { root, known } = tree;
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const holder = byPid.get(root.pid);
  // The child's pid may be another's by now: then its group and session are not ours either.
  const ours = root.pid > 1 &&
    (holder === undefined
      ? tree.stale !== true
      : holder.marked || holder.startTime === root.startTime);
  const belongs = (row: ProcessRow) =>
    row.marked || known.get(row.pid) === row.startTime ||
    (ours && [row.pid, row.pgid, row.sid].includes(root.pid));

  const children = Map.groupBy(rows, (row) => row.ppid);
  const found = new Map<number, ProcessRow>();
  const queue = rows.filter(belongs);
  for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
    if (found.has(row.pid)) continue;
    found.set(row.pid, row);
    queue.push(...(children.get(row.pid) ?? []));
  }

  for (let pid = tree.self; pid > 1;) {
    found.delete(pid);
    const above = byPid.get(pid)?.ppid ?? 0;
    pid = above === pid ? 0 : above;
  }
  return [...found.values()].filter((row) => row.pid > 1).map((row) => ({
    ...row,
    // A group is signalled as one only where nobody else stands in it.
    pgid: wholeGroup(row.pgid, rows, found) ? row.pgid : 0,
  }));
}

/** What to give to kill(2): each group once, and single processes where the group is not all ours. */
export function signalTargets(rows: readonly ProcessRow[]): number[] {
  const groups = new Set(rows.map((row) => row.pgid).filter((pgid) => pgid > 1));
  const singles = rows.filter((row) => !groups.has(row.pgid)).map((row) => row.pid);
  return [...[...groups].map((pgid) => -pgid), ...singles].filter((target) => Math.abs(target) > 1);
}

function wholeGroup(
  pgid: number,
  rows: readonly ProcessRow[],
  found: ReadonlyMap<number, ProcessRow>,
): boolean {
  return pgid > 1 && rows.every((row) => row.pgid !== pgid || found.has(row.pid));
}
