import { collectGarbage } from "../../app/discard_run.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { counted, printable, size } from "../render/text.ts";

/** `ouroboros gc`: sizes and ages stay bounded. */
export const gc: Command = {
  name: "gc",
  usage: "",
  summary: "Removes files of runs that ended long ago; records and receipts stay.",
  details: [
    "Runs that are worked on or were interrupted are kept; of runs whose changes were applied, what " +
    "undo needs is. A run's folder that no record knows, as a start that was killed leaves it, goes once " +
    "it is as old (--days): until then it may be one that is just being made. What is not ours " +
    "among the folders of runs is named and left. Folders for temporary files that a killed " +
    "command left go as well.",
  ],
  options: {
    days: {
      value: "N",
      kind: "count",
      most: 3650,
      help: "Ended, or left, before so many days (14)",
    },
    "forget-undo": { help: "Also of runs that were applied: no undo can take them back then" },
    "dry-run": { help: "Say what would be removed" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros gc --dry-run", "ouroboros gc --days 3"],
  decides: unlessGiven("dry-run"),
  positional: [0, 0],
  async run({ app, words, output }) {
    const dryRun = words.has("dry-run");
    const days = words.count("days") ?? 14;
    const done = await collectGarbage(app, {
      days,
      dryRun,
      forgetUndo: words.has("forget-undo"),
    });
    if (words.has("json")) {
      output.out(`${JSON.stringify(done)}\n`);
      return EXIT.done;
    }
    for (const path of done.left) {
      output.out(`Left  ${printable(path)}: it is no folder of a run of ours\n`);
    }
    for (const one of done.young) {
      const age = `it goes once it is ${counted(days, "day")} old`;
      output.out(`Kept  ${one.runId}  ${size(one.bytes)}: ${one.why}; ${age}\n`);
    }
    for (const one of done.removed) output.out(`${one.runId}  ${size(one.bytes)}  ${one.why}\n`);
    output.out(
      `${dryRun ? "Would remove" : "Removed"} the files of ${
        counted(done.removed.length, "run")
      }\n`,
    );
    return EXIT.done;
  },
};
