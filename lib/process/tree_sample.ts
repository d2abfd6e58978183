import type { ProcessRow } from "./process_table.ts";
import type { ProcessTree } from "./process_tree.ts";
import { SYSTEM_SHELL, systemOutput } from "./system_command.ts";

/** What a child's tree had done at one moment, since each of its processes began. */
export interface TreeSample {
  /** When it was looked at, on the clock of `performance.now()`. */
  atMs: number;
  members: readonly MemberSample[];
}

/** One process of a tree. */
export interface MemberSample {
  /** pid and start time: equal text means the same process. */
  key: string;
  /** Whether it is in the child's own group or session: the CLI itself, and no tool of it. */
  own: boolean;
  cpuMs: number;
  /** CPU time of its children that have ended. */
  endedCpuMs: number;
  /** Left out where the system does not tell. */
  io?: MemberIo;
}

/** What a process and its ended children moved; pipes and terminals count too but for `diskBytes`. */
export interface MemberIo {
  readBytes: number;
  writtenBytes: number;
  /** What was written to files on a disk. */
  diskBytes: number;
}

/**
 * Looks at the tree of the child with process `rootPid`. Undefined where the system shows nothing of
 * it: that is no sign of rest.
 */
export async function sampleTree(
  tree: Pick<ProcessTree, "members">,
  rootPid: number,
): Promise<TreeSample | undefined> {
  const atMs = performance.now();
  const rows = (await tree.members()).filter((row) => row.cpuMs !== undefined);
  if (rows.length === 0) return undefined;
  const io = await ioOf(rows);
  return {
    atMs,
    members: rows.map((row) => ({
      key: `${row.pid} ${row.startTime}`,
      own: [row.pid, row.pgid, row.sid].includes(rootPid),
      cpuMs: row.cpuMs ?? 0,
      endedCpuMs: row.endedCpuMs ?? 0,
      ...(io.has(row.pid) ? { io: io.get(row.pid) } : {}),
    })),
  };
}

const IO_OF = `for pid do echo "pid $pid"; cat "/proc/$pid/io" 2>/dev/null; done`;

async function ioOf(rows: readonly ProcessRow[]): Promise<Map<number, MemberIo>> {
  if (Deno.build.os !== "linux") return new Map();
  const pids = rows.map((row) => String(row.pid));
  try {
    return parseIo(await systemOutput(SYSTEM_SHELL, ["-c", IO_OF, "sh", ...pids]));
  } catch {
    // No process can be started for it: CPU time is known all the same.
    return new Map();
  }
}

/**
 * Reads `pid N` lines, each with the `/proc/N/io` record behind it; one that may not be read (another
 * user's, or one that hides its memory as Codex does) is left out.
 */
export function parseIo(text: string): Map<number, MemberIo> {
  const found = new Map<number, MemberIo>();
  for (const part of text.split(/^pid /m)) {
    const of = (name: string) => Number(new RegExp(`^${name}: ([0-9]+)$`, "m").exec(part)?.[1]);
    const io = {
      readBytes: of("rchar"),
      writtenBytes: of("wchar"),
      diskBytes: of("write_bytes"),
    };
    if (!Object.values(io).some(Number.isNaN)) found.set(Number.parseInt(part, 10), io);
  }
  return found;
}
