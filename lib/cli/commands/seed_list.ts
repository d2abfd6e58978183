import { listSeeds } from "../../app/seeds/list_seeds.ts";
import { typedName } from "../../app/typed_name.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { seedListText } from "../render/seed_list.ts";

/** `ouroboros seed list`: frozen seeds, the newest first. */
export const seedList: Command = {
  name: "seed list",
  usage: "",
  summary: "Lists frozen seeds, the newest first, wherever they were made.",
  details: [
    "Each is named by its id, which stands for it wherever a SEED is asked for; its last characters " +
    "are enough, if no other ends in them.",
  ],
  options: {
    limit: { value: "N", kind: "count", most: 1000, help: "At most so many (20)" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros seed list", "ouroboros seed list --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const seeds = await listSeeds(app, { limit: words.count("limit") ?? 20 });
    if (words.has("json")) output.out(`${JSON.stringify(seeds)}\n`);
    else if (seeds.length > 0) {
      output.out(seedListText(seeds, { color: output.color, columns: output.columns() }));
    } else {
      const name = await typedName(app);
      output.err(`No seeds yet. Try: ${name} interview "reject expired coupons"\n`);
    }
    return EXIT.done;
  },
};
