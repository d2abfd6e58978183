import { duplicateKey } from "../../kernel/duplicate_key.ts";
import { messageOf } from "../../kernel/error.ts";

/** Most characters of a model's answer (the original's limit). */
export const MAX_MODEL_CHARS = 100_000;

/** What stood in a model's answer, or why nothing can be read from it. */
export type AnswerValue = { value: unknown; problem: null } | { value: null; problem: string };

/**
 * The value in a model's answer, which may be a value already (structured output), JSON, or prose
 * around JSON: a fenced block, else what stands from the first brace to the last. Never throws.
 */
export function answerValue(answer: unknown): AnswerValue {
  if (answer === undefined || answer === null) return wrong("the answer is empty");
  if (typeof answer !== "string") return sizedValue(answer);
  if (answer.trim() === "") return wrong("the answer is empty");
  if (answer.length > MAX_MODEL_CHARS) return tooLong(answer.length);
  let problem = "the answer holds no JSON object";
  for (const text of candidates(answer)) {
    try {
      const value = JSON.parse(text);
      const key = duplicateKey(text);
      if (key === undefined) return { value, problem: null };
      problem = `the answer gives "${key.slice(0, 100)}" twice`;
    } catch (thrown) {
      // The next candidate may be whole; the last one's problem is told.
      problem = `the answer is not JSON: ${messageOf(thrown).slice(0, 200)}`;
    }
  }
  return wrong(problem);
}

function candidates(text: string): string[] {
  const trimmed = text.trim();
  const fenced = [...trimmed.matchAll(/```[a-zA-Z]*[^\S\n]*\n([\s\S]*?)```/g)].map((one) =>
    one[1]!
  );
  const first = trimmed.indexOf("{");
  const last = trimmed.lastIndexOf("}");
  const braces = first !== -1 && last > first ? [trimmed.slice(first, last + 1)] : [];
  const whole = trimmed.startsWith("{") ? [trimmed] : [];
  return [...whole, ...fenced.filter((one) => one.trim().startsWith("{")), ...braces];
}

function sizedValue(value: unknown): AnswerValue {
  let length: number;
  try {
    length = JSON.stringify(value)?.length ?? 0;
  } catch (thrown) {
    // A circle, a big integer: nothing that a model could have written as JSON.
    return wrong(`the answer is not JSON: ${messageOf(thrown).slice(0, 200)}`);
  }
  return length > MAX_MODEL_CHARS ? tooLong(length) : { value, problem: null };
}

function tooLong(length: number): AnswerValue {
  return wrong(`the answer has ${length} characters, ${MAX_MODEL_CHARS} is the most`);
}

function wrong(problem: string): AnswerValue {
  return { value: null, problem };
}
