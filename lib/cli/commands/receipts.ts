import { runReceipts } from "../../app/run_receipts.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import { choiceOf } from "../choice.ts";
import type { Command } from "../command.ts";
import { clip } from "../render/text.ts";

const FORMATS = ["text", "json", "markdown", "junit"] as const;

/** `ouroboros receipts`: what proves a run's result. */
export const receipts: Command = {
  name: "receipts",
  usage: "[RUN|FILE]",
  summary: "Shows the receipts of a run: what can be replayed, and what is only claimed.",
  details: [
    "FILE is one that ouroboros receipts export wrote. Nothing of it is run here; see ouroboros " +
    "receipts replay.",
  ],
  options: {
    criterion: { value: "ID", help: "Only this criterion's" },
    format: { value: "FORMAT", help: "text (the default), json, markdown or junit" },
    json: { help: "JSON on stdout; the same as --format json" },
  },
  examples: [
    "ouroboros receipts",
    "ouroboros receipts RUN --criterion 2 --json",
    "ouroboros receipts RUN --format markdown > receipts.md",
  ],
  positional: [0, 1],
  async run({ app, words, output }) {
    const format = choiceOf(words, "format", FORMATS) ?? (words.has("json") ? "json" : "text");
    if (words.has("json") && format !== "json") {
      throw new OuroborosError({
        code: "usage",
        message: `Show receipts as "${format}" and as JSON: one of the two`,
      });
    }
    const found = await runReceipts(app, words.positional[0], {
      criterion: words.text("criterion"),
      width: output.columns(),
    });
    for (const notice of found.notices) output.err(`Note: ${clip(notice, 400)}\n`);
    if (format === "json") output.out(`${JSON.stringify(found.receipts)}\n`);
    else if (found.receipts.length === 0) output.err(`Run ${found.runId} has no receipts yet\n`);
    else if (format === "text") output.out(found.text);
    else {
      const { receiptsJunit, receiptsMarkdown } = await import("../render/receipt_formats.ts");
      output.out(format === "junit" ? receiptsJunit(found) : receiptsMarkdown(found));
    }
    return EXIT.done;
  },
};
