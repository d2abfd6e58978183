import { showRun } from "../../app/show_run.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { runText } from "../render/run_view.ts";

/** `ouroboros status`: where a run stands. */
export const status: Command = {
  name: "status",
  usage: "[RUN]",
  summary: "Shows where a run stands: the newest of this project, or the one named.",
  details: ["Exits 0 whatever the run's result is; the result is in the text and in --json."],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros status", "ouroboros status RUN --json"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const run = await showRun(app, words.positional[0]);
    output.out(
      words.has("json")
        ? `${JSON.stringify(run)}\n`
        : runText(run, { color: output.color, columns: output.columns() }),
    );
    return EXIT.done;
  },
};
