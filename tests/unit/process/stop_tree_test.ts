import { assert, assertEquals } from "@std/assert";
import type { ProcessRow } from "../../../lib/process/process_table.ts";
import { ProcessTree } from "../../../lib/process/process_tree.ts";
import { stopTree } from "../../../lib/process/stop_tree.ts";

const ROOT = 100;

/** A tree in memory: `dies` says which signal ends which process, and what that leaves behind. */
class FakeTree extends ProcessTree {
  readonly sent: string[] = [];
  readonly #alive: Map<number, ProcessRow>;
  readonly #dies: (pid: number, signal: Deno.Signal) => boolean;

  constructor(pids: number[], dies: (pid: number, signal: Deno.Signal) => boolean) {
    super({ pid: ROOT, startTime: "t", marker: "w." }, { list: () => Promise.resolve([]) });
    this.#dies = dies;
    const row = (pid: number) => ({
      ...{ pid, ppid: 1, pgid: pid, sid: pid, startTime: `t${pid}`, marked: true },
    });
    this.#alive = new Map(pids.map((pid) => [pid, row(pid)]));
  }

  override members(): Promise<ProcessRow[]> {
    return Promise.resolve([...this.#alive.values()]);
  }

  override signal(rows: readonly ProcessRow[], signal: Deno.Signal): void {
    this.sent.push(`${signal} ${rows.map((row) => row.pid)}`);
    for (const row of rows) if (this.#dies(row.pid, signal)) this.#alive.delete(row.pid);
  }
}

const LONG = 60_000;

Deno.test("the whole tree gets the first signal, and nobody waits when all are gone", async () => {
  const tree = new FakeTree([100, 101], () => true);
  const ladder = [{ signal: "SIGINT", graceMs: LONG }] as const;
  const stopped = await stopTree(tree, { ladder, rootEnded: Promise.resolve(), rootPid: ROOT });
  assertEquals(tree.sent, ["SIGINT 100", "SIGINT 101"], "the child before what it started");
  assertEquals(stopped.left, 0);
});

Deno.test("each step gets its signal once, and SIGKILL is the end of every ladder", async () => {
  const tree = new FakeTree(
    [100, 101, 102],
    (pid, signal) => signal === "SIGKILL" || (signal === "SIGTERM" && pid === 101),
  );
  const stopped = await stopTree(tree, {
    ladder: [{ signal: "SIGINT", graceMs: 5 }, { signal: "SIGTERM", graceMs: 5 }],
    rootPid: 0,
  });
  assertEquals(tree.sent, ["SIGINT 100,101,102", "SIGTERM 100,101,102", "SIGKILL 100,102"]);
  assertEquals(stopped, { outlived: 3, left: 0 });
});

Deno.test("only those that outlive the child count, and the child never does", async () => {
  const tree = new FakeTree([100, 101], (pid, signal) => pid === ROOT || signal === "SIGKILL");
  const stopped = await stopTree(tree, {
    ladder: [{ signal: "SIGTERM", graceMs: 5 }],
    rootEnded: Promise.resolve(),
    rootPid: ROOT,
  });
  assertEquals(stopped, { outlived: 1, left: 0 });
});

Deno.test("nothing left is nothing to do", async () => {
  const tree = new FakeTree([], () => true);
  const ladder = [{ signal: "SIGTERM", graceMs: LONG }] as const;
  assertEquals(await stopTree(tree, { ladder, rootPid: 0 }), { outlived: 0, left: 0 });
  assertEquals(tree.sent, []);
});

Deno.test("what nothing can end is given up on in bounded time, and counted", async () => {
  const tree = new FakeTree([101], () => false);
  const begin = performance.now();
  const stopped = await stopTree(tree, { ladder: [], rootPid: 0 });
  assertEquals(stopped.left, 1);
  assert(performance.now() - begin >= 5000);
  assert(tree.sent.length > 3, "it was tried again and again");
});
