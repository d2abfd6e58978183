import { z } from "zod";
import { OuroborosError } from "../../kernel/error.ts";
import { INTERVIEW_ANSWER, interviewAnswer, interviewText } from "../interview_answer.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

/** Freezes what an interview agreed on, and writes the seed's file. */
export const generateSeedTool = defineTool({
  name: "ouroboros_generate_seed",
  title: "Freeze a seed",
  description:
    "Freezes the seed that the user saw into a file. Without session_id: the latest clear one " +
    "here. force: the user wants it unclear; its true score is recorded.",
  input: z.strictObject({
    session_id: THING_ID.optional(),
    force: z.boolean().optional(),
    reason: z.string().min(1).max(2_000).optional(),
    cwd: z.string().optional(),
  }),
  aliases: { interview_id: "session_id" },
  // In fewer words than the tool that is called for every turn.
  output: INTERVIEW_ANSWER.extend({ do: z.string() }),
  class: "mutation",
  traits: { idempotent: true, openWorld: false },
  limitMs: 20_000,
  async run(app, { session_id, force = false, reason }, call) {
    if (force !== (reason !== undefined)) {
      throw new OuroborosError({
        code: "usage",
        message: "Freeze a seed: force and reason come together",
        hint: 'force: true and reason: "the user wants to see a first version"',
      });
    }
    const { hostSeed } = await import("../../app/interview/host_seed.ts");
    const input = {
      interviewId: session_id,
      force: reason === undefined ? undefined : { reason },
    };
    return interviewAnswer(await hostSeed(app, input, call.signal));
  },
  text: interviewText,
});
