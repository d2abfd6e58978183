import { getConfig, valueText } from "../../app/config/config_get.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { printable } from "../render/text.ts";

/** `ouroboros config get`: the value alone on stdout. */
export const configGet: Command = {
  name: "config get",
  usage: "KEY",
  summary:
    "Prints the value that a setting has in effect: from the environment, the file, a default.",
  details: ["Exits 3 for a setting that is not set and has no default."],
  options: { json: { help: "JSON on stdout, with the value's source" } },
  examples: ["ouroboros config get run.attempts", "ouroboros config get env.pass --json"],
  positional: [1, 1],
  async run({ app, words, output }) {
    const answer = await getConfig(app, words.positional[0]!);
    output.out(
      words.has("json")
        ? `${JSON.stringify(answer)}\n`
        : `${printable(valueText(answer.value ?? ""))}\n`,
    );
    return EXIT.done;
  },
};
