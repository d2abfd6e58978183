import { diffSeeds } from "../../app/seeds/diff_seeds.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { seedDiffText } from "../render/seed_diff.ts";

/** `ouroboros seed diff`: what two seeds mean. */
export const seedDiff: Command = {
  name: "seed diff",
  usage: "SEED SEED",
  summary: "Compares what two seeds mean: goal, constraints, criteria by their ids, checks.",
  details: [
    "SEED is a file, the id of a frozen seed, or the end of one. Layout, comments, order and where a " +
    "seed comes from mean nothing. A criterion without an id of its own is found by what it says.",
    "Exit codes: 0 they mean the same, 1 they differ.",
  ],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros seed diff SEED seed.yaml", "ouroboros seed diff SEED SEED --json"],
  positional: [2, 2],
  async run({ app, words, output }) {
    const [before, after] = words.positional;
    const diff = await diffSeeds(app, before!, after!);
    if (words.has("json")) output.out(`${JSON.stringify(diff)}\n`);
    else output.out(seedDiffText(diff, { color: output.color, columns: output.columns() }));
    return diff.equal ? EXIT.done : EXIT.failed;
  },
};
