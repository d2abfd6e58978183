import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { setup } from "../../../lib/app/setup.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { plain, says, setupApp, setupOptions, wary } from "../../helpers/setup_app.ts";

Deno.test("a host is set up, proved and recorded; the other one is named and not touched", async () => {
  await using bench = await setupApp();
  const { result, steps } = await bench.setup({ names: ["ant"] });
  assertEquals(result.outcome, "done");
  assertEquals([result.registered, result.notRegistered], [["ant"], ["bee"]]);
  assertEquals(result.hints, ["ouroboros setup --runtime bee"]);
  const [check] = result.verification;
  assertEquals([check?.ok, check?.server, check?.hosts], [true, "ouroboros 7", ["ant"]]);
  assertEquals(check?.command, [bench.program, "mcp", "serve"]);
  assertEquals(steps.map((one) => one.step), ["found", "planned", "writing", "starting"]);
  const { servers } = JSON.parse(await bench.read(".ant/ant.json"));
  assertEquals(servers.ouroboros.command, bench.program);
  const tree = await bench.tree();
  assert(!Object.keys(tree).some((path) => path.startsWith(".bee")));
  assertStringIncludes(await bench.read(".ouroboros/config.yaml"), 'runtime_backend: "ant"');
  assertEquals(result.after[0]?.firstWords, "/ouroboros-help");
});

Deno.test("a second setup writes nothing, says so, and still starts what is registered", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const before = await bench.tree();
  const { result, steps } = await bench.setup({ names: ["ant"] });
  assertEquals([result.outcome, result.verification.length], ["unchanged", 1]);
  assertEquals(steps.map((one) => one.step), ["found", "planned", "starting"]);
  assertEquals(await bench.tree(), before);
});

Deno.test("when the registered command does not answer, every byte is put back", async () => {
  await using bench = await setupApp({ script: "echo no such library >&2; exit 3" });
  await bench.write(".ant/ant.json", '{ "mine": 1 } // not\n'.replace(" // not", ""));
  await Deno.chmod(`${bench.home}/.ant/ant.json`, 0o640);
  const before = await bench.tree();
  const error = await assertRejects(() => bench.setup({ names: ["ant"] }), OuroborosError);
  assertEquals([error.code, error.exitCode], ["setup_unverified", 1]);
  assertStringIncludes(error.message, "no such library");
  assertStringIncludes(error.message, "every file is as it was before");
  assertEquals(await bench.tree(), before);
});

Deno.test("where putting back fails, what stands is said, and how to take it out", async () => {
  // The program that is started changes a file that was just written.
  const script = `echo '{"theirs": 1}' > "$HOME/.ant/ant.json"; exit 1`;
  await using bench = await setupApp({ script });
  const error = await assertRejects(() => bench.setup({ names: ["ant"] }), OuroborosError);
  assertEquals([error.code, error.hint], ["setup_unverified", "ouroboros uninstall"]);
  assertStringIncludes(error.message, "ant.json");
  assertEquals(await bench.read(".ant/ant.json"), '{"theirs": 1}\n');
});

Deno.test("a refresh that does not start goes back to the setup before it", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const before = await bench.tree();
  await Deno.writeTextFile(bench.program, "#!/bin/sh\nexit 1\n");
  await assertRejects(() => bench.setup({ names: ["bee"] }), OuroborosError);
  assertEquals(await bench.tree(), before);
});

Deno.test("Ctrl-C while the command starts takes everything back, with the exit code for it", async () => {
  await using bench = await setupApp({ script: "sleep 60" });
  const before = await bench.tree();
  const controller = new AbortController();
  const work = setup(
    bench.app,
    setupOptions({ names: ["ant"], interrupt: controller.signal }),
  );
  const error = await assertRejects(async () => {
    while (true) {
      const next = await work.next();
      if (next.done) break;
      // Files are written by then, or will be: both must end the same way.
      if (next.value.step === "starting") setTimeout(() => controller.abort(), 300);
    }
  }, OuroborosError);
  assertEquals([error.code, error.exitCode], ["cancelled", 7]);
  assertEquals(await bench.tree(), before);
});

Deno.test("the plan is shown before anybody is asked, and a no changes nothing", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  const shown: string[] = [];
  const questions = {
    ...says(false),
    confirm: () => {
      shown.push("asked");
      return Promise.resolve(false);
    },
  };
  const work = setup(bench.app, setupOptions({ names: ["ant"], yes: false, questions }));
  const error = await assertRejects(async () => {
    for (let next = await work.next(); !next.done; next = await work.next()) {
      // A reader that takes its time.
      await new Promise((resolve) => setTimeout(resolve, 5));
      shown.push(next.value.step);
    }
  }, OuroborosError);
  assertEquals(error.code, "cancelled");
  assertEquals(shown, ["found", "planned", "asked"]);
  assertEquals(await bench.tree(), before);
});

Deno.test("a dry run gives the plan and writes nothing, not even a folder of ours", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  const { result } = await bench.setup({ names: ["all"], dryRun: true });
  assertEquals(result.outcome, "planned");
  assertEquals(result.groups.map((one) => one.host), ["ant", "bee", null]);
  assertEquals(await bench.tree(), before);
});

Deno.test("the configured runtime changes only when one host is named", async () => {
  await using bench = await setupApp();
  const backend = async () =>
    /runtime_backend: "?(\w+)/.exec(await bench.read(".ouroboros/config.yaml"))?.[1];
  await bench.setup({ names: ["bee"] });
  assertEquals(await backend(), "bee");
  await bench.setup({ names: ["all"] });
  assertEquals(await backend(), "bee");
  await bench.setup({ names: ["ant"], keepBackend: true });
  assertEquals(await backend(), "bee");
  await bench.setup({ names: ["ant"] });
  assertEquals(await backend(), "ant");
  await bench.setup();
  assertEquals(await backend(), "ant");
});

Deno.test("without a name and a person it is the configured host, the only one, or nothing", async () => {
  await using bench = await setupApp();
  const error = await assertRejects(() => bench.setup(), OuroborosError);
  assertEquals([error.code, error.exitCode], ["needs_input", 4]);
  assertStringIncludes(error.hint ?? "", "--runtime ant --yes");
  await bench.setup({ names: ["bee"] });
  assertEquals((await bench.setup()).result.after.map((one) => one.id), ["bee"]);

  await using alone = await setupApp({ missing: ["ant"] });
  assertEquals((await alone.setup()).result.registered, ["bee"]);
});

Deno.test("where a person can be asked, several hosts are a choice, with all of them preset", async () => {
  await using bench = await setupApp();
  const seen: unknown[] = [];
  const questions = {
    ...says(true, ["bee"]),
    choose: (hosts: readonly { id: string }[], preset: readonly string[]) => {
      seen.push(hosts.map((one) => one.id), preset);
      return Promise.resolve(["bee"]);
    },
  };
  const { result } = await bench.setup({ yes: false, questions });
  assertEquals(seen, [["ant", "bee"], ["ant", "bee"]]);
  assertEquals(result.registered, ["bee"]);
});

Deno.test("without a yes and a person nothing is written, and the whole command is named", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  const error = await assertRejects(
    () => bench.setup({ names: ["ant"], yes: false, flags: ["--approve-tools"] }),
    OuroborosError,
  );
  assertEquals(error.exitCode, 4);
  assertEquals(error.hint, "ouroboros setup --runtime ant --approve-tools --yes");
  assertEquals(await bench.tree(), before);
});

Deno.test("tools are approved when asked for, and stay approved when it is done again", async () => {
  await using bench = await setupApp({ hosts: [wary("wasp"), plain("ant")] });
  const allow = async () => JSON.parse(await bench.read(".wasp/wasp.json")).allow;
  await bench.setup({ names: ["wasp"] });
  assertEquals(await allow(), undefined);
  await bench.setup({ names: ["wasp"], approve: true });
  assertEquals(await allow(), ["ouroboros_session_status"]);
  const { result } = await bench.setup({ names: ["wasp"] });
  assertEquals([result.outcome, await allow()], ["unchanged", ["ouroboros_session_status"]]);
});

Deno.test("approval is asked about at the first setup of a host that needs it, and not again", async () => {
  await using bench = await setupApp({ hosts: [wary("wasp"), plain("ant")] });
  const asked: string[] = [];
  const questions = {
    ...says(true),
    approve: (titles: readonly string[]) => {
      asked.push(...titles);
      return Promise.resolve(false);
    },
  };
  await bench.setup({ names: ["ant"], yes: false, questions });
  assertEquals(asked, []);
  await bench.setup({ names: ["wasp"], yes: false, questions });
  await bench.setup({ names: ["wasp"], yes: false, questions });
  assertEquals(asked, ["The wasp agent"]);
});

Deno.test("an entry of the user's own stays, and that host does not count as registered", async () => {
  await using bench = await setupApp();
  const own = '{"servers": {"ouroboros": {"command": "my-own-thing"}}}\n';
  await bench.write(".ant/ant.json", own);
  const { result } = await bench.setup({ names: ["ant"] });
  assertEquals(await bench.read(".ant/ant.json"), own);
  assertEquals(result.hosts.find((one) => one.id === "ant")?.state, "foreign");
  assertEquals([result.registered, result.verification], [[], []]);
});

Deno.test("a broken file of another host is said there, and stops nothing", async () => {
  await using bench = await setupApp();
  await bench.write(".bee/bee.json", "[1]\n");
  const { result } = await bench.setup({ names: ["ant"] });
  const bee = result.hosts.find((one) => one.id === "bee");
  assertEquals([result.registered, bee?.state], [["ant"], "unusable"]);
  assertStringIncludes(bee?.problem ?? "", "bee.json");
  const error = await assertRejects(() => bench.setup({ names: ["bee"] }), OuroborosError);
  assertEquals([error.code, error.exitCode], ["host_file_unusable", 1]);
});

Deno.test("a path in the configuration that leads nowhere is put right", async () => {
  await using bench = await setupApp();
  await bench.write(
    ".ouroboros/config.yaml",
    "# mine\norchestrator:\n  ant_cli_path: /gone/ant\n",
  );
  await bench.setup({ names: ["ant"] });
  const text = await bench.read(".ouroboros/config.yaml");
  assertStringIncludes(text, "/bin/ant");
  assertStringIncludes(text, "# mine");
});

Deno.test("wrong names are refused before anything is looked at", async () => {
  await using bench = await setupApp({ missing: ["bee"] });
  const refused = async (...names: string[]) =>
    await assertRejects(() => bench.setup({ names }), OuroborosError);
  const unknown = await refused("antt");
  assertEquals(unknown.code, "unknown_runtime");
  assertStringIncludes(unknown.hint ?? "", '"ant"');
  const embedded = bench.app.registry.all.find((one) => one.binary.kind === "embedded")!;
  assertEquals((await refused(embedded.id)).code, "usage");
  const missing = await refused("ant", "bee");
  assertEquals([missing.code, missing.exitCode], ["runtime_missing", 6]);
  assertStringIncludes(missing.hint ?? "", "npm install -g bee");
});
