import { diffRun } from "../../app/diff_run.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { shownWhole } from "../../kernel/shown_whole.ts";

/** `ouroboros diff`: what a run changed. */
export const diff: Command = {
  name: "diff",
  usage: "[RUN]",
  summary: "Shows a run's integrated changes as a unified diff.",
  options: {
    criterion: { value: "ID", help: "The last try of this criterion, integrated or not" },
    json: { help: "The changed paths as JSON on stdout" },
  },
  examples: ["ouroboros diff", "ouroboros diff RUN --criterion 2 | less"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const found = await diffRun(app, words.positional[0], { criterion: words.text("criterion") });
    if (words.has("json")) {
      output.out(`${JSON.stringify({ runId: found.runId, changed: found.changed })}\n`);
    } else if (found.changed.length === 0) {
      output.err(`Run ${found.runId} changed nothing\n`);
    } else {
      // A pipe gets every byte; a terminal must not obey what a file holds.
      output.out(output.isTerminal ? shownWhole(found.text) : found.text);
    }
    return EXIT.done;
  },
};
