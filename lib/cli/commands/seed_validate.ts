import { validateSeed } from "../../app/validate_seed.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { counted, printable } from "../render/text.ts";

/** `ouroboros seed validate`: nothing is run. */
export const seedValidate: Command = {
  name: "seed validate",
  usage: "SEED",
  summary: "Says whether a seed is valid; lists every problem with its place in the file.",
  details: ["SEED is a file, the id of a frozen seed, or the end of one."],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros seed validate seed.yaml"],
  positional: [1, 1],
  async run({ app, words, output }) {
    const found = await validateSeed(app, words.positional[0]!);
    if (words.has("json")) {
      output.out(`${JSON.stringify(found)}\n`);
      return EXIT.done;
    }
    for (const warning of found.warnings) {
      output.err(printable(`Warning: ${warning.path}: ${warning.message}`) + "\n");
    }
    const checked = found.criteria.filter((one) => one.checks > 0).length;
    output.out(
      `${printable(found.name)} is valid: ${
        counted(found.criteria.length, "criterion", "criteria")
      }, ` +
        `${checked} with a check; digest ${found.digest.slice(0, 12)}\n`,
    );
    return EXIT.done;
  },
};
