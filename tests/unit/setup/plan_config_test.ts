import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const HOST = madeUpRuntime("madeup", {
  aliases: ["made-up"],
  placement: madeUpPlacement("madeup"),
});

/** Our configuration after a setup; the one before, byte for byte, comes back with its undoing. */
async function configured(before: string, backend: string | null = null): Promise<string> {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const path = `${home.root}/config.yaml`;
  await home.write(path, before);
  await home.setUp([HOST], { backend });
  const after = await Deno.readTextFile(path);
  assertEquals((await home.plan([HOST], { backend })).unchanged, true);
  await home.takeOut([HOST], { own: true });
  assertEquals(await Deno.readTextFile(path), before);
  return after;
}

Deno.test("a configuration keeps everything that was in it, and its version as it was", async () => {
  const before = "# mine\nllm:\n  backend: litellm # stays\n\nrun: {attempts: 2}\r\n";
  const after = await configured(before, "madeup");
  assertStringIncludes(after, before.trimEnd());
  assertStringIncludes(after, 'madeup_cli_path: "/usr/bin/madeup"');
  assertStringIncludes(after, 'runtime_backend: "madeup"');
  assertEquals(after.includes("version"), false);
});

Deno.test("without a backend the one that was chosen stays", async () => {
  const after = await configured("orchestrator:\n  runtime_backend: other # mine\n");
  assertStringIncludes(after, "runtime_backend: other # mine\n");
});

Deno.test("another backend takes the place of the one that was chosen", async () => {
  const after = await configured("orchestrator:\n  runtime_backend: other # mine\n", "madeup");
  assertStringIncludes(after, "runtime_backend: madeup # mine\n");
});

Deno.test("the user's own words for the same are left alone", async () => {
  const before = "orchestrator:\n  runtime_backend: made-up\n  madeup_cli_path: madeup\n";
  assertEquals(await configured(before, "madeup"), before);
});

Deno.test("a path that leads elsewhere is replaced", async () => {
  const after = await configured("orchestrator:\n  madeup_cli_path: /gone/madeup\n");
  assertEquals(after, 'orchestrator:\n  madeup_cli_path: "/usr/bin/madeup"\n');
});

Deno.test("a path under the setting's other name, which counts first, is the one that is replaced", async () => {
  const before = "runtimes:\n  madeup: { path: /gone/madeup, model: m }\n";
  const after = await configured(before);
  assertEquals(after, 'runtimes:\n  madeup: { path: "/usr/bin/madeup", model: m }\n');
  const right = "runtimes: {madeup: {path: /usr/bin/madeup}}\n";
  assertEquals(await configured(right), right);
});

Deno.test("a part of another kind is refused with its place", async () => {
  const error = await assertRejects(
    () => configured("version: 1\norchestrator: none\n"),
    OuroborosError,
  );
  assertStringIncludes(error.message, "config.yaml:2");
  assertStringIncludes(error.message, "found text at orchestrator, expected a mapping");
});
