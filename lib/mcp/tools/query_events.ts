import { z } from "zod";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

/** Events of the journal; changes nothing. */
export const queryEventsTool = defineTool({
  name: "ouroboros_query_events",
  title: "Journal",
  description: "The journal of a run or interview, oldest event first, to look into what " +
    "happened.",
  input: z.strictObject({
    session_id: THING_ID.optional(),
    event_type: z.string().max(64).optional().describe("attempt.checked; or attempt: all of them"),
    limit: z.int().min(1).max(200).optional(),
    offset: z.int().min(0).optional(),
    cwd: z.string().optional(),
  }),
  aliases: { execution_id: "session_id", job_id: "session_id", run: "session_id" },
  output: z.object({
    id: z.string(),
    total: z.number(),
    next_offset: z.number().nullable(),
    events: z.array(z.object({
      version: z.number(),
      at: z.string(),
      type: z.string(),
      data: z.unknown(),
    })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 10_000,
  async run(app, { session_id, event_type, limit = 50, offset = 0 }) {
    const { queryEvents } = await import("../../app/query_events.ts");
    const options = { type: event_type, limit, offset };
    const { nextOffset, ...slice } = await queryEvents(app, session_id, options);
    return { ...slice, next_offset: nextOffset };
  },
  text({ id, total, next_offset, events }) {
    const lines = events.map((one) =>
      `${one.version}  ${one.at}  ${one.type}  ${briefly(one.data)}`
    );
    const more = next_offset === null ? [] : [`More: offset ${next_offset}`];
    return [`${id}: ${events.length} of ${total} events`, ...lines, ...more].join("\n");
  },
});

/** An event's data in one line: its short facts. */
function briefly(data: unknown): string {
  if (data === null || typeof data !== "object") return "";
  return Object.entries(data)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([key, value]) =>
      `${key}=${String(value).replace(/\s+/g, " ").slice(0, 80).toWellFormed()}`
    )
    .join(" ");
}
