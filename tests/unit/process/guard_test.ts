import { assert, assertEquals } from "@std/assert";
import { Guard } from "../../../lib/process/guard.ts";
import { within } from "../../../lib/process/within.ts";
import { eventually, lives, random, shell, withProcesses } from "../../helpers/process_fixture.ts";
import { createProcesses } from "../../../lib/process/processes.ts";

/** Processes whose whole command line contains `text`, zombies left out. */
async function running(text: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "stat=,pid=,args="] }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(text) && !line.startsWith("Z"));
}

Deno.test("a SIGKILL of us leaves nothing alive: not in other sessions, not re-parented, not without our marker", async () => {
  // A length that no other process on the machine sleeps for.
  const length = `300.${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const program = new URL("../../helpers/process_guard_program.ts", import.meta.url).pathname;
  const worker = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, length],
    stdout: "piped",
  }).spawn();
  const reader = worker.stdout.getReader();
  await reader.read();
  const tree = await running(`sleep ${length}`);
  assert(tree.length >= 8, `the tree stands: ${tree.join("\n")}`);

  worker.kill("SIGKILL");
  await worker.status;
  await reader.cancel();
  assert(await eventually(async () => (await running(`sleep ${length}`)).length === 0, 5000));
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  Deno.test(`a program of ours below us goes with everything that it started, at ${signal}`, () =>
    withProcesses(async (processes) => {
      const length = `300.${crypto.getRandomValues(new Uint32Array(1))[0]}`;
      const program = new URL("../../helpers/process_guard_program.ts", import.meta.url).pathname;
      let ready = false;
      const child = await processes.start({
        ...shell(""),
        argv: [Deno.execPath(), "run", "-A", "--no-check", program, length],
        env: { values: Deno.env.toObject() },
        stop: [{ signal, graceMs: 10_000 }],
        onLine: (_stream, line) => ready ||= line === "ready",
      });
      assert(await eventually(() => ready, 30_000));
      assert((await running(`sleep ${length}`)).length >= 8);
      child.stop("cancelled");
      const end = await child.ended;
      assertEquals([end.reason, end.signal], ["cancelled", signal]);
      assert(await eventually(async () => (await running(length)).length === 0, 5000));
    }));
}

Deno.test("a guard that is let go ends nothing", async () => {
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  const guard = new Guard("test.");
  guard.add(child.pid);
  const pid = (await pidOf(guard))!;
  assertEquals(await lives(pid), true);
  await guard.close();
  // Its end is known by that of its output, which comes a moment before that of the process.
  assert(await eventually(async () => !await lives(pid)), `${pid} lives`);
  assertEquals(await lives(child.pid), true);
  child.kill("SIGKILL");
  await child.status;
});

Deno.test("a guard starts with the first child, and not before or for a quick one", () =>
  withProcesses(async (processes) => {
    await processes.capture(shell("exit 0"));
    assertEquals(await guardsOf(Deno.pid), []);
    const child = await processes.start(shell("exit 0"));
    assert(await eventually(async () => (await guardsOf(Deno.pid)).length === 1));
    await child.ended;
  }));

Deno.test("a guard that somebody ended is started again with all children", async () => {
  const guard = new Guard("test.");
  guard.ready();
  const first = (await pidOf(guard))!;
  Deno.kill(first, "SIGKILL");
  assert(await eventually(async () => await pidOf(guard) === undefined));
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  guard.add(child.pid);
  const second = await pidOf(guard);
  assert(second !== undefined && second !== first);
  await guard.close();
  child.kill("SIGKILL");
  await child.status;
});

Deno.test("a child that has ended is forgotten: its number may be another's", async () => {
  const guard = new Guard("nobody-has-this-marker.");
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  guard.add(child.pid);
  guard.end(child.pid);
  const pid = (await pidOf(guard))!;
  guard.hangUp();
  assert(await eventually(async () => !await lives(pid)));
  assertEquals(await lives(child.pid), true);
  child.kill("SIGKILL");
  await child.status;
});

Deno.test("at a hang-up a guard ends what was added to it", async () => {
  const guard = new Guard("nobody-has-this-marker.");
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  guard.add(child.pid);
  const pid = (await pidOf(guard))!;
  guard.hangUp();
  assertEquals((await child.status).signal, "SIGTERM");
  assert(await eventually(async () => !await lives(pid)), "the guard goes when it is done");
});

Deno.test("stopping a tree leaves the guard alone", async () => {
  const processes = createProcesses({ depth: 0, chain: [], marker: `m${Deno.pid}`, random });
  const child = await processes.start(shell("sleep 300"));
  assert(await eventually(async () => (await guardsOf(Deno.pid)).length === 1));
  const before = await guardsOf(Deno.pid);
  child.stop("cancelled");
  await child.ended;
  assertEquals(await guardsOf(Deno.pid), before);
  await processes.close();
});

/** A guard keeps no program alive, so somebody must while it is asked. */
function pidOf(guard: Guard): Promise<number | undefined> {
  return within(guard.pid, 10_000);
}

/** pids of the guards of a process. */
async function guardsOf(pid: number): Promise<(string | undefined)[]> {
  const name = `ouroboros-guard of ${pid}`;
  return (await running(name)).filter((line) => line.trimEnd().endsWith(name))
    .map((line) => line.trim().split(/\s+/)[1]);
}
