import { assertEquals } from "@std/assert";
import { treeActivity } from "../../../lib/process/tree_activity.ts";
import type { MemberSample, TreeSample } from "../../../lib/process/tree_sample.ts";

const MINUTE_MS = 60_000;

/** A process; the CLI's own unless said. */
function one(key: string, more: Partial<MemberSample> = {}): MemberSample {
  return {
    key,
    own: true,
    cpuMs: 0,
    endedCpuMs: 0,
    io: { readBytes: 0, writtenBytes: 0, diskBytes: 0 },
    ...more,
  };
}

const io = (readBytes: number, writtenBytes: number, diskBytes = 0) => ({
  readBytes,
  writtenBytes,
  diskBytes,
});

/** What happened in twenty minutes between two looks. */
function between(before: MemberSample[], after: MemberSample[], ms = 20 * MINUTE_MS) {
  const at = (atMs: number, members: MemberSample[]): TreeSample => ({ atMs, members });
  return treeActivity(at(5, before), at(5 + ms, after));
}

Deno.test("a CLI that waits for a server is at rest, with what the real ones use meanwhile", () => {
  const claude = [one("1"), one("2", { own: false })];
  // 2.3 % of a core: Claude Code, beside a tool that sleeps.
  assertEquals(between(claude, [one("1", { cpuMs: 27_600 }), one("2", { own: false })]), {
    works: false,
    words: "in the last 20m its 2 processes used 28 s of CPU and wrote nothing",
  });
  // Wake-ups of Codex's threads, and its notes.
  const codex = one("1", { cpuMs: 10_800, io: io(7_800_000, 1_920_000, 139_264) });
  assertEquals(between([one("1")], [codex]), {
    works: false,
    words: "in the last 20m its 1 process used 11 s of CPU and wrote 139.3 kB",
  });
});

Deno.test("CPU time above that is work, in a tool less of it", () => {
  assertEquals(between([one("1")], [one("1", { cpuMs: 61_000 })]).works, true);
  const tool = (cpuMs: number) => one("2", { own: false, cpuMs });
  assertEquals(between([one("1"), tool(0)], [one("1"), tool(11_000)]).works, false);
  assertEquals(between([one("1"), tool(0)], [one("1"), tool(13_000)]).works, true);
});

Deno.test("children that came and ended unseen count by the time that their parent was given", () => {
  assertEquals(between([one("1")], [one("1", { endedCpuMs: 13_000 })]).works, true);
  // One `sleep 1` after the other.
  assertEquals(between([one("1")], [one("1", { cpuMs: 600, endedCpuMs: 1200 })]).works, false);
});

Deno.test("time of before that moves to the parent at a child's end is not counted again", () => {
  const before = [one("1"), one("2", { own: false, cpuMs: 500_000 })];
  assertEquals(between(before, [one("1", { endedCpuMs: 500_010 })]), {
    works: false,
    words: "in the last 20m its 1 process (1 ended) used 0.01 s of CPU and wrote nothing",
  });
});

Deno.test("an end that nobody waited for takes nothing from what the others did", () => {
  const before = [one("1"), one("2", { own: false, cpuMs: 500_000 })];
  assertEquals(between(before, [one("1", { cpuMs: 61_000 })]).works, true);
  const came = one("3", { own: false, cpuMs: 13_000 });
  assertEquals(between(before, [one("1"), came]), {
    works: true,
    words: "in the last 20m its 2 processes (1 new, 1 ended) used 13 s of CPU and wrote nothing",
  });
});

Deno.test("a tool that writes a line or two works, and so does what moves much", () => {
  const tool = (written: number) => one("2", { own: false, io: io(0, written) });
  assertEquals(between([one("1"), tool(100)], [one("1"), tool(150)]).works, false);
  assertEquals(between([one("1"), tool(100)], [one("1"), tool(400)]).works, true);
  assertEquals(between([one("1")], [one("1", { io: io(0, 20_000_000) })]).works, true);
  assertEquals(between([one("1")], [one("1", { io: io(80_000_000, 0) })]).works, true);
});

Deno.test("a moment of CPU time is no work, however short the limit is", () => {
  assertEquals(between([one("1")], [one("1", { cpuMs: 40 })], 100).works, false);
  assertEquals(between([one("1")], [one("1", { cpuMs: 60 })], 100).works, true);
});

Deno.test("where nothing can be seen of files, nothing is said of them", () => {
  const blind = one("1", { io: undefined });
  assertEquals(between([blind], [blind], 90_500), {
    works: false,
    words: "in the last 90s its 1 process used no CPU time and wrote nothing that could be seen",
  });
});
