import { configPlace } from "../../app/config/config_list.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros config path`: for editors and scripts. */
export const configPath: Command = {
  name: "config path",
  usage: "",
  summary: "Prints the path of the configuration file, whether it is there or not.",
  options: { json: { help: "JSON on stdout, with whether it is there and what decides" } },
  examples: ["ouroboros config path", "ouroboros config path --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const place = await configPlace(app);
    output.out(words.has("json") ? `${JSON.stringify(place)}\n` : `${place.path}\n`);
    return EXIT.done;
  },
};
