import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import {
  handedFile,
  hostAgent,
  offerFile,
  writeValue,
} from "../../../../lib/app/host/host_agent.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { systemClock } from "../../../../lib/system/system_clock.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("work is offered whole, and what is claimed of it is said once it is handed in", async () => {
  await using dir = await tempDir();
  let said = "";
  const waiting = hostAgent({ cwd: "/worktree", clock: systemClock }, {
    scratch: dir.path,
    prompt: "Greet",
    output: { out: (text) => said += text },
    interrupt: new AbortController().signal,
  });
  while (!await Deno.stat(offerFile(dir.path)).catch(() => false)) await systemClock.sleep(10);
  assertEquals(JSON.parse(await Deno.readTextFile(offerFile(dir.path))), {
    folder: "/worktree",
    prompt: "Greet",
  });
  await writeValue(handedFile(dir.path), { claim: "It\ngreets" });
  assertEquals(await waiting, true);
  assertEquals(said, '{"type":"handed_in","claim":"It\\ngreets"}\n');
});

Deno.test("who is told to end before says nothing", async () => {
  await using dir = await tempDir();
  const parts = { scratch: dir.path, prompt: "Greet", interrupt: AbortSignal.abort() };
  const output = {
    out() {
      throw new Error("Nothing was handed in");
    },
  };
  assertEquals(await hostAgent({ cwd: "/", clock: systemClock }, { ...parts, output }), false);
});

Deno.test("a folder that cannot be written is told", async () => {
  await using dir = await tempDir();
  const error = await assertRejects(
    () => writeValue(join(dir.path, "none", "offer.json"), {}),
    OuroborosError,
  );
  assertEquals(error.code, "not_writable");
});
