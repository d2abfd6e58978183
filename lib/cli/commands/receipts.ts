import { runReceipts } from "../../app/run_receipts.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros receipts`: what proves a run's result. */
export const receipts: Command = {
  name: "receipts",
  usage: "[RUN]",
  summary: "Shows the receipts of a run: what can be replayed, and what is only claimed.",
  options: {
    criterion: { value: "ID", help: "Only this criterion's" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros receipts", "ouroboros receipts 4k2m9x7q --criterion 2 --json"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const found = await runReceipts(app, words.positional[0], {
      criterion: words.text("criterion"),
      width: output.columns(),
    });
    if (words.has("json")) output.out(`${JSON.stringify(found.receipts)}\n`);
    else if (found.receipts.length === 0) output.err(`Run ${found.runId} has no receipts yet\n`);
    else output.out(found.text);
    return EXIT.done;
  },
};
