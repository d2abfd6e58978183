import { unsetConfig } from "../../app/config/config_unset.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { showConfigChange } from "../render/config_change.ts";

/** `ouroboros config unset`: the default counts again. */
export const configUnset: Command = {
  name: "config unset",
  usage: "KEY",
  summary: "Takes one key out of the configuration, so that its default counts again.",
  details: ["Takes out a key that this version does not know as well, where the file holds it."],
  options: {
    "dry-run": { help: "Show the change, and write nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros config unset run.attempts"],
  decides: unlessGiven("dry-run"),
  positional: [1, 1],
  async run({ app, words, output }) {
    const change = await unsetConfig(app, words.positional[0]!, { dryRun: words.has("dry-run") });
    showConfigChange(change, { output, json: words.has("json") });
    return EXIT.done;
  },
};
