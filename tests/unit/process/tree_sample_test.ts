import { assert, assertEquals } from "@std/assert";
import { systemProcessTable } from "../../../lib/process/process_table.ts";
import { parseIo, sampleTree } from "../../../lib/process/tree_sample.ts";

const RECORD = "rchar: 100\nwchar: 20\nsyscr: 10\nsyscw: 4\nread_bytes: 0\n" +
  "write_bytes: 4096\ncancelled_write_bytes: 0\n";

Deno.test("a record of what was moved gives bytes; one that may not be read is left out", () => {
  assertEquals([...parseIo(`pid 7\n${RECORD}pid 8\npid 9\n${RECORD}`)], [
    [7, { readBytes: 100, writtenBytes: 20, diskBytes: 4096 }],
    [9, { readBytes: 100, writtenBytes: 20, diskBytes: 4096 }],
  ]);
});

Deno.test("a look at a real process gives its CPU time, and on Linux what it moved", async () => {
  const own = async () =>
    (await systemProcessTable()(undefined)).filter((row) => row.pid === Deno.pid);
  const seen = await sampleTree({ members: own }, Deno.pid);
  const [member] = seen!.members;
  assert(member!.own && member!.cpuMs > 0, JSON.stringify(member));
  assertEquals((member!.io?.readBytes ?? 0) > 0, Deno.build.os === "linux");
});

Deno.test("a tree of which nothing is shown gives no sample", async () => {
  assertEquals(await sampleTree({ members: () => Promise.resolve([]) }, 7), undefined);
  const row = { pid: 7, ppid: 1, pgid: 7, sid: 7, startTime: "t", marked: true };
  assertEquals(await sampleTree({ members: () => Promise.resolve([row]) }, 7), undefined);
});

Deno.test("tools are those outside the child's group and session", async () => {
  const row = (pid: number, pgid: number, sid: number) => ({
    pid,
    ppid: 1,
    pgid,
    sid,
    startTime: `t${pid}`,
    marked: true,
    cpuMs: 10,
  });
  const members = () =>
    Promise.resolve([row(7, 7, 7), row(8, 0, 7), row(9, 7, 0), row(10, 10, 10)]);
  const seen = await sampleTree({ members }, 7);
  assertEquals(seen!.members.map(({ key, own }) => [key, own]), [
    ["7 t7", true],
    ["8 t8", true],
    ["9 t9", true],
    ["10 t10", false],
  ]);
});
