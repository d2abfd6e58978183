import { z } from "zod";
import { OuroborosError } from "../../kernel/error.ts";
import { elicitTurn } from "../elicit/elicit.ts";
import { INTERVIEW_ANSWER, interviewAnswer, interviewText } from "../interview_answer.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";

const ANSWER = z.strictObject({
  question: z.string().max(20),
  choices: z.array(z.int().min(1)).max(20).optional().describe("From 1"),
  text: z.string().max(10_000).optional(),
  delegate: z.boolean().optional(),
  skip: z.boolean().optional(),
});

/** An interview whose model is that of the host: one turn a call. */
export const interviewTool = defineTool({
  name: "ouroboros_interview",
  title: "Interview",
  description:
    "Turns an idea into an agreed, checkable seed. You think: each answer says what to " +
    "do next, the next call hands it in. Only the user answers and agrees. session_id alone: " +
    "where it is; nothing: the latest open one here.",
  input: z.strictObject({
    initial_context: z.string().min(1).max(50_000).optional().describe("Begins one"),
    session_id: THING_ID.optional(),
    answers: z.array(ANSWER).max(50).optional(),
    answer: z.string().max(10_000).optional().describe("To the one question"),
    remark: z.string().max(10_000).optional(),
    finish: z.boolean().optional().describe("Enough said"),
    approve: z.int().min(1).optional().describe("Review agreed to"),
    reject: z.array(z.string().max(20)).max(200).optional().describe("Wrong assumptions"),
    try: z.int().min(1).optional().describe("Let checks run"),
    thought: z.int().min(1).optional(),
    // Many models write JSON as text into such an argument: that is taken too.
    draft: z.unknown().meta({ type: "object", description: "Answers thought" }).optional(),
    think: z.enum(["host", "runtime"]).optional().describe("runtime: a paid agent, with confirm"),
    confirm: z.boolean().optional(),
    cwd: z.string().optional(),
  }),
  aliases: { interview_id: "session_id" },
  output: INTERVIEW_ANSWER,
  class: "mutation",
  traits: { idempotent: false, openWorld: true },
  limitMs: 20_000,
  async run(app, { initial_context, session_id, think, confirm, cwd: _, ...handed }, call) {
    if (think === "runtime" && confirm !== true) throw unconfirmed();
    const { hostInterview } = await import("../../app/interview/host_interview.ts");
    const by = { think: think ?? "host", signal: call.signal };
    return await elicitTurn(app, call, {
      first: () =>
        hostInterview(
          app,
          { initialContext: initial_context, interviewId: session_id, ...handed },
          { ...by, by: "host" },
        ),
      // A form is filled in by the user themselves.
      say: (interviewId, said) =>
        hostInterview(app, { interviewId, ...said }, { ...by, by: "person" }),
      answer: interviewAnswer,
    });
  },
  text: interviewText,
});

/** Said before anything is paid for; the user's yes counts for one call, as each pays anew. */
function unconfirmed(): OuroborosError {
  return new OuroborosError({
    code: "needs_input",
    message:
      "Have an agent think: each thought is one paid call of its model, three or more to a " +
      "seed, and the user has to say yes first",
    hint:
      "Tell the user this, and after their yes call it again with confirm: true; or leave out " +
      "think, and think yourself",
  });
}
