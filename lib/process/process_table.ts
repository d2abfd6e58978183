import { markerText } from "./marker.ts";
import { SYSTEM_SHELL, systemOutput } from "./system_command.ts";

/** One living process (zombies are left out: nothing runs in them). */
export interface ProcessRow {
  pid: number;
  ppid: number;
  /** Process group; 0 where the system has none. */
  pgid: number;
  /** Session; 0 where the system does not tell. */
  sid: number;
  /** Opaque; equal text for equal pid means the same process, also after a reboot. */
  startTime: string;
  /** Whether its environment holds the marker that was asked for. */
  marked: boolean;
  /** CPU time that it used so far; left out where the system does not tell. */
  cpuMs?: number;
  /** CPU time of children of its own that have ended; left out where it is part of `cpuMs`, or not told. */
  endedCpuMs?: number;
  /** It was stopped (SIGSTOP, Ctrl-Z, a debugger): it does nothing until it is continued. */
  stopped?: true;
}

/** All living processes; `marker` is what {@link ProcessRow.marked} tells. */
export type ListProcesses = (marker: string | undefined) => Promise<ProcessRow[]>;

/**
 * The system's own listing. A program with limited permissions may not read `/proc` (Deno refuses it
 * to anything less than `--allow-all`), so a shell reads it for us. Linux is tried; macOS and Windows
 * follow their manuals.
 */
export function systemProcessTable(os: typeof Deno.build.os = Deno.build.os): ListProcesses {
  if (os === "windows") return listWindows;
  return os === "darwin" ? listDarwin : listLinux;
}

/** The start time of one living process in the form of {@link ProcessRow.startTime}, or undefined. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  return (await processRow(pid))?.startTime;
}

/** One living process, or undefined. */
export async function processRow(pid: number): Promise<ProcessRow | undefined> {
  if (!Number.isSafeInteger(pid) || pid < 1) return undefined;
  const rows = Deno.build.os === "linux"
    ? parseLinux(await systemOutput(SYSTEM_SHELL, ["-c", LINUX_ONE, "sh", String(pid)]))
    : await systemProcessTable()(undefined);
  return rows.find((row) => row.pid === pid);
}

const BOOT = "/proc/sys/kernel/random/boot_id";
/** `/proc/PID/stat` counts CPU time in hundredths of a second, whatever the kernel's own tick is. */
const CPU_TICK_MS = 10;
const LINUX_ONE = `cat ${BOOT} "/proc/$1/stat" 2>/dev/null`;
// The marked ones first: the table must be the newer of the two.
const LINUX_ALL =
  `[ -z "$1" ] || grep -lazsF -e "$1" /proc/[0-9]*/environ; echo .; cat ${BOOT} /proc/[0-9]*/stat 2>/dev/null`;

async function listLinux(marker: string | undefined): Promise<ProcessRow[]> {
  const text = marker === undefined ? "" : markerText(marker);
  return parseLinux(await systemOutput(SYSTEM_SHELL, ["-c", LINUX_ALL, "sh", text]));
}

/**
 * Reads the marked environments' names, a line with a dot, the boot id and `/proc/PID/stat` records.
 * A program's name stands in a record in parentheses and may itself hold ")", spaces and line breaks,
 * but it has 15 bytes at most, so the long row of numbers behind it cannot be imitated.
 */
export function parseLinux(text: string): ProcessRow[] {
  const marked = new Set(
    [...text.matchAll(/^\/proc\/([0-9]+)\/environ$/gm)].map((match) => Number(match[1])),
  );
  const boot = /^([0-9a-f]{8})-[0-9a-f-]{27}$/m.exec(text)?.[1] ?? "";
  const rows: ProcessRow[] = [];
  for (
    const match of text.matchAll(/^([0-9]+) \(([\s\S]{0,64}?)\) ([A-Za-z])((?: -?[0-9]+){20,})$/gm)
  ) {
    const numbers = match[4]!.trim().split(" ");
    if (match[3] === "Z" || match[3] === "X") continue;
    const pid = Number(match[1]);
    rows.push({
      pid,
      ppid: Number(numbers[0]),
      pgid: Number(numbers[1]),
      sid: Number(numbers[2]),
      startTime: `${boot}.${numbers[18]}`,
      marked: marked.has(pid),
      cpuMs: (Number(numbers[10]) + Number(numbers[11])) * CPU_TICK_MS,
      endedCpuMs: (Number(numbers[12]) + Number(numbers[13])) * CPU_TICK_MS,
      ...(/[Tt]/.test(match[3]!) ? { stopped: true } : {}),
    });
  }
  return rows;
}

async function listDarwin(marker: string | undefined): Promise<ProcessRow[]> {
  const environments = marker === undefined
    ? ""
    : await systemOutput("/bin/ps", ["-axEww", "-o", "pid=,command="]);
  // -S adds the time of children that have ended to their parent's.
  const table = await systemOutput("/bin/ps", ["-axSo", "pid=,ppid=,pgid=,stat=,time=,lstart="]);
  return parseDarwin(table, environments, marker);
}

/** Reads `ps -axSo pid=,ppid=,pgid=,stat=,time=,lstart=` and the pids that `ps -E` shows with the marker. */
export function parseDarwin(
  table: string,
  environments: string,
  marker: string | undefined,
): ProcessRow[] {
  const marked = new Set<number>();
  for (const line of marker === undefined ? [] : environments.split("\n")) {
    if (line.includes(` ${markerText(marker!)}`)) marked.add(Number.parseInt(line, 10));
  }
  const rows: ProcessRow[] = [];
  const row = /^ *([0-9]+) +([0-9]+) +([0-9]+) +(\S+) +([0-9:.]+) +(.+?) *$/gm;
  for (const match of table.matchAll(row)) {
    if (match[4]!.startsWith("Z")) continue;
    const pid = Number(match[1]);
    rows.push({
      pid,
      ppid: Number(match[2]),
      pgid: Number(match[3]),
      sid: 0,
      startTime: match[6]!.replace(/ +/g, " "),
      marked: marked.has(pid),
      cpuMs: clockMs(match[5]!),
      ...(match[4]!.startsWith("T") ? { stopped: true } : {}),
    });
  }
  return rows;
}

/** Milliseconds of `minutes:seconds.hundredths`, with hours before them or without. */
function clockMs(text: string): number {
  return Math.round(text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}

async function listWindows(): Promise<ProcessRow[]> {
  const script = "Get-CimInstance Win32_Process | ForEach-Object " +
    '{ "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks) ' +
    '$([int64](($_.UserModeTime + $_.KernelModeTime) / 10000))" }';
  const text = await systemOutput("powershell.exe", ["-NoProfile", "-Command", script]);
  return [...text.matchAll(/^([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+)\r?$/gm)].map((match) => ({
    pid: Number(match[1]),
    ppid: Number(match[2]),
    pgid: 0,
    sid: 0,
    startTime: match[3]!,
    marked: false,
    cpuMs: Number(match[4]),
  }));
}
