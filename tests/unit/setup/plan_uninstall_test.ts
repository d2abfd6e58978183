import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { hostPlaces } from "../../../lib/runtimes/mod.ts";
import { jsonText } from "../../helpers/json_text.ts";
import type { Pick } from "../../helpers/pick.ts";
import { differences } from "../../helpers/setup_snapshot.ts";
import { tomlText } from "../../helpers/toml_text.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";
import { yamlText } from "../../helpers/yaml_text.ts";

const CASES = 200;

Deno.test("whatever was set up how often, undoing it in any order gives the home back to the byte", async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      let words = 0;
      const pick: Pick = {
        upTo: (max) => g(fc.nat, max),
        oneIn: (every) => g(fc.nat, every - 1) === every - 1,
        of: (choices) => choices[g(fc.nat, choices.length - 1)]!,
        word: (kind) => `${kind}${words++}`,
      };
      await using bench = await uninstallBench();
      await fill(bench, pick);
      const before = await bench.snapshot();
      const there = new Set<string>();
      for (let count = 1 + pick.upTo(5); count > 0; count--) {
        const host = pick.of(PLACED);
        const how = {
          version: pick.of(["0.1.0", "0.2.0", "0.3.0"]),
          approve: pick.oneIn(2),
          backend: pick.oneIn(2),
          bundles: pick.of([undefined, ["run"], ["run", "help"]]) ?? ["run", "status", "apply"],
        };
        const left = [...there];
        if (left.length > 0 && pick.oneIn(4)) {
          const gone = pick.of(left);
          await bench.undo(PLACED.filter((one) => one.id === gone));
          there.delete(gone);
        } else if (await setsUp(bench, host, how)) there.add(host.id);
      }
      while (there.size > 0) {
        const gone = new Set([pick.of([...there]), pick.of([...there])]);
        await bench.undo(PLACED.filter((one) => gone.has(one.id)));
        for (const id of gone) there.delete(id);
      }
      assertEquals(differences(before, await bench.snapshot()), []);
      done++;
    }),
    { numRuns: CASES },
  );
  console.log(`Undone in any order: ${done} homes`);
});

/** Files of a user in some of the hosts' folders, written in many ways. */
async function fill(bench: UninstallBench, pick: Pick): Promise<void> {
  const around = { home: bench.home, variable: () => undefined };
  for (const { placement } of PLACED) {
    const places = hostPlaces(placement!, around);
    const files = [{ path: pick.of(places.mcp), format: placement!.mcp.format }];
    const { file } = placement!.approval;
    if (file) files.push({ path: places.approval!, format: file.format });
    for (const { path, format } of files) {
      if (pick.oneIn(3)) continue;
      const text = format === "yaml"
        ? yamlText(pick).text
        : format === "toml"
        ? tomlText(pick)
        : jsonText(pick, { comments: format === "jsonc" });
      await bench.write(path.slice(bench.home.length + 1), text);
    }
  }
  const config = pick.of([
    undefined,
    "",
    "# mine\nllm:\n  backend: x # keep\n",
    "orchestrator: # who\n    max_parallel: 3\n\nllm: {backend: y}",
    "orchestrator:\n",
    "version: 1\r\norchestrator:\r\n  runtime_backend: opencode\r\n  # end\r\n",
    "orchestrator: {a_cli_path: /x}\n",
  ]);
  if (config !== undefined) await bench.write(".ouroboros/config.yaml", config);
}

/** False where a generated file is one that no entry can be put into. */
async function setsUp(
  bench: UninstallBench,
  host: typeof PLACED[number],
  how: Parameters<UninstallBench["setUp"]>[1],
): Promise<boolean> {
  try {
    await bench.setUp([host], how);
    return true;
  } catch (thrown) {
    if ((thrown as { code?: string }).code === "host_file_unusable") return false;
    throw thrown;
  }
}
