import { watchRun } from "../../app/watch_run.ts";
import type { Command } from "../command.ts";
import { followWatch } from "../follow_run.ts";

/** `ouroboros watch`: follows a run from any terminal. */
export const watch: Command = {
  name: "watch",
  usage: "[RUN]",
  summary: "Follows a run, whoever works on it: where it stands, then one line a change.",
  details: [
    "The newest run of this project, or the one named. Ends with the run, and with the exit code " +
    "that run would have. Ctrl-C ends the watching (7) and nothing else.",
  ],
  options: { json: { help: "One JSON event a line on stdout, as run --json" } },
  examples: ["ouroboros watch", "ouroboros watch RUN --json"],
  positional: [0, 1],
  async run(context) {
    const { app, words, interrupt } = context;
    return await followWatch(context, watchRun(app, words.positional[0], { until: interrupt }));
  },
};
