import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { type SlotOptions, takeSlot } from "../../../../lib/app/run/machine_slots.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { systemClock } from "../../../../lib/system/system_clock.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

function optionsIn(dir: string, more: Partial<SlotOptions> = {}): SlotOptions {
  return {
    dir,
    name: "smith",
    parallel: 2,
    clock: systemClock,
    signal: new AbortController().signal,
    onWait() {},
    ...more,
  };
}

Deno.test("there are as many places as the limit says, and one that is given back is taken", async () => {
  await using root = await tempDir();
  let waits = 0;
  const options = optionsIn(join(root.path, "slots"), { onWait: () => waits++ });
  const first = await takeSlot(options);
  using _second = (await takeSlot(options))!;
  assertEquals(waits, 0);
  const third = takeSlot(options);
  await systemClock.sleep(600);
  assertEquals(waits, 1, "told once");
  first![Symbol.dispose]();
  using slot = (await third)!;
  assert(slot);
  using other = (await takeSlot({ ...options, name: "other" }))!;
  assert(other, "each runtime has places of its own");
});

Deno.test("who is told to stop waits no longer", async () => {
  await using root = await tempDir();
  const stop = new AbortController();
  const options = optionsIn(root.path, { parallel: 1, signal: stop.signal });
  using _held = (await takeSlot(options))!;
  const waiting = takeSlot(options);
  stop.abort();
  assertEquals(await waiting, undefined);
});

Deno.test("the place of a process that was killed is free at once", async () => {
  await using root = await tempDir();
  const program = `
    const file = Deno.openSync(Deno.args[0], { create: true, write: true });
    console.log(file.tryLockSync(true));
    setInterval(() => {}, 1000);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "-q", program, join(root.path, "smith-1")],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assertEquals((await reader.read()).value, "true\n");
  let waits = 0;
  const taken = takeSlot(optionsIn(root.path, { parallel: 1, onWait: () => waits++ }));
  await systemClock.sleep(300);
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  using slot = (await taken)!;
  assertEquals([slot !== undefined, waits], [true, 1]);
});

Deno.test("where no place can be counted an error says so", async () => {
  await using root = await tempDir();
  await Deno.writeTextFile(join(root.path, "slots"), "");
  const error = await assertRejects(
    () => takeSlot(optionsIn(join(root.path, "slots"))),
    OuroborosError,
  );
  assertEquals(error.code, "not_writable");
  assertMatch(error.message, /^Take a place in ".*slots": /);
});
