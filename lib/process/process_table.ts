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
      ...(/[Tt]/.test(match[3]!) ? { stopped: true } : {}),
    });
  }
  return rows;
}

async function listDarwin(marker: string | undefined): Promise<ProcessRow[]> {
  const environments = marker === undefined
    ? ""
    : await systemOutput("/bin/ps", ["-axEww", "-o", "pid=,command="]);
  const table = await systemOutput("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="]);
  return parseDarwin(table, environments, marker);
}

/** Reads `ps -axo pid=,ppid=,pgid=,stat=,lstart=` and the pids that `ps -E` shows with the marker. */
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
  for (const match of table.matchAll(/^ *([0-9]+) +([0-9]+) +([0-9]+) +(\S+) +(.+?) *$/gm)) {
    if (match[4]!.startsWith("Z")) continue;
    const pid = Number(match[1]);
    rows.push({
      pid,
      ppid: Number(match[2]),
      pgid: Number(match[3]),
      sid: 0,
      startTime: match[5]!.replace(/ +/g, " "),
      marked: marked.has(pid),
      ...(match[4]!.startsWith("T") ? { stopped: true } : {}),
    });
  }
  return rows;
}

async function listWindows(): Promise<ProcessRow[]> {
  const script = "Get-CimInstance Win32_Process | ForEach-Object " +
    '{ "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks)" }';
  const text = await systemOutput("powershell.exe", ["-NoProfile", "-Command", script]);
  return [...text.matchAll(/^([0-9]+) ([0-9]+) ([0-9]+)\r?$/gm)].map((match) => ({
    pid: Number(match[1]),
    ppid: Number(match[2]),
    pgid: 0,
    sid: 0,
    startTime: match[3]!,
    marked: false,
  }));
}
