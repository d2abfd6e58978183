/** Asks both kinds of question on the streams of this process, and prints the answers as JSON. */
import { ask, askChoices } from "../../lib/cli/ask.ts";
import { readEnvironment } from "../../lib/config/environment.ts";
import { systemOutput } from "../../lib/system/system_output.ts";

const variables = readEnvironment().pick(["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"]);
const output = systemOutput({ variables });
const context = { output, interrupt: new AbortController().signal };
const chosen = await askChoices({
  text: "Which of these?",
  choices: [{ value: "ant", label: "Ant", hint: "/usr/bin/ant" }, { value: "bee", label: "Bee" }],
  preset: ["ant"],
}, context);
const yes = await ask({ text: "Write this?", default: true }, context);
output.out(`${JSON.stringify({ chosen, yes })}\n`);
Deno.exit(0);
