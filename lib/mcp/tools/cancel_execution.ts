import { z } from "zod";
import { runStanding } from "../standing.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

/** How long a live worker is waited for, in milliseconds: it ends its agent in order. */
const WAIT_MS = 12_000;

/** Ends a run. */
export const cancelExecutionTool = defineTool({
  name: "ouroboros_cancel_execution",
  title: "Cancel a run",
  description:
    "Ends a run and its agent. What was done so far is kept. Only when the user wants it.",
  input: z.strictObject({
    execution_id: THING_ID.describe("The run"),
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
    const [{ cancelRun }, { findRunOf }] = await Promise.all([
      import("../../app/cancel_run.ts"),
      import("../../app/find_thing.ts"),
    ]);
    const runId = await findRunOf(app, execution_id);
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
