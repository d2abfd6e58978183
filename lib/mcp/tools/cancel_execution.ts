import { z } from "zod";
import type { App } from "../../app/app.ts";
import type { InterviewView } from "../../app/interview/views.ts";
import { interviewStanding, runStanding } from "../standing.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

/** How long a live worker is waited for, in milliseconds: it ends its agent in order. */
const WAIT_MS = 12_000;

/** Ends a run, or an interview. */
export const cancelExecutionTool = defineTool({
  name: "ouroboros_cancel_execution",
  title: "Cancel a run",
  description:
    "Ends a run or an interview, and its agent. What was done so far is kept. Only when the user wants it.",
  input: z.strictObject({
    execution_id: THING_ID.describe("The run or interview"),
    reason: z.string().max(2_000).optional(),
  }),
  aliases: { session_id: "execution_id", job_id: "execution_id", run: "execution_id" },
  output: z.object({
    outcome: z.enum(["cancelled", "cancelling", "had_ended"]),
    id: z.string(),
    state: z.string(),
    reason: z.string(),
    next: z.array(z.string()),
  }),
  class: "mutation",
  traits: { destructive: true, idempotent: true, openWorld: false },
  limitMs: 20_000,
  async run(app, { execution_id, reason = "" }, { signal }) {
    const [{ cancelRun }, { findThing }] = await Promise.all([
      import("../../app/cancel_run.ts"),
      import("../../app/find_thing.ts"),
    ]);
    const thing = await findThing(app, execution_id);
    if (thing.kind === "interview") return await abandon(app, thing.interview, reason);
    const { runId } = thing.run.created;
    const patience = new AbortController();
    app.clock.sleep(WAIT_MS, signal).then(() => patience.abort());
    const { run, alreadyEnded, pending } = await cancelRun(app, runId, {
      reason,
      until: patience.signal,
    });
    const outcome = alreadyEnded ? "had_ended" : pending ? "cancelling" : "cancelled";
    return { ...runStanding(run), outcome } as const;
  },
  text({ outcome, id, state, reason, next }) {
    const said = {
      cancelled: "Cancelled",
      cancelling: "Asked to end; its agent is being stopped",
      had_ended: "It had ended before: nothing was done",
    };
    const why = reason === "" ? "" : `: ${reason}`;
    return [said[outcome], `${id}  ${state}${why}`, ...next.map((line) => `- ${line}`)].join("\n");
  },
});

/** Ends an interview without a seed, with the process that thinks for it. */
async function abandon(app: App, interview: InterviewView, reason: string) {
  const standing = interviewStanding(interview);
  if (standing.over) return { ...standing, outcome: "had_ended" } as const;
  const { abandonInterview } = await import("../../app/interview/abandon_interview.ts");
  const done = await abandonInterview(app, interview.interviewId, { by: "host", reason });
  const { ended } = done;
  const lives = ended !== null && !ended.isGone;
  return {
    ...interviewStanding(done.interview),
    ...(lives ? { next: [`The user types: kill ${ended.pid}, which could not be ended`] } : {}),
    outcome: lives ? "cancelling" : "cancelled",
  } as const;
}
