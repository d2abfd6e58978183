import { assert, assertEquals } from "@std/assert";
import { Guard } from "../../../lib/process/guard.ts";
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

Deno.test("a guard that is let go ends nothing", async () => {
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  const guard = new Guard("test.");
  guard.add(child.pid);
  const pid = guard.pid!;
  assertEquals(await lives(pid), true);
  await guard.close();
  assertEquals(await lives(pid), false);
  assertEquals(await lives(child.pid), true);
  child.kill("SIGKILL");
  await child.status;
});

Deno.test("a guard starts with the first child, and not before or for a quick one", () =>
  withProcesses(async (processes) => {
    await processes.capture(shell("exit 0"));
    assertEquals(await guardsOf(Deno.pid), []);
    const child = await processes.start(shell("exit 0"));
    assertEquals((await guardsOf(Deno.pid)).length, 1);
    await child.ended;
  }));

Deno.test("a guard that somebody ended is started again with all children", async () => {
  const guard = new Guard("test.");
  guard.ready();
  const first = guard.pid!;
  Deno.kill(first, "SIGKILL");
  assert(await eventually(() => guard.pid === undefined));
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  guard.add(child.pid);
  assert(guard.pid !== undefined && guard.pid !== first);
  await guard.close();
  child.kill("SIGKILL");
  await child.status;
});

Deno.test("a child that has ended is forgotten: its number may be another's", async () => {
  const guard = new Guard("nobody-has-this-marker.");
  const child = new Deno.Command("sleep", { args: ["300"], detached: true }).spawn();
  guard.add(child.pid);
  guard.end(child.pid);
  const pid = guard.pid!;
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
  const pid = guard.pid!;
  guard.hangUp();
  assertEquals((await child.status).signal, "SIGTERM");
  assert(await eventually(async () => !await lives(pid)), "the guard goes when it is done");
});

Deno.test("stopping a tree leaves the guard alone", async () => {
  const processes = createProcesses({ depth: 0, chain: [], marker: `m${Deno.pid}`, random });
  const child = await processes.start(shell("sleep 300"));
  const before = await guardsOf(Deno.pid);
  assertEquals(before.length, 1);
  child.stop("cancelled");
  await child.ended;
  assertEquals(await guardsOf(Deno.pid), before);
  await processes.close();
});

/** pids of the guards that a process started. */
async function guardsOf(parent: number): Promise<(string | undefined)[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "ppid=,pid=,args="] }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes("ouroboros-guard") && line.trim().startsWith(`${parent} `))
    .map((line) => line.trim().split(/\s+/)[1]);
}
