import { seedSchemaText } from "../../app/validate_seed.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros seed schema`: for editors. */
export const seedSchema: Command = {
  name: "seed schema",
  usage: "",
  summary: "Prints the JSON schema of a seed, for editors that complete and check YAML.",
  options: {},
  examples: ["ouroboros seed schema > seed.schema.json"],
  positional: [0, 0],
  async run({ output }) {
    output.out(await seedSchemaText());
    return EXIT.done;
  },
};
