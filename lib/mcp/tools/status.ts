import { z } from "zod";
import { listRuns } from "../../app/list_runs.ts";
import { showRun } from "../../app/show_run.ts";
import { defineTool } from "../tool.ts";

/** Where runs stand; changes nothing. */
export const statusTool = defineTool({
  name: "ouroboros_status",
  title: "State of runs",
  description:
    "Shows where Ouroboros runs stand: state, reason, each criterion and what to do next. " +
    "Without arguments: the newest runs of this project. Only `passed` and `accepted` are " +
    "proved; never report `claimed` or `unverified` as done.",
  input: z.strictObject({
    run: z.string().min(4).max(64).optional()
      .describe("Id of a run, or the last characters of one"),
    all: z.boolean().optional().describe("Runs of all projects, not only of this one"),
    limit: z.int().min(1).max(50).optional().describe("How many runs, the newest first; 5"),
  }),
  output: z.object({
    project: z.string().describe("Folder whose runs were asked for"),
    runs: z.array(z.object({ runId: z.string(), state: z.string(), goal: z.string() })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 10_000,
  async run(app, { run, all = false, limit = 5 }) {
    const runs = run === undefined
      ? await listRuns(app, { all, limit })
      : [await showRun(app, run)];
    return { project: app.cwd, runs };
  },
  text: (answer) => JSON.stringify(answer),
});
