import { listRuns } from "../../app/list_runs.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { paintState, palette } from "../render/color.ts";
import { localTime } from "../../kernel/local_time.ts";
import { clip } from "../render/text.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros runs`: the newest first. */
export const runs: Command = {
  name: "runs",
  usage: "",
  summary: "Lists runs, the newest first: those of this project, or all.",
  options: {
    all: { short: "a", help: "Runs of every project" },
    limit: { value: "N", kind: "count", most: 1000, help: "At most so many (20)" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros runs", "ouroboros runs --all --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const options = { all: words.has("all"), limit: words.count("limit") ?? 20 };
    const views = await listRuns(app, options);
    if (words.has("json")) {
      output.out(`${JSON.stringify(views)}\n`);
      return EXIT.done;
    }
    if (views.length === 0) {
      const none = `No runs${options.all ? "" : " of this project"} yet. Try: ouroboros demo\n`;
      output.err(await typedText(app, none));
      return EXIT.done;
    }
    const paint = palette(output.color);
    for (const view of views) {
      const good = view.criteria.filter((one) => /^(passed|accepted)$/.test(one.state)).length;
      // Padded before it is painted: colour codes have no width on the screen.
      const state = view.state.padEnd(11);
      const facts = `${view.runId}  ${localTime(view.createdAt)}  `;
      const counts = `  ${good}/${view.criteria.length}  ${view.runtime}  `;
      const room = Math.max(20, output.columns() - facts.length - counts.length - 11);
      const painted = paintState(paint, view.state).replace(view.state, state);
      output.out(`${facts}${painted}${counts}${clip(view.goal, room)}\n`);
    }
    return EXIT.done;
  },
};
