import { duplicateKey } from "../../kernel/duplicate_key.ts";
import type { AnswerSchema } from "./completion.ts";
import { jsonCandidates } from "./json_candidates.ts";

/** More of an answer is not looked at: no schema of ours needs it. */
const MOST_UNITS = 1_000_000;

/** At most so many problems are sent back. */
const MOST_PROBLEMS = 20;

/** The value that a model's words hold, or what is wrong with them: at least one line. */
export function readAnswer<T>(
  text: string,
  schema: AnswerSchema<T>,
): { value: T } | { problems: readonly string[] } {
  if (text.length > MOST_UNITS) return { problems: [`it has more than ${MOST_UNITS} characters`] };
  let problems: readonly string[] | undefined;
  let found: { value: T; json: string } | undefined;
  for (const candidate of jsonCandidates(text)) {
    const read = schema.parse(candidate);
    if ("value" in read) {
      const json = JSON.stringify(candidate);
      // A first thought and a second one: which of them holds is not for us to say.
      if (found !== undefined && found.json !== json) {
        return { problems: ["it holds two answers that differ: give one JSON object alone"] };
      }
      found ??= { value: read.value, json };
    } else problems ??= read.problems;
  }
  if (found !== undefined) return { value: found.value };
  if (problems === undefined) {
    const key = givenTwice(text);
    if (key === undefined) return { problems: ["it holds no JSON object"] };
    return { problems: [`it gives "${key.slice(0, 100)}" twice`] };
  }
  return { problems: problems.length === 0 ? ["it is not as asked"] : clipped(problems) };
}

function givenTwice(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    // Prose, of which nobody knows what is a key.
    return undefined;
  }
  return duplicateKey(text);
}

function clipped(problems: readonly string[]): readonly string[] {
  const left = problems.length - MOST_PROBLEMS;
  return left <= 0 ? problems : [...problems.slice(0, MOST_PROBLEMS), `and ${left} more`];
}
