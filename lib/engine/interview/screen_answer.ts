import { z } from "zod";
import { MAX_CHOICES, TOPICS } from "./screen.ts";
import { parseAnswer, type Parsed, wireSchema, wireText as line } from "./wire_schema.ts";

const lines = (description: string) =>
  z.array(line(1_000, "One line")).max(50).default([]).describe(description);

const choice = z.object({
  text: line(500, "The answer in the user's words"),
  recommended: z.boolean().default(false).describe("True for what you would take"),
});

/** Keys as they go over the wire. */
const ScreenAnswer = z.object({
  draft: z.object({
    goal: line(2_000, "What the whole work is for, in one or two sentences"),
    scope: lines("What is part of it"),
    non_goals: lines("What is not"),
    constraints: lines("What must not be broken, used or changed"),
    outputs: lines("Files, commands, pages or endpoints that exist afterwards"),
    verification: z.array(z.object({
      text: line(1_000, "What is seen when it holds"),
      run: line(2_000, "Command of this project that decides it").nullable().default(null),
      human: line(500, "Who looks at it, where no command can decide").nullable().default(null),
    })).max(20).default([]).describe("How the result is verified"),
    assumptions: z.array(z.object({
      text: line(1_000, "What you take for granted"),
      reason: line(1_000, "Why"),
    })).max(20).default([]).describe("What you took for granted beyond the material"),
  }).describe("What you understood"),
  contradictions: z.array(z.object({
    text: line(1_000, "What cannot hold together"),
    sides: z.array(choice).min(2).max(4).describe("The things of which only one can hold"),
  })).max(10).default([]).describe("Only those that are not in the list already"),
  questions: z.array(z.object({
    topic: z.enum(TOPICS).describe("What it is about"),
    text: line(1_000, "The question"),
    why: line(1_000, "What depends on the answer"),
    choices: z.array(choice).max(20).default([]).describe(
      `Two to ${MAX_CHOICES} answers, one of them recommended`,
    ),
    many: z.boolean().default(false).describe("More than one may be picked"),
    replaces: z.string().max(20).nullable().default(null).describe(
      "Id of a skipped question that this one asks in other words",
    ),
  })).max(50).default([]).describe("The most important ones first; none when it is clear"),
});

/** What a model answers when it is asked for a screen. */
export type ScreenAnswer = z.infer<typeof ScreenAnswer>;

/** JSON schema of a screen, for whoever asks a model. */
export function screenSchema(): Record<string, unknown> {
  return wireSchema(ScreenAnswer);
}

/** Reads a screen from a model's answer: text or value. Never throws. */
export function parseScreen(answer: unknown): Parsed<ScreenAnswer> {
  return parseAnswer(ScreenAnswer, answer);
}
