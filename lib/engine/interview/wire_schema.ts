import { z } from "zod";
import { type DocumentProblem, documentProblems } from "../../kernel/document_problem.ts";
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

/** A text of a model's answer that says something, without what is blank around it. */
export function wireText(max: number, description: string): z.ZodType<string> {
  return z.string().max(max).regex(/\S/, "must not be empty").transform((text) => text.trim())
    .pipe(z.string()).describe(description);
}

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
  const problems = problemLines(documentProblems(parsed.error.issues, value), "the answer");
  return { value: null, problems: problems.slice(0, TOLD_PROBLEMS) };
}

/** Problems of a document as lines; `whole`: what the document itself is called. */
export function problemLines(problems: readonly DocumentProblem[], whole: string): string[] {
  return problems.map(({ path, message }) =>
    path === "" ? `${whole} ${message}` : `${path}: ${message}`
  );
}
