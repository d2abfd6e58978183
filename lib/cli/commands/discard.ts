import { discardRun } from "../../app/discard_run.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { size } from "../render/text.ts";

/** `ouroboros discard`: the files of a run go, its record stays. */
export const discard: Command = {
  name: "discard",
  usage: "RUN",
  summary: "Removes a run's worktrees and changes; its record and receipts stay.",
  details: [
    "A run whose changes are in your files, by an apply that was cut off too, is kept: only its files " +
    "can take them back. Undo it first, or say that you keep the changes.",
  ],
  options: {
    "forget-undo": { help: "Also where its changes were applied: no undo can take them back then" },
    "dry-run": { help: "Say what would be removed" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros discard RUN"],
  decides: unlessGiven("dry-run"),
  positional: [1, 1],
  async run({ app, words, output }) {
    const dryRun = words.has("dry-run");
    const done = await discardRun(app, words.positional[0]!, {
      dryRun,
      forgetUndo: words.has("forget-undo"),
    });
    output.out(
      words.has("json")
        ? `${JSON.stringify(done)}\n`
        : `${dryRun ? "Would remove" : "Removed"} ${
          size(done.bytes)
        } of run ${done.runId} in ${done.dir}\n`,
    );
    return EXIT.done;
  },
};
