import { editSeed } from "../../app/seeds/edit_seed.ts";
import { typedName } from "../../app/typed_name.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { ask } from "../ask.ts";
import type { Command } from "../command.ts";
import { errorText } from "../run_cli.ts";
import { printable } from "../render/text.ts";

/** `ouroboros seed edit`: a seed in the user's editor. */
export const seedEdit: Command = {
  name: "seed edit",
  usage: "SEED",
  summary: "Opens a copy of a seed in your editor, and takes it when it is valid.",
  details: [
    "SEED is a file, the id of a frozen seed, or the end of one. The editor is that of VISUAL, else " +
    "of EDITOR. A frozen seed stays as it is: what you made of it gets an id of its own and names " +
    "the one that it came from. Any other file is written back.",
    "What is not valid is refused with the place of each problem, and your text is kept: the same " +
    "command goes on with it. An editor that ends with an error takes nothing.",
    "What seed validate would warn of, and a check that says yes whatever is done, is told; where " +
    "the seed had nothing of it before, it is frozen only with your yes.",
  ],
  options: { yes: { short: "y", help: "Freeze it whatever is doubtful about it" } },
  examples: ["ouroboros seed edit seed.yaml", "ouroboros seed edit SEED"],
  decides: true,
  positional: [1, 1],
  async run(context) {
    const { app, words, output } = context;
    const edited = await editSeed(app, words.positional[0]!, {
      kept: (path) => output.err(printable(`Goes on with the text that was kept in "${path}"\n`)),
      again: async (problem) => {
        if (!output.canAsk) return false;
        output.err(errorText(problem, ""));
        return await ask({ text: "Edit it again?", default: true }, context) === true;
      },
      doubts: async (doubts, frozen) => {
        for (const one of doubts) output.err(printable(`Warning: ${one}`) + "\n");
        if (!frozen || words.has("yes")) return true;
        if (!output.canAsk) return false;
        return await ask({ text: "Freeze it all the same?", default: false }, context) === true;
      },
    });
    if (edited.change === "unchanged") {
      output.err("Nothing was changed\n");
      return EXIT.done;
    }
    output.out(
      edited.change === "saved"
        ? printable(`Saved   ${edited.path}\n`)
        : printable(`Frozen  ${edited.id}, made from ${edited.from}\nFile    ${edited.path}\n`),
    );
    const seed = edited.change === "saved" ? words.positional[0]! : edited.id;
    output.err(`Next    ${await typedName(app)} run ${printable(shellWord(seed))}\n`);
    return EXIT.done;
  },
};
