import { assertEquals } from "@std/assert";
import type { ProcessRow } from "../../../lib/process/process_table.ts";
import { ProcessTree, selectTree, signalTargets } from "../../../lib/process/process_tree.ts";

/** A row; group and session of its own unless said. */
function row(pid: number, ppid: number, more: Partial<ProcessRow> = {}): ProcessRow {
  return { pid, ppid, pgid: pid, sid: pid, startTime: `t${pid}`, marked: false, ...more };
}

const NONE = new Map<number, string>();
const root = { pid: 100, startTime: "t100" };
const pids = (rows: ProcessRow[]) => rows.map((each) => each.pid).sort((a, b) => a - b);

Deno.test("a tree is the child and its descendants, in whatever session they are", () => {
  const rows = [row(1, 0), row(50, 1), row(100, 50), row(101, 100), row(102, 101), row(60, 50)];
  assertEquals(pids(selectTree(rows, { root, known: NONE, self: 50 })), [100, 101, 102]);
});

Deno.test("those that were re-parented are found by marker, group and session", () => {
  const rows = [
    row(1, 0),
    row(50, 1),
    row(200, 1, { marked: true }),
    row(201, 200),
    row(202, 1, { pgid: 100 }),
    row(203, 1, { sid: 100 }),
    row(204, 1),
  ];
  assertEquals(pids(selectTree(rows, { root, known: NONE, self: 50 })), [200, 201, 202, 203]);
});

Deno.test("what was once seen still belongs, unless its pid is another's now", () => {
  const rows = [row(1, 0), row(50, 1), row(300, 1), row(301, 1)];
  const known = new Map([[300, "t300"], [301, "earlier"]]);
  assertEquals(pids(selectTree(rows, { root, known, self: 50 })), [300]);
});

Deno.test("a pid, group and session that another process took over are left alone", () => {
  const rows = [
    row(1, 0),
    row(50, 1),
    row(100, 1, { startTime: "later" }),
    row(110, 100, { pgid: 100 }),
  ];
  assertEquals(selectTree(rows, { root, known: NONE, self: 50 }), []);
});

Deno.test("a recorded child that is gone claims no group any more", () => {
  const rows = [row(1, 0), row(50, 1), row(110, 1, { pgid: 100 })];
  assertEquals(selectTree(rows, { root, known: NONE, self: 50, stale: true }), []);
  assertEquals(pids(selectTree(rows, { root, known: NONE, self: 50 })), [110]);
});

Deno.test("this process, those above it and pid 1 are never in a tree", () => {
  const rows = [
    row(1, 0, { marked: true }),
    row(40, 1, { marked: true }),
    row(50, 40, { marked: true }),
    row(100, 50),
  ];
  assertEquals(pids(selectTree(rows, { root, known: NONE, self: 50 })), [100]);
});

Deno.test("a group is signalled as one only where nobody else stands in it", () => {
  const rows = [
    row(1, 0),
    row(50, 1),
    row(100, 50),
    row(101, 100, { pgid: 100 }),
    row(102, 100, { pgid: 50 }),
    row(103, 102, { pgid: 50 }),
  ];
  const tree = selectTree(rows, { root, known: NONE, self: 50 });
  assertEquals(signalTargets(tree).sort((a, b) => a - b), [-100, 102, 103]);
});

Deno.test("no target is a process below 2 or a group that would mean everybody", () => {
  assertEquals(signalTargets([row(1, 0), row(0, 0), row(7, 1, { pgid: 1 })]), [7]);
});

Deno.test("looks are repeated until two agree", async () => {
  let look = 0;
  const list = () => {
    look++;
    const rows = [row(1, 0), row(50, 1), row(100, 50)];
    for (let n = 1; n < Math.min(look, 3); n++) rows.push(row(100 + n, 100));
    return Promise.resolve(rows);
  };
  const tree = new ProcessTree({ ...root, marker: "w." }, { list, self: 50 });
  assertEquals(pids(await tree.settledMembers()), [100, 101, 102]);
  assertEquals(look, 4);
});

Deno.test("where no listing can be had, a living child's own group is still known", async () => {
  const list = () => Promise.reject(new Error("no more processes"));
  const alive = new ProcessTree({ ...root, marker: "w." }, { list, rootAlive: () => true });
  assertEquals(signalTargets(await alive.members()), [-100]);
  const gone = new ProcessTree({ ...root, marker: "w." }, { list, rootAlive: () => false });
  assertEquals(await gone.members(), []);
});
