import { z } from "zod";
import { runStanding, STANDING, standingText, usedText } from "../standing.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

/** Hosts end a call after 30 s and more: a wait comes back before. */
const MOST_SECONDS = 18;
const SECONDS = 15;

/** Waits for a run to change; changes nothing. */
export const jobWaitTool = defineTool({
  name: "ouroboros_job_wait",
  title: "Wait for a run",
  description: "Waits until a run changes in a way that matters (a criterion is decided or tried " +
    "again, it ends), at most 18 s. Call it again with the cursor until `over`.",
  input: z.strictObject({
    job_id: THING_ID.optional(),
    cursor: z.int().min(0).optional().describe("From the last answer"),
    timeout_seconds: z.number().min(0).optional(),
    cwd: z.string().optional(),
  }),
  aliases: { session_id: "job_id", execution_id: "job_id", run: "job_id" },
  output: STANDING.extend({
    cursor: z.number(),
    changes: z.array(z.string()),
    used: z.string(),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 20_000,
  async run(app, { job_id, cursor, timeout_seconds = SECONDS }, { signal, progress }) {
    progress("Waits for the run");
    const [{ findRunOf }, { waitRun }] = await Promise.all([
      import("../../app/find_thing.ts"),
      import("../../app/wait_run.ts"),
    ]);
    const id = await findRunOf(app, job_id);
    const { run, cursor: now, changes } = await waitRun(app, id, {
      cursor,
      timeoutMs: Math.min(timeout_seconds, MOST_SECONDS) * 1_000,
      until: signal,
      onEvent: (event) => progress(event.type),
    });
    return { ...runStanding(run), cursor: now, changes: [...changes], used: usedText(run) };
  },
  text({ changes, used, cursor, ...standing }) {
    return [
      ...(changes.length > 0
        ? changes
        : [standing.over ? "Nothing more will happen by itself" : "Nothing new yet"]),
      "",
      standingText(standing),
      `Used: ${used}`,
      ...(standing.over ? [] : [`Cursor: ${cursor}`]),
    ].join("\n");
  },
});
