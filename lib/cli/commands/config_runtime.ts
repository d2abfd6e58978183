import { setConfig } from "../../app/config/config_set.ts";
import { getConfig, valueText } from "../../app/config/config_get.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { showConfigChange } from "../render/config_change.ts";

const KEY = "orchestrator.runtime_backend";

/** `ouroboros config runtime`: the setting that people change most, by a name of its own. */
export const configRuntime: Command = {
  name: "config runtime",
  usage: "[NAME]",
  summary: "Sets or prints the agent that works on runs; touches no file of that agent.",
  details: [`The same as "config set ${KEY} NAME"; without NAME, as "config get".`],
  options: {
    "dry-run": { help: "Show the change, and write nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros config runtime", "ouroboros config runtime NAME --dry-run"],
  decides: (words) => words.positional.length > 0 && !words.has("dry-run"),
  positional: [0, 1],
  async run({ app, words, output }) {
    const [value] = words.positional;
    const json = words.has("json");
    if (value === undefined) {
      const answer = await getConfig(app, KEY);
      output.out(json ? `${JSON.stringify(answer)}\n` : `${valueText(answer.value ?? "")}\n`);
      return EXIT.done;
    }
    const change = await setConfig(app, { key: KEY, value }, { dryRun: words.has("dry-run") });
    showConfigChange(change, { output, json });
    return EXIT.done;
  },
};
