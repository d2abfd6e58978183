import { z } from "zod";
import { documentProblems } from "../../kernel/document_problem.ts";
import { answerValue } from "./answer_value.ts";

/** Problems that go into the request that asks again. */
const TOLD_PROBLEMS = 10;

/** Keywords that every runtime's structured output takes; limits are held by the parser alone. */
const KEYWORDS = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "anyOf",
  "description",
];

/** A value of the wanted shape, or what is wrong with it. */
export type Parsed<T> = { value: T; problems: null } | { value: null; problems: string[] };

/**
 * JSON schema of what a model is to answer, in the narrowest dialect: every key is required and no
 * other is allowed. The parser is more lenient: what has a default may be left out.
 */
export function wireSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    io: "output",
    reused: "inline",
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) {
        if (!KEYWORDS.includes(key)) delete (jsonSchema as Record<string, unknown>)[key];
      }
    },
  });
  return wire;
}

/** Reads a model's answer by a schema. Never throws. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): Parsed<T> {
  const { value, problem } = answerValue(answer);
  if (problem !== null) return { value: null, problems: [problem] };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, problems: null };
  const problems = documentProblems(parsed.error.issues, value)
    .map(({ path, message }) => path === "" ? `the answer ${message}` : `${path}: ${message}`);
  return { value: null, problems: problems.slice(0, TOLD_PROBLEMS) };
}
