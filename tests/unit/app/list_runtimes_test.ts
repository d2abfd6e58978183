import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { listRuntimes } from "../../../lib/app/list_runtimes.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { scriptedAgent } from "../../helpers/scripted_agent.ts";

Deno.test({
  name: "a program that makes folders when asked for its version makes them away from its user's",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const marmot = scriptedAgent("marmot");
    if (marmot.binary.kind === "embedded") throw new Error("it is no program");
    const agent = { ...marmot, binary: { ...marmot.binary, versionFolders: ["MARMOT_DATA"] } };
    await using bench = await appBench({ agent });
    const [program, note] = [join(bench.bin, "marmot"), join(bench.root, "asked")];
    const lines = [
      "#!/bin/sh",
      'mkdir -p "${MARMOT_DATA:-$HOME/.marmot}/logs"',
      `printf %s "$MARMOT_DATA" >'${note}'`,
      "echo marmot 1.2.3",
    ];
    await Deno.writeTextFile(program, lines.join("\n"));
    await Deno.chmod(program, 0o755);
    const found = (await listRuntimes(bench.app)).find((one) => one.id === "marmot");
    assertEquals([found?.status, found?.version], ["ready", "1.2.3"]);
    const folder = await Deno.readTextFile(note);
    assertNotEquals(folder, "");
    await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
  },
});
