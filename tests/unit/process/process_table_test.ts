import { assert, assertEquals } from "@std/assert";
import {
  parseDarwin,
  parseLinux,
  startTimeOf,
  systemProcessTable,
} from "../../../lib/process/process_table.ts";

const BOOT = "a3b167a0-1111-2222-3333-444444444444\n";
const rest = (start: number) => `0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ${start} 2048 100`;

Deno.test("a record of /proc gives pid, parent, group, session and start time", () => {
  assertEquals(parseLinux(`.\n${BOOT}42 (sh) S 7 40 39 ${rest(113493)}\n`), [
    {
      pid: 42,
      ppid: 7,
      pgid: 40,
      sid: 39,
      startTime: "a3b167a0.113493",
      marked: false,
      cpuMs: 110,
      endedCpuMs: 150,
    },
  ]);
});

Deno.test("a program's name may hold parentheses, blanks and line breaks", () => {
  const text = `/proc/43/environ\n.\n${BOOT}` +
    `41 (a) S 1 1 1) S 7 41 41 ${rest(1)}\n` +
    `43 (b\n99 (c) S 1) S 7 43 43 ${rest(2)}\n` +
    `44 ((sd-pam)) S 7 44 44 ${rest(3)}\n`;
  assertEquals(parseLinux(text).map(({ pid, ppid, pgid, marked }) => [pid, ppid, pgid, marked]), [
    [41, 7, 41, false],
    [43, 7, 43, true],
    [44, 7, 44, false],
  ]);
});

Deno.test("zombies are no living processes", () => {
  assertEquals(parseLinux(`.\n${BOOT}42 (sh) Z 7 40 39 ${rest(1)}\n`), []);
});

Deno.test("a process that was stopped is told from one that waits", () => {
  const text = `.\n${BOOT}42 (sh) T 7 40 39 ${rest(1)}\n43 (sh) t 7 40 39 ${rest(1)}\n` +
    `44 (T) S 7 40 39 ${rest(1)}\n`;
  assertEquals(parseLinux(text).map((row) => row.stopped), [true, true, undefined]);
  const table = "  501     1   501 T    0:00.01 Wed Nov 25 09:05:01 2026\n";
  assertEquals(parseDarwin(table, "", undefined).map((row) => row.stopped), [true]);
});

Deno.test("the listing of macOS is read by its manual", () => {
  const table = "    1     0     1 Ss     1:02.34 Mon Nov 23 10:00:00 2026\n" +
    "  501     1   501 S+   1:00:00.50 Wed Nov 25  9:05:01 2026    \n" +
    "  502   501   501 Z      0:00.00 Wed Nov 25 09:05:02 2026\n";
  const environments = "  501 node x.js HOME=/h _OUROBOROS_WORKER=w.1. PATH=/bin\n  502 sh\n";
  assertEquals(parseDarwin(table, environments, "w.1."), [
    {
      pid: 1,
      ppid: 0,
      pgid: 1,
      sid: 0,
      startTime: "Mon Nov 23 10:00:00 2026",
      marked: false,
      cpuMs: 62_340,
    },
    {
      pid: 501,
      ppid: 1,
      pgid: 501,
      sid: 0,
      startTime: "Wed Nov 25 9:05:01 2026",
      marked: true,
      cpuMs: 3_600_500,
    },
  ]);
});

Deno.test("the system's own listing shows this process, with the time that it is asked for alone", async () => {
  if (Deno.build.os === "windows") return;
  const own = (await systemProcessTable()(undefined)).find((row) => row.pid === Deno.pid);
  assert(own !== undefined && own.startTime !== "");
  assertEquals(await startTimeOf(Deno.pid), own.startTime);
});

Deno.test("a pid that is nobody's has no start time", async () => {
  for (const pid of [0, -1, 1.5, 2 ** 30]) assertEquals(await startTimeOf(pid), undefined);
});
