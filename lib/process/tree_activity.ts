import type { MemberIo, MemberSample, TreeSample } from "./tree_sample.ts";
import { bytes, processCount } from "./why.ts";
import { roughTime } from "./rough_time.ts";

/**
 * What counts as work, as shares of the time between two looks.
 *
 * Measured (Linux, 90 s each, looked at every 10 s): a CLI that waits for a server that never
 * answers is not at rest. Codex 0.169 uses 0.2 to 0.9 % of a core, reads 6.5 kB/s and writes 1.6 kB/s
 * (wake-ups of its threads), Claude Code 2.1.197 0.2 to 0.6 %, OpenCode 1.18.33 0.8 to 1.6 %; Claude
 * Code that waits for a tool 1.6 to 2.3 %. None of them starts or ends a process meanwhile. Hence
 * 5 % of a core, 64 KiB/s read, 16 KiB/s written.
 *
 * All four agents put their tools into sessions of their own. A tool that sleeps uses nothing and
 * writes nothing there; a loop of `sleep 1` uses 0.2 % of a core, one that asks a server every few
 * seconds 0.3 %: waiting, too. Hence 1 % for tools and for children that came or ended, whatever
 * their number; and what a tool writes is its output, of which a line or two is enough.
 */
const WORK = {
  cpuShare: 0.05,
  toolCpuShare: 0.01,
  /** A process that only starts uses less. */
  leastCpuMs: 50,
  readPerSecond: 65_536,
  writtenPerSecond: 16_384,
  toolWrittenBytes: 256,
} as const;

/** What a tree did between two looks. */
export interface TreeActivity {
  /** Whether that is more than what waiting looks like. */
  works: boolean;
  /** For people: `in the last 20m its 3 processes used 0.1 s of CPU and wrote nothing`. */
  words: string;
}

/** Compares two looks at one tree. */
export function treeActivity(before: TreeSample, after: TreeSample): TreeActivity {
  const periodMs = after.atMs - before.atMs;
  const cpu = cpuBetween(before, after);
  const io = ioBetween(before, after);
  const atLeast = (share: number) => Math.max(WORK.leastCpuMs, share * periodMs);
  const rate = (perSecond: number) => perSecond * Math.max(1, periodMs / 1000);
  return {
    works: cpu.allMs >= atLeast(WORK.cpuShare) || cpu.toolMs >= atLeast(WORK.toolCpuShare) ||
      io.toolWrittenBytes >= WORK.toolWrittenBytes ||
      io.readBytes >= rate(WORK.readPerSecond) ||
      io.writtenBytes >= rate(WORK.writtenPerSecond),
    words: `in the last ${roughTime(periodMs)} ${subject(before, after)} used ` +
      `${cpuText(cpu.allMs)} and ${wroteText(after, io)}`,
  };
}

/**
 * A child that ends hands its time to its parent, where it was waited for; so the sum over all is
 * what was used, and what those that stood all the time used themselves is told apart from it.
 */
function cpuBetween(before: TreeSample, after: TreeSample): { allMs: number; toolMs: number } {
  const all = (member: MemberSample) => member.cpuMs + member.endedCpuMs;
  const was = byKey(before);
  const growth = (members: readonly MemberSample[]) =>
    sum(members, (one) => Math.max(0, one.cpuMs - (was.get(one.key)?.cpuMs ?? 0)));
  const stood = after.members.filter((one) => was.has(one.key));
  const came = after.members.filter((one) => !was.has(one.key));
  // Where nobody waited for those that ended, their earlier time is missing from the sum.
  const allMs = Math.max(
    sum(after.members, all) - sum(before.members, all),
    growth(stood) + sum(came, all),
  );
  return { allMs, toolMs: allMs - growth(stood.filter((one) => one.own)) };
}

/** As with CPU time, but what ended children moved cannot be told apart from their parent's own. */
function ioBetween(
  before: TreeSample,
  after: TreeSample,
): MemberIo & { toolWrittenBytes: number } {
  const was = byKey(before);
  const growth = (members: readonly MemberSample[], kind: keyof MemberIo) =>
    sum(members, (one) => Math.max(0, (one.io?.[kind] ?? 0) - (was.get(one.key)?.io?.[kind] ?? 0)));
  const tools = after.members.filter((one) => !one.own);
  return {
    readBytes: growth(after.members, "readBytes"),
    writtenBytes: growth(after.members, "writtenBytes"),
    diskBytes: growth(after.members.filter((one) => one.own), "diskBytes"),
    toolWrittenBytes: growth(tools, "writtenBytes"),
  };
}

function subject(before: TreeSample, after: TreeSample): string {
  const was = byKey(before);
  const now = byKey(after);
  const came = after.members.filter((one) => !was.has(one.key)).length;
  const ended = before.members.filter((one) => !now.has(one.key)).length;
  const moved = [...(came > 0 ? [`${came} new`] : []), ...(ended > 0 ? [`${ended} ended`] : [])];
  return `its ${processCount(after.members.length)}` +
    (moved.length > 0 ? ` (${moved.join(", ")})` : "");
}

function cpuText(ms: number): string {
  if (ms <= 0) return "no CPU time";
  return `${ms < 10_000 ? Number((ms / 1000).toFixed(2)) : Math.round(ms / 1000)} s of CPU`;
}

function wroteText(after: TreeSample, io: ReturnType<typeof ioBetween>): string {
  if (after.members.every((one) => one.io === undefined)) {
    return "wrote nothing that could be seen";
  }
  // What the CLI itself writes beside files is wake-ups of its own threads.
  const written = io.toolWrittenBytes + io.diskBytes;
  return written === 0 ? "wrote nothing" : `wrote ${bytes(written)}`;
}

function byKey(sample: TreeSample): Map<string, MemberSample> {
  return new Map(sample.members.map((one) => [one.key, one]));
}

function sum(members: readonly MemberSample[], of: (member: MemberSample) => number): number {
  return members.reduce((total, one) => total + of(one), 0);
}
