/**
 * The program's entry: resolves what is embedded, opens the real ports, hands over to the command
 * line. Nothing else of the program knows where it runs.
 */
import denoJson from "./deno.json" with { type: "json" };
import { fromFileUrl, join } from "@std/path";
import { runCli } from "./lib/cli/run_cli.ts";
import { systemClock } from "./lib/system/system_clock.ts";
import { watchInterrupts } from "./lib/system/interrupts.ts";
import { systemOutput } from "./lib/system/system_output.ts";
import { systemRandom } from "./lib/system/system_random.ts";

/** The folder of this file: in the tree, or in the compiled program's own embedded files. */
const ROOT = import.meta.dirname ?? fromFileUrl(new URL(".", import.meta.url));

/** How this program starts itself, compiled or from source. */
function selfCommand(): readonly [string, ...string[]] {
  if (Deno.build.standalone) return [Deno.execPath()];
  return [
    Deno.execPath(),
    "run",
    "-A",
    "-q",
    "--config",
    join(ROOT, "deno.json"),
    join(ROOT, "main.ts"),
  ];
}

const interrupts = watchInterrupts();
const exitCode = await runCli({
  argv: Deno.args,
  version: denoJson.version,
  makeOutput: (variables) =>
    systemOutput({
      variables,
      // The reader is gone (`| head`): a run stops in order and can be resumed.
      onBrokenPipe: () => interrupts.abort("Nobody reads the output any more"),
    }),
  interrupt: interrupts.signal,
  clock: systemClock,
  random: systemRandom,
  cwd: Deno.cwd(),
  self: selfCommand(),
  skillsDir: join(ROOT, "skills"),
});
interrupts.close();
Deno.exit(exitCode);
