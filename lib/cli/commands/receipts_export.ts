import { exportReceipts, type ExportReport } from "../../app/receipts/export_receipts.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { counted, size } from "../render/text.ts";

/** `ouroboros receipts export`: receipts that another machine can replay. */
export const receiptsExport: Command = {
  name: "receipts export",
  usage: "RUN FILE",
  summary: "Writes a run's receipts into one file that another machine can replay.",
  details: [
    "The file is a plain tar with the receipts, the seed, and a git bundle of the files before and " +
    "after. Hidden checks leave with it, and so do the project's files: hand it on as you would " +
    "hand on the project.",
  ],
  options: {
    "dry-run": { help: "Say what would be written, and write nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros receipts export RUN receipts.tar"],
  positional: [2, 2],
  async run({ app, words, output }) {
    const [run = "", file = ""] = words.positional;
    const report = await exportReceipts(app, { run, file, dryRun: words.has("dry-run") });
    output.out(words.has("json") ? `${JSON.stringify(report)}\n` : exportText(report));
    return EXIT.done;
  },
};

function exportText(report: ExportReport): string {
  const { dryRun, criteria, file, bytes, digest, hidden, carry } = report;
  return [
    `${dryRun ? "Would write" : "Wrote"} ${counted(criteria.length, "receipt")} to ${file} ` +
    `(${size(bytes)})`,
    `Digest of what can be replayed: ${digest}`,
    ...(hidden > 0
      ? [`${counted(hidden, "hidden check")} in it: who has the file can read them`]
      : []),
    ...(carry.length > 0
      ? [
        `Not in it, as git does not hold it: ${
          carry.join(", ")
        } (a replay takes it from --repo DIR)`,
      ]
      : []),
    "",
  ].join("\n");
}
