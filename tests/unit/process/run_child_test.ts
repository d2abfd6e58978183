import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { ChildEnd, ChildLimits } from "../../../lib/process/child.ts";
import { eventually, lives, shell, WIDE, withProcesses } from "../../helpers/process_fixture.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A limit that a silent child of {@link WORK_SECONDS} passes several times. */
const IDLE: ChildLimits = { ...WIDE, startMs: 1200, idleMs: 1200 };
const WORK_SECONDS = 6;

/** Shell that does `body` again and again for so long, and says that it has. */
const forAWhile = (body: string) =>
  `end=$(($(date +%s) + ${WORK_SECONDS})); while [ $(date +%s) -lt $end ]; do ${body}; done; echo done`;

/** Shell that uses some tenths of a second of CPU time. */
const BURN = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

/** How a script ends under limits on silence, and the lines and pids that it told. */
async function end(
  script: string,
  options: { cwd?: string; limits?: ChildLimits } = {},
): Promise<ChildEnd & { lines: string[]; pids: number[] }> {
  const lines: string[] = [];
  const pids: number[] = [];
  let seen: ChildEnd | undefined;
  await withProcesses(async (processes) => {
    const child = await processes.start({
      ...shell(script),
      cwd: "/",
      limits: IDLE,
      ...options,
      stop: [{ signal: "SIGTERM", graceMs: 300 }],
      onLine: (_stream, line) =>
        line.startsWith("pid ") ? pids.push(Number(line.slice(4))) : lines.push(line),
    });
    seen = await child.ended;
  });
  return { ...seen!, lines, pids };
}

Deno.test("a child that burns CPU in silence is left alone to its end", async () => {
  const { reason, why, lines } = await end(forAWhile(BURN));
  assertEquals([reason, lines], ["completed", ["done"]], why);
});

Deno.test("a tool in a session of its own that burns CPU keeps its parent alive", async () => {
  const { reason, why } = await end(`setsid -w sh -c '${forAWhile(BURN)}' >/dev/null`);
  assertEquals(reason, "completed", why);
});

Deno.test("a child that starts one working child after the other is left alone", async () => {
  const { reason, why } = await end(forAWhile(`setsid -w sh -c '${BURN}'; sleep 0.1`));
  assertEquals(reason, "completed", why);
});

Deno.test("a tool that adds a line to a file now and then is left alone", async () => {
  await using dir = await tempDir();
  const line = 'echo "a line of some length, which nobody sees: $(date)" >>log';
  await Deno.writeTextFile(
    `${dir.path}/tool`,
    forAWhile(`${line}; ${line}; ${line}; ${line}; sleep 0.2`),
  );
  const { reason, why } = await end("setsid -w sh ./tool >/dev/null", { cwd: dir.path });
  assertEquals(reason, "completed", why);
});

Deno.test("a child that writes a large file in silence is left alone", async () => {
  await using dir = await tempDir();
  const { reason, why } = await end(
    forAWhile("dd if=/dev/zero of=big bs=100000 count=1 2>/dev/null; sleep 0.2"),
    { cwd: dir.path },
  );
  assertEquals(reason, "completed", why);
});

Deno.test("a child that sleeps for ever is ended, with what was seen of it", async () => {
  const { reason, limit, seen, why } = await end("echo one; sleep 300");
  assertEquals([reason, limit], ["timed_out", "idle"], why);
  assertMatch(
    seen!,
    /^no output for [12]s; in the last [12]s its [12] process(es)? used (no CPU time|0\.0\d s of CPU) and wrote nothing/,
  );
  assertStringIncludes(why, seen!);
});

Deno.test("one that never says a word is ended by the start limit, with what was seen", async () => {
  const { limit, seen, why } = await end("sleep 300");
  assertEquals(limit, "start", why);
  assertMatch(seen!, /^no output in its first [12]s; in the last /);
});

Deno.test("a tool that sleeps in a session of its own is seen, and ended too", async () => {
  const { limit, seen, pids, why } = await end(
    "setsid sh -c 'echo pid $$; exec sleep 300' & wait",
  );
  assertEquals(limit, "idle", why);
  assertStringIncludes(seen!, "its 2 processes used ");
  assertEquals(pids.length, 1);
  assert(await eventually(async () => !await lives(pids[0]!)), `${pids[0]} lives`);
});

Deno.test("a loop that only sleeps is no work", async () => {
  const limits = { ...WIDE, idleMs: 5000 };
  const { limit, seen, why } = await end("while :; do sleep 1; done", { limits });
  assertEquals(limit, "idle", why);
  assertStringIncludes(seen!, "(1 new, 1 ended)");
});

Deno.test("work that goes on for ever meets the total limit", async () => {
  const limits = { ...WIDE, idleMs: 500, totalMs: 4000 };
  const { limit, why } = await end(`while :; do ${BURN}; done`, { limits });
  assertEquals(limit, "total", why);
});
