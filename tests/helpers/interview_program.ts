/** The program with one command alone, `interview`, whose words are all that it is started with. */
import { sourceCommand } from "../../.ci/source_command.ts";
import { createApp } from "../../lib/app/app.ts";
import { interview } from "../../lib/cli/commands/interview.ts";
import { readWords } from "../../lib/cli/read_words.ts";
import { errorText } from "../../lib/cli/run_cli.ts";
import { readEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { watchInterrupts } from "../../lib/system/interrupts.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { systemOutput } from "../../lib/system/system_output.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { NO_DELIVERIES } from "./no_deliveries.ts";

// The model of a recording is played by the program itself.
const [program = "", ...further] = sourceCommand();
const environment = readEnvironment();
const output = systemOutput({
  variables: environment.pick(["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"]),
});
const app = createApp({
  environment,
  paths: resolvePaths(environment),
  clock: systemClock,
  random: systemRandom,
  cwd: Deno.cwd(),
  self: [program, ...further],
  version: "0.0.0",
  skillsDir: "",
});
try {
  const exit = await interview.run({
    app,
    output,
    words: readWords(interview, Deno.args),
    interrupt: watchInterrupts().signal,
    deliveries: NO_DELIVERIES,
  });
  await app.close();
  Deno.exit(exit);
} catch (error) {
  if (!(error instanceof OuroborosError)) throw error;
  output.err(errorText(error));
  await app.close();
  Deno.exit(error.exitCode);
}
