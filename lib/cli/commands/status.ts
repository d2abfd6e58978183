import { showRun } from "../../app/show_run.ts";
import { typedName } from "../../app/typed_name.ts";
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
    if (words.has("json")) output.out(`${JSON.stringify(run)}\n`);
    else {
      const name = await typedName(app);
      output.out(runText(run, { color: output.color, columns: output.columns(), name }));
    }
    return EXIT.done;
  },
};
