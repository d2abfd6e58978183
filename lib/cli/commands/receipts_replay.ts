import { replayReceipts } from "../../app/receipts/replay_receipts.ts";
import type { Command } from "../command.ts";
import { replayText } from "../render/receipt_replay.ts";
import { clip } from "../render/text.ts";

/** `ouroboros receipts replay`: every check again, on the recorded files. */
export const receiptsReplay: Command = {
  name: "receipts replay",
  usage: "RUN|FILE",
  summary: "Runs every check of a run's receipts again, on the recorded files, without a model.",
  details: [
    "Ends with 0 when every run came out as recorded, 5 when one differs, 9 when this machine " +
    "lacks something that a check needs. A file whose parts were changed is refused with 1.",
    "The checks are commands, and run as you: before you replay a file of somebody else's, read " +
    "them with ouroboros receipts FILE and tar -xOf FILE seed.yaml.",
  ],
  options: {
    repo: { value: "DIR", help: "The project or a clone: from there what git does not hold" },
    env: { value: "NAME", help: "Hand this variable on to checks", repeated: true },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros receipts replay RUN",
    "ouroboros receipts replay receipts.tar --repo .",
  ],
  positional: [1, 1],
  async run({ app, words, output, interrupt }) {
    const json = words.has("json");
    const report = await replayReceipts(app, words.positional[0]!, {
      repo: words.text("repo"),
      env: words.texts("env"),
      cancel: interrupt,
      ...(json ? {} : {
        onStart: (criterion: string, title: string, on: string) =>
          output.err(`Criterion ${criterion}, on the ${on}: ${clip(title, 100)}\n`),
      }),
    });
    if (!json) { for (const notice of report.notices) output.err(`Note: ${notice}\n`); }
    output.out(json ? `${JSON.stringify(report)}\n` : replayText(report));
    return report.exit;
  },
};
