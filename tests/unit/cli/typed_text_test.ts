import { assertEquals, assertStringIncludes } from "@std/assert";
import { createApp } from "../../../lib/app/app.ts";
import type { Command } from "../../../lib/cli/command.ts";
import { apply } from "../../../lib/cli/commands/apply.ts";
import { doctor } from "../../../lib/cli/commands/doctor.ts";
import { runs } from "../../../lib/cli/commands/runs.ts";
import { undo } from "../../../lib/cli/commands/undo.ts";
import { readWords } from "../../../lib/cli/read_words.ts";
import { typedText } from "../../../lib/cli/typed_text.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { NO_DELIVERIES } from "../../helpers/no_deliveries.ts";
import { Screen } from "../../helpers/screen.ts";

const SEED = `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`;

Deno.test("what commands say is to be typed leads to this program where PATH does not", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: "echo x > one.txt" });
  const app = createApp({ ...bench.app, self: ["/opt/tools/ouroboros"] }, bench.app.registry);
  const says = async (command: Command, ...argv: string[]) => {
    const output = new Screen();
    const interrupt = new AbortController().signal;
    const words = readWords(command, argv);
    assertEquals(
      await command.run({ app, output, words, interrupt, deliveries: NO_DELIVERIES }),
      0,
    );
    return output.stdout + output.stderr;
  };
  try {
    assertStringIncludes(await says(runs), "Try: /opt/tools/ouroboros demo\n");
    const { view } = await bench.start({});
    const back = `to take it back: /opt/tools/ouroboros undo ${view.runId}\n`;
    assertStringIncludes(await says(apply, view.runId), back);
    assertStringIncludes(await says(undo, view.runId), "Changed 1 file\n");
    assertStringIncludes(await says(doctor), "/opt/tools/ouroboros gc --dry-run");
    assertEquals(await typedText(bench.app, "ouroboros demo"), "ouroboros demo");
  } finally {
    await app.close();
  }
});
