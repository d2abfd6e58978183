import { showSeed } from "../../app/seeds/show_seed.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { seedHeadText } from "../render/seed_head.ts";
import { shownWhole } from "../../kernel/shown_whole.ts";

/** `ouroboros seed show`: the text on stdout, what is known of it on stderr. */
export const seedShow: Command = {
  name: "seed show",
  usage: "[SEED]",
  summary: "Prints a seed's text, and says where it lies and what it came from.",
  details: [
    "SEED is a file, the id of a frozen seed, or the end of one; without it the newest frozen seed " +
    "is shown. The text alone goes to stdout, so that it can be written into a file.",
  ],
  options: { json: { help: "JSON on stdout, defaults filled in" } },
  examples: ["ouroboros seed show", "ouroboros seed show SEED > seed.yaml"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const shown = await showSeed(app, words.positional[0]);
    if (words.has("json")) {
      output.out(`${JSON.stringify(shown)}\n`);
      return EXIT.done;
    }
    output.err(seedHeadText(shown, { color: output.talkColor, columns: output.columns() }));
    const text = shown.text.endsWith("\n") ? shown.text : `${shown.text}\n`;
    // What goes into a file is to be the seed itself.
    output.out(output.isTerminal ? shownWhole(text) : text);
    return EXIT.done;
  },
};
