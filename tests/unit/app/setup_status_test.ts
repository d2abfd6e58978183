import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createApp } from "../../../lib/app/app.ts";
import { doctor } from "../../../lib/app/doctor.ts";
import { setupStatus, type StatusOptions } from "../../../lib/app/setup_status.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { ANSWERS, plain, type SetupApp, setupApp, wary } from "../../helpers/setup_app.ts";

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

Deno.test("what is in place is told also where no receipt says so", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  await Deno.remove(`${bench.home}/.ouroboros/install.json`);
  const found = await status(bench);
  assertEquals([found.ok, found.groups.map((one) => one.host)[0]], [true, "ant"]);
});

Deno.test("a skill of the user's own under our name is theirs: setup has nothing to do", async () => {
  await using bench = await setupApp();
  await bench.write(".ant/skills/ouroboros-run/SKILL.md", "mine\n");
  const { result } = await bench.setup({ names: ["ant"] });
  const found = await status(bench);
  assertEquals([result.hosts[0]?.state, found.hosts[0]?.state], ["yours", "yours"]);
  assertEquals([found.ok, found.registered, found.notRegistered], [true, ["ant"], ["bee"]]);
  const kept = found.groups[0]?.files.filter((one) => one.action === "kept");
  assertStringIncludes(kept?.[0]?.note ?? "", "mv ");

  await Deno.remove(`${bench.home}/.ant/skills/ouroboros-help/SKILL.md`);
  const stale = await status(bench);
  assertEquals([stale.ok, stale.hosts[0]?.state], [false, "stale"]);
});

Deno.test("what is started is what the host has on record, from wherever it is looked at", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const other = `${bench.home}/ouroboros`;
  await Deno.writeTextFile(other, `#!/bin/sh\n${ANSWERS}\n`, { mode: 0o755 });
  const app = createApp({ ...bench.app, self: [other] }, bench.app.registry);
  const look = async () => (await status({ ...bench, app })).verification;
  const command = [bench.program, "mcp", "serve"];
  const [check] = await look();
  assertEquals([check?.ok, check?.command], [true, command]);
  await Deno.remove(bench.program);
  const [gone] = await look();
  assertEquals([gone?.ok, gone?.command], [false, command]);
  // What is no program of ours is started by nobody who only looks.
  await bench.write(".ant/ant.json", '{"servers": {"ouroboros": {"command": "mine"}}}\n');
  assertEquals((await look()).map((one) => one.command), [[other, "mcp", "serve"]]);
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
