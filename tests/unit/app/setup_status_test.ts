import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { doctor } from "../../../lib/app/doctor.ts";
import { setupStatus, type StatusOptions } from "../../../lib/app/setup_status.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { plain, type SetupApp, setupApp, wary } from "../../helpers/setup_app.ts";

async function status(bench: SetupApp, options: Partial<StatusOptions> = {}) {
  return await setupStatus(bench.app, {
    names: [],
    tools: ["ouroboros_session_status"],
    interrupt: new AbortController().signal,
    ...options,
  });
}

Deno.test("nothing is set up: that is not all right, and nothing is written by looking", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  const found = await status(bench);
  assertEquals([found.ok, found.groups, found.notRegistered], [false, [], ["ant", "bee"]]);
  assertEquals((await status(bench, { names: ["all"] })).ok, false);
  assertEquals(await bench.tree(), before);
});

Deno.test("all right is what is on record, in place, and starts", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  assertEquals((await status(bench)).ok, true);
  assertEquals((await status(bench, { names: ["ant", "bee"] })).ok, false);

  await Deno.remove(`${bench.home}/.ant/skills/ouroboros-run/SKILL.md`);
  const stale = await status(bench);
  assertEquals([stale.ok, stale.hosts[0]?.state], [false, "stale"]);
  await bench.setup({ names: ["ant"] });

  await Deno.writeTextFile(bench.program, "#!/bin/sh\nexit 1\n");
  const dead = await status(bench);
  assertEquals([dead.ok, dead.hosts[0]?.state], [false, "current"]);
  assertEquals(dead.verification.map((one) => one.ok), [false]);
});

Deno.test("a host that went away is not all right, and nothing of ours is wrong for it", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  await Deno.remove(`${bench.home}/../bin/ant`);
  const found = await status(bench);
  assertEquals([found.ok, found.hosts[0]?.state, found.hosts[0]?.path], [false, "current", null]);
  const { sections } = await doctor(bench.app);
  assertStringIncludes(JSON.stringify(sections), "ouroboros uninstall --runtime ant");
});

Deno.test("approvals that were given are no difference", async () => {
  await using bench = await setupApp({ hosts: [wary("wasp")] });
  await bench.setup({ names: ["wasp"], approve: true });
  assertEquals((await status(bench)).ok, true);
});

Deno.test("a misspelt host is an error, not a missing one", async () => {
  await using bench = await setupApp();
  await assertRejects(() => status(bench, { names: ["antt"] }), OuroborosError);
});

Deno.test("doctor says where each host stands, with what to type", async () => {
  await using bench = await setupApp({ hosts: [plain("ant"), plain("bee"), wary("wasp")] });
  await bench.setup({ names: ["ant"] });
  await bench.setup({ names: ["wasp"], approve: true });
  await bench.write(".bee/bee.json", '{"servers": {"ouroboros": {"command": "mine"}}}\n');
  const { sections } = await doctor(bench.app);
  const hosts = sections.find((one) => one.title === "Hosts")?.findings ?? [];
  assertEquals(hosts.map((one) => one.data?.setup), ["current", "foreign", "current"]);
  assertStringIncludes(hosts[1]?.hint ?? "", "ouroboros setup --runtime bee");
});
