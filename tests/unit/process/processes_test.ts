import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { Child, ChildEnd, ChildSpec } from "../../../lib/process/child.ts";
import { createProcesses } from "../../../lib/process/processes.ts";
import { pause } from "../../../lib/process/within.ts";
import {
  eventually,
  lives,
  random,
  shell,
  WIDE,
  withProcesses,
} from "../../helpers/process_fixture.ts";

type Seen = { end: ChildEnd; lines: string[]; pids: number[] };

/**
 * Runs a script to its end. Lines "pid N" are collected apart; `onReady` is called at the line
 * "ready".
 */
async function run(
  script: string,
  more: Partial<ChildSpec> = {},
  onReady: (child: Child) => void = () => {},
): Promise<Seen> {
  const lines: string[] = [];
  const pids: number[] = [];
  let seen: Seen | undefined;
  await withProcesses(async (processes) => {
    let ready!: () => void;
    const isReady = new Promise<void>((resolve) => ready = resolve);
    const child = await processes.start({
      ...shell(script),
      ...more,
      onLine(stream, line) {
        if (/^pid \d+$/.test(line)) pids.push(Number(line.slice(4)));
        else if (line === "ready") ready();
        // A shell says "Terminated" of its own children.
        else if (line !== "Terminated") lines.push(`${stream}: ${line}`);
      },
    });
    isReady.then(() => onReady(child));
    seen = { end: await child.ended, lines, pids };
  });
  return seen!;
}

async function assertGone(pids: number[], count: number): Promise<void> {
  assertEquals(pids.length, count, "the program told its pids");
  for (const pid of pids) assert(await eventually(async () => !await lives(pid)), `${pid} lives`);
}

const QUICK = [{ signal: "SIGTERM", graceMs: 300 }] as const;

Deno.test("exit code 0 is completed, and every line arrives", async () => {
  const { end, lines } = await run("echo one; echo two; printf three");
  assertEquals(end.reason, "completed");
  assertEquals([end.code, end.signal, end.reaped, end.stdoutBytes], [0, null, 0, 13]);
  assertEquals(lines, ["stdout: one", "stdout: two", "stdout: three"]);
  assertEquals(end.stdoutTail, "one\ntwo\nthree");
});

Deno.test("another exit code is failed, with the last words", async () => {
  const { end } = await run("echo 'no key' >&2; exit 3");
  assertEquals([end.reason, end.code, end.stderrTail], ["failed", 3, "no key\n"]);
  assertStringIncludes(end.why, 'exit code 3; last words: "no key"');
});

Deno.test("a death by signal is failed, and names the signal", async () => {
  const { end } = await run("kill -9 $$");
  assertEquals([end.reason, end.code, end.signal], ["failed", null, "SIGKILL"]);
  assertStringIncludes(end.why, "killed by SIGKILL");
});

Deno.test("H1.a a child that stays silent is ended by the start limit", async () => {
  const { end } = await run("sleep 60", { limits: { ...WIDE, startMs: 200 } });
  assertEquals([end.reason, end.limit], ["timed_out", "start"]);
});

Deno.test("H1.a a child that falls silent is ended by the idle limit", async () => {
  const { end } = await run("echo one; sleep 60", {
    limits: { ...WIDE, startMs: 30_000, idleMs: 200 },
  });
  assertEquals([end.reason, end.limit, end.stdoutTail], ["timed_out", "idle", "one\n"]);
});

Deno.test("H1.a a slow drip is no silence: only the total limit ends it", async () => {
  const { end, lines } = await run("while :; do echo x; sleep 0.05; done", {
    limits: { ...WIDE, idleMs: 5000, totalMs: 700 },
  });
  assertEquals([end.reason, end.limit], ["timed_out", "total"]);
  assert(lines.length > 0);
});

Deno.test("H1.b a child that speaks only at its end is not judged by silence", async () => {
  const { end, lines } = await run("sleep 1; echo answer");
  assertEquals([end.reason, lines], ["completed", ["stdout: answer"]]);
});

Deno.test("H1.c a child that never exits ends within limit and grace, and says what was seen", async () => {
  const { end } = await run("echo thinking >&2; sleep 60", { limits: { ...WIDE, totalMs: 200 } });
  assertEquals([end.reason, end.limit, end.signal], ["timed_out", "total", "SIGTERM"]);
  assertStringIncludes(end.why, 'total limit of 0.2 s reached; last words: "thinking"');
});

Deno.test("H1.d a child that ignores TERM is killed after the grace", async () => {
  const begin = performance.now();
  const { end } = await run("trap '' TERM INT; echo ready; while :; do sleep 1; done", {
    stop: [{ signal: "SIGINT", graceMs: 100 }, { signal: "SIGTERM", graceMs: 200 }],
  }, (child) => child.stop("cancelled"));
  assertEquals([end.reason, end.signal], ["cancelled", "SIGKILL"]);
  assert(performance.now() - begin >= 300, "both graces were given");
});

Deno.test("the ladder's first signal is the first that the child sees, once, and its answer ends the wait", async () => {
  const { end, lines } = await run(
    "trap 'echo int >&2' INT; trap 'echo term >&2; exit 9' TERM; echo ready; while :; do sleep 0.05; done",
    { stop: [{ signal: "SIGINT", graceMs: 400 }, { signal: "SIGTERM", graceMs: 30_000 }] },
    (child) => child.stop("cancelled"),
  );
  assertEquals(lines, ["stderr: int", "stderr: term"]);
  assertEquals([end.reason, end.code], ["cancelled", 9]);
});

Deno.test("H1.e grandchildren die too: background, own session, re-parented, own environment", async () => {
  const script = [
    "sleep 300 & echo pid $!",
    "setsid sh -c 'echo pid $$; exec sleep 300' &",
    "(setsid sh -c 'echo pid $$; sleep 300 & echo pid $!; wait' &)",
    "env -i PATH=$PATH setsid sh -c 'echo pid $$; exec sleep 300' &",
    "sh -c 'trap \"\" TERM; echo pid $$; while :; do sleep 1; done' &",
    "sleep 0.3; echo ready; wait",
  ].join("\n");
  const { end, pids } = await run(script, { stop: QUICK }, (child) => child.stop("cancelled"));
  assertEquals(end.reason, "cancelled");
  await assertGone(pids, 6);
});

Deno.test("what a child leaves behind is ended and counted, at a normal end too", async () => {
  const script = "(setsid sh -c 'echo pid $$; exec sleep 300' &)\n" +
    "(setsid sh -c 'trap \"\" TERM; echo pid $$; exec >&- 2>&-; while :; do sleep 0.2; done' &)\n" +
    "sleep 0.3; echo done";
  const { end, pids, lines } = await run(script);
  assertEquals([end.reason, end.code, lines], ["completed", 0, ["stdout: done"]]);
  assert(end.reaped >= 2, `reaped ${end.reaped}`);
  assertStringIncludes(end.why, "that it left running");
  await assertGone(pids, 2);
});

Deno.test("what a child leaves behind lives on where that is wanted", async () => {
  const { end, pids } = await run("(setsid sh -c 'echo pid $$; exec sleep 300' &) ; sleep 0.2", {
    reapDescendants: false,
  });
  assertEquals([end.reason, end.reaped], ["completed", 0]);
  assertEquals(await lives(pids[0]!), true);
  Deno.kill(pids[0]!, "SIGKILL");
});

Deno.test("one child's end does not touch another's processes", () =>
  withProcesses(async (processes) => {
    const pids: number[] = [];
    const other = await processes.start({
      ...shell("(setsid sh -c 'echo pid $$; exec sleep 300' &); sleep 300"),
      onLine: (_stream, line) => pids.push(Number(line.slice(4))),
    });
    assert(await eventually(() => pids.length === 1));
    const child = await processes.start(shell("sleep 300"));
    child.stop("cancelled");
    assertEquals((await child.ended).reason, "cancelled");
    assertEquals(await lives(pids[0]!), true);
    assertEquals(await processes.alive(other.identity), true);
    other.stop("cancelled");
    await other.ended;
    await assertGone(pids, 1);
  }));

Deno.test("H1.f stdout after a stop reaches nobody, stderr still does", async () => {
  const { end, lines } = await run(
    "trap 'echo late answer; echo session_id: x >&2; exit 0' TERM; echo early; echo ready; while :; do sleep 0.05; done",
    {},
    (child) => child.stop("timed_out"),
  );
  assertEquals(lines, ["stdout: early", "stderr: session_id: x"]);
  assertEquals([end.reason, end.code], ["timed_out", 0]);
  assert(!end.stdoutTail.includes("late"));
});

Deno.test("H1.g an abort is a cancel, not a failure, and the first reason wins", async () => {
  const abort = new AbortController();
  const { end } = await run(
    "echo ready; sleep 60",
    { cancel: abort.signal, stop: QUICK },
    (child) => {
      abort.abort();
      child.stop("timed_out");
    },
  );
  assertEquals([end.reason, end.limit], ["cancelled", undefined]);
  assertStringIncludes(end.why, "cancelled");
});

Deno.test("a cancel before the start starts nothing", () =>
  withProcesses(async (processes) => {
    const folder = await Deno.makeTempDir();
    const error = await assertRejects(
      () => processes.start({ ...shell(`: >${folder}/started`), cancel: AbortSignal.abort() }),
      OuroborosError,
    );
    assertEquals(error.code, "cancelled");
    assertEquals([...Deno.readDirSync(folder)], []);
    await Deno.remove(folder);
  }));

Deno.test("a cancel while it starts ends it", () =>
  withProcesses(async (processes) => {
    const abort = new AbortController();
    const starting = processes.start({ ...shell("sleep 60"), cancel: abort.signal });
    abort.abort();
    const outcome = await starting.then((child) => child.ended, (error) => error);
    assertEquals(outcome.reason ?? outcome.code, "cancelled");
  }));

Deno.test("a cancel after the end changes nothing", () =>
  withProcesses(async (processes) => {
    const abort = new AbortController();
    const child = await processes.start({ ...shell("exit 0"), cancel: abort.signal });
    await child.ended;
    abort.abort();
    child.stop("timed_out");
    assertEquals((await child.ended).reason, "completed");
  }));

Deno.test("H1.h stdin is at its end where nothing is fed", async () => {
  assertEquals((await run("cat; echo end")).lines, ["stdout: end"]);
});

Deno.test("H1.h stdin is fed whole and closed", async () => {
  const { lines } = await run("wc -c", { stdin: "é".repeat(1_000_000) });
  assertEquals(lines.map((line) => line.replace(/ +/, " ")), ["stdout: 2000000"]);
});

Deno.test("2 MB on the stdin of a child that does not read it block nobody", async () => {
  const { end, lines } = await run("echo ready; exit 0", { stdin: "x".repeat(2_000_000) });
  assertEquals([end.reason, lines], ["completed", []]);
  const held = await run(
    "echo ready; sleep 60",
    { stdin: "x".repeat(2_000_000), stop: QUICK },
    (child) => child.stop("cancelled"),
  );
  assertEquals(held.end.reason, "cancelled");
});

Deno.test("coverage 8: a flood on stderr does not block stdout", async () => {
  const { end, lines } = await run("head -c 20000000 /dev/zero | tr '\\0' x >&2; echo done");
  assertEquals([end.reason, end.stderrBytes], ["completed", 20_000_000]);
  assert(lines.includes("stdout: done"));
});

Deno.test("coverage 8: a child that closes its output and lives on is followed to its end", async () => {
  const { end } = await run("exec >&- 2>&-; sleep 0.5; exit 4");
  assertEquals([end.reason, end.code], ["failed", 4]);
  const limited = await run("exec >&- 2>&-; sleep 60", {
    limits: { ...WIDE, totalMs: 400 },
    stop: QUICK,
  });
  assertEquals([limited.end.reason, limited.end.limit], ["timed_out", "total"]);
});

Deno.test("a background process that holds the pipes does not hold us", async () => {
  const { end, lines } = await run(
    "(setsid sh -c 'while :; do echo noise; sleep 0.05; done' &) ; echo answer",
  );
  assertEquals(end.reason, "completed");
  assert(lines.includes("stdout: answer"));
  assert(end.reaped >= 1);
});

Deno.test("what was in the pipe at the exit is read to the end", async () => {
  for (let round = 0; round < 5; round++) {
    const { lines } = await run("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done");
    assertEquals([lines.length, lines.at(-1)], [3000, "stdout: line 2999"]);
  }
});

Deno.test("coverage 3: empty output, NUL bytes and binary noise end as they are", async () => {
  assertEquals((await run("exit 0")).lines, []);
  const { end, lines } = await run("printf 'a\\000b\\n\\377\\376\\n\\303'");
  assertEquals(lines, ["stdout: a\0b", "stdout: \ufffd\ufffd", "stdout: \ufffd"]);
  assertEquals(end.strayBytes, 3);
});

Deno.test("coverage 3: output over its limit ends the tree, and what came before is kept", async () => {
  const { end, lines } = await run("yes xxxxxxxxx | head -c 200000000; echo never", {
    limits: { ...WIDE, outputBytes: 1_000_000 },
    stop: QUICK,
  });
  assertEquals([end.reason, end.limit], ["failed", "output"]);
  assertEquals(lines.length, 100_000);
  assertStringIncludes(end.why, "more output than its limit of 1 MB");
});

Deno.test("too much output of a child that has ended already still counts", async () => {
  const { end } = await run("head -c 5000 /dev/zero; exit 0", {
    limits: { ...WIDE, outputBytes: 100 },
  });
  assertEquals([end.reason, end.limit], ["failed", "output"]);
});

Deno.test("coverage 3: 200 MB in one line stay within a small memory, cut and marked", async () => {
  let grown = 0;
  const before = Deno.memoryUsage().rss;
  const timer = setInterval(() => grown = Math.max(grown, Deno.memoryUsage().rss - before), 20);
  const { end, lines } = await run("head -c 200000000 /dev/zero | tr '\\0' x; echo; echo end", {
    limits: { ...WIDE, outputBytes: 3e8, lineBytes: 100_000 },
  });
  clearInterval(timer);
  assertEquals([end.reason, end.cutLines, end.stdoutBytes], ["completed", 1, 200_000_005]);
  assertEquals(lines[1], "stdout: end");
  assertEquals(lines[0]!.length, "stdout: ".length + 100_000 + "… [line cut]".length);
  assert(grown < 120e6, `grew by ${grown} bytes`);
});

Deno.test("a reader that throws ends the child, and is named", () =>
  withProcesses(async (processes) => {
    const child = await processes.start({
      ...shell("echo x; sleep 60"),
      stop: QUICK,
      onLine: () => {
        throw new Error("decoder broke");
      },
    });
    const end = await child.ended;
    assertEquals(end.reason, "failed");
    assertStringIncludes(end.why, "its output could not be taken: decoder broke");
  }));

Deno.test("H2.b a child gets the depth one higher, the chain and its own marker", async () => {
  const lines: string[] = [];
  const markers: string[] = [];
  await withProcesses(async (processes) => {
    for (let n = 0; n < 2; n++) {
      const child = await processes.start({
        ...shell("echo $_OUROBOROS_DEPTH $_OUROBOROS_CHAIN $_OUROBOROS_WORKER"),
        onLine: (_stream, line) => lines.push(line),
      });
      await child.ended;
      markers.push(child.identity.marker);
    }
  }, { depth: 3, chain: ["claude", "hermes"], marker: "w" });
  assertEquals(markers, ["w.1.", "w.2."]);
  assertEquals(lines, markers.map((marker) => `4 claude>hermes>stub ${marker}`));
});

Deno.test("H2.b the spec's own values cannot lower the depth", async () => {
  const { stdout } = await captured("printf %s $_OUROBOROS_DEPTH", {
    env: { values: { PATH: "/usr/bin:/bin", _OUROBOROS_DEPTH: "0" } },
  }, { depth: 2 });
  assertEquals(stdout, "3");
});

async function captured(
  script: string,
  more: Partial<Parameters<ReturnType<typeof createProcesses>["capture"]>[0]> = {},
  options: Parameters<typeof withProcesses>[1] = {},
): Promise<{ end: ChildEnd; stdout: string; stderr: string; bytes: Uint8Array }> {
  let result: Awaited<ReturnType<typeof captured>> | undefined;
  await withProcesses(async (processes) => {
    const got = await processes.capture({ ...shell(script), ...more });
    result = {
      end: got.end,
      stdout: new TextDecoder().decode(got.stdout),
      stderr: got.stderr,
      bytes: got.stdout,
    };
  }, options);
  return result!;
}

Deno.test("H2.b at the cap nothing starts; a question about a repository is still answered", () =>
  withProcesses(async (processes) => {
    const error = await assertRejects(() => processes.start(shell("exit 0")), OuroborosError);
    assertEquals(error.code, "depth_exceeded");
    assertStringIncludes(error.message, "claude > codex > stub");
    assertEquals((await processes.capture(shell("exit 0"))).end.reason, "completed");
  }, { depth: 5, chain: ["claude", "codex"] }));

Deno.test("above the cap not even that starts", () =>
  withProcesses(async (processes) => {
    await assertRejects(() => processes.capture(shell("exit 0")), OuroborosError);
  }, { depth: 6 }));

Deno.test("coverage 9: programs that start one another stop at the cap", async () => {
  const program = new URL("../../helpers/process_recursive_program.ts", import.meta.url).pathname;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program],
    env: { _OUROBOROS_DEPTH: "junk" },
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assertEquals(lines.slice(0, -1), ["0", "1", "2", "3", "4", "5"].map((depth) => `depth ${depth}`));
  assertStringIncludes(lines.at(-1)!, "depth_exceeded");
  assertStringIncludes(lines.at(-1)!, "again > again > again > again > again > again");
});

Deno.test("capture gives raw bytes and the text of stderr", async () => {
  const got = await captured("printf 'a\\000\\377'; printf 'é' >&2; exit 2");
  assertEquals([...got.bytes], [0x61, 0, 0xff]);
  assertEquals([got.stderr, got.end.code, got.end.reason], ["é", 2, "failed"]);
});

Deno.test("capture takes large output whole, up to its limit", async () => {
  const whole = await captured("head -c 3000000 /dev/zero", { maxBytes: 3_000_000 });
  assertEquals([whole.bytes.length, whole.end.reason], [3_000_000, "completed"]);
  const over = await captured("head -c 3000001 /dev/zero", { maxBytes: 3_000_000 });
  assertEquals([over.bytes.length, over.end.reason, over.end.limit], [
    3_000_000,
    "failed",
    "output",
  ]);
  assertStringIncludes(over.end.why, "limit of 3 MB");
});

Deno.test("capture keeps limits too", async () => {
  const { end } = await captured("setsid sleep 300 & sleep 300", {
    limits: { ...WIDE, totalMs: 200 },
    stop: QUICK,
  });
  assertEquals([end.reason, end.limit], ["timed_out", "total"]);
});

Deno.test("capture does not wait for a process in the background that holds the pipe", async () => {
  const { end, stdout } = await captured("echo answer; sleep 3 & exit 0");
  assertEquals([end.reason, stdout], ["completed", "answer\n"]);
});

Deno.test("this process is alive, and no other one with its pid is", () =>
  withProcesses(async (processes) => {
    const self = await processes.self();
    assertEquals(self.pid, Deno.pid);
    assertEquals(await processes.alive(self), true);
    assertEquals(await processes.alive({ pid: self.pid, startTime: "earlier" }), false);
    assertEquals(await processes.alive({ pid: self.pid, startTime: "" }), false);
    const child = await processes.start(shell("sleep 300"));
    assertEquals(await processes.alive(child.identity), true);
    child.stop("cancelled");
    await child.ended;
    assertEquals(await processes.alive(child.identity), false);
  }));

Deno.test("what a dead worker left is reaped by pid, start time and marker; others are not", async () => {
  const spawn = (env: Record<string, string>) =>
    new Deno.Command("sleep", { args: ["300"], env, detached: true }).spawn();
  const ours = spawn({});
  const marked = spawn({ _OUROBOROS_WORKER: "dead.7." });
  const other = spawn({ _OUROBOROS_WORKER: "dead.70." });
  await withProcesses(async (processes) => {
    const table = await import("../../../lib/process/process_table.ts");
    const startTime = (await table.startTimeOf(ours.pid))!;
    const count = await processes.reap([
      { pid: ours.pid, startTime, marker: "gone.1." },
      { pid: 2 ** 22 + 5, startTime: "x", marker: "dead.7." },
      { pid: other.pid, startTime: "another process", marker: "gone.2." },
      { pid: 1, startTime: "", marker: "" },
      { pid: Deno.pid, startTime: "", marker: "" },
    ]);
    assertEquals(count, 2);
    assertEquals((await ours.status).signal, "SIGTERM");
    assertEquals((await marked.status).signal, "SIGTERM");
    assertEquals(await lives(other.pid), true);
    assertEquals(await processes.reap([]), 0);
  });
  other.kill("SIGKILL");
  await other.status;
});

Deno.test("close stops what still runs", async () => {
  const processes = createProcesses({ depth: 0, chain: [], random });
  const child = await processes.start({ ...shell("sleep 300"), stop: QUICK });
  await processes.close();
  assertEquals((await child.ended).reason, "cancelled");
  assertEquals(await lives(child.identity.pid), false);
});

Deno.test("children side by side keep their output apart", () =>
  withProcesses(async (processes) => {
    const all = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const lines: string[] = [];
        const child = await processes.start({
          ...shell(`for i in 1 2 3; do echo ${n}; done`),
          onLine: (_stream, line) => lines.push(line),
        });
        await child.ended;
        return lines.join("");
      }),
    );
    assertEquals(all, Array.from({ length: 8 }, (_, n) => `${n}${n}${n}`));
    await pause(0);
  }));
