import { z } from "zod";
import { defineTool } from "../tool.ts";

/** Personas as data for the host's own model; calls none. */
export const lateralThinkTool = defineTool({
  name: "ouroboros_lateral_think",
  title: "Another look at a problem",
  description: "When work is stuck: a persona (hacker, researcher, simplifier, architect, " +
    "contrarian, or all) with approach and questions, for you to think through. No model is called.",
  input: z.strictObject({
    problem_context: z.string().min(1).max(20_000),
    current_approach: z.string().min(1).max(20_000),
    persona: z.string().max(64).optional(),
    failed_attempts: z.array(z.string().max(2_000)).max(20).optional(),
  }),
  output: z.object({
    task: z.string(),
    personas: z.array(z.object({
      name: z.string(),
      stance: z.string(),
      approach: z.array(z.string()),
      questions: z.array(z.string()),
    })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 5_000,
  async run(app, { problem_context, current_approach, persona, failed_attempts }) {
    const { thinkLaterally } = await import("../../app/think_laterally.ts");
    const { task, personas } = await thinkLaterally(app, {
      problem: problem_context,
      approach: current_approach,
      failed: failed_attempts ?? [],
      persona: persona ?? "contrarian",
    });
    return {
      task,
      personas: personas.map(({ name, stance, approach, questions }) => ({
        name,
        stance,
        approach: [...approach],
        questions: [...questions],
      })),
    };
  },
  text: ({ task, personas }) =>
    [
      task,
      ...personas.map(({ name, stance, approach, questions }) =>
        [
          `The ${name}: ${stance}`,
          ...approach.map((step, index) => `${index + 1}. ${step}`),
          ...questions.map((question) => `? ${question}`),
        ].join("\n")
      ),
    ].join("\n\n"),
});
