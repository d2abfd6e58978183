import { z } from "zod";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";
import { interviewStanding, runStanding, STANDING, standingText, usedText } from "../standing.ts";

/** How often an interview asked a model; what its host was asked and has not answered is no call. */
function callsText({ calls, step }: { calls: number; step: string }): string {
  const made = calls - (step === "wait" ? 1 : 0);
  return `${made} ${made === 1 ? "call" : "calls"} of a model`;
}

/** How many other runs of the project are named. */
const RECENT = 5;

/** Where a run or an interview stands; changes nothing. */
export const sessionStatusTool = defineTool({
  name: "ouroboros_session_status",
  title: "Where it stands",
  description: "Where a run or interview stands, and what to do next. Only `passed` and " +
    "`accepted` are proved: report no other state as done. Without session_id: this project's latest.",
  input: z.strictObject({
    session_id: THING_ID.optional().describe("Of a run, interview, worker or seed, or its end"),
    cwd: z.string().optional(),
  }),
  aliases: { execution_id: "session_id", job_id: "session_id", run: "session_id" },
  output: STANDING.extend({
    project: z.string(),
    cursor: z.number(),
    used: z.string(),
    recent: z.array(z.object({ id: z.string(), state: z.string() })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 10_000,
  async run(app, { session_id }) {
    const { statusOf } = await import("../../app/status_of.ts");
    const { thing, cursor, recent } = await statusOf(app, session_id, { recent: RECENT });
    const about = thing.kind === "run"
      ? { ...runStanding(thing.run), project: thing.run.project, used: usedText(thing.run) }
      : {
        ...interviewStanding(thing.interview),
        project: thing.interview.project ?? app.cwd,
        used: callsText(thing.interview),
      };
    return { ...about, cursor, recent: recent.map(({ runId, state }) => ({ id: runId, state })) };
  },
  text({ recent, used, cursor, ...standing }) {
    const more = recent.map((one) => `${one.id} ${one.state}`).join(", ");
    return [
      standingText(standing),
      `Used: ${used}`,
      ...(standing.over ? [] : [`Cursor: ${cursor}`]),
      ...(more === "" ? [] : [`Also here: ${more}`]),
    ].join("\n");
  },
});
