import { OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import type { FiledAnswers } from "./interview_answers.ts";
import type { FactCorrections, InterviewView } from "./interview_view.ts";

/**
 * What a file says of the project's facts and is not so yet; undefined: nothing. A name is an id or a
 * text of a fact; one that is neither adds a fact. Errors: usage (a name that is probably misspelt, or
 * that takes away what is not there).
 */
export function filedFacts(
  { name: file, facts, brownfield }: Pick<FiledAnswers, "name" | "facts" | "brownfield">,
  view: InterviewView,
): FactCorrections | undefined {
  const known = view.facts.facts;
  const corrections = [...facts].flatMap(([name, text]) => {
    const found = known.find((one) => one.id === name || one.text === name);
    if (!found) {
      // On a resume the same file says again what it said; then nothing is left of what it took away.
      if (text === null && view.answers.length > 0) return [];
      const near = nearestName(name, known.map((one) => one.id));
      if (text === null || near !== undefined) {
        throw unknownFact(file, { name, near, ids: known.map((one) => one.id) });
      }
      return [{ id: name, text }];
    }
    return found.text === text ? [] : [{ id: found.id, text }];
  });
  const other = brownfield !== null && brownfield !== view.facts.brownfield;
  if (corrections.length === 0 && !other) return undefined;
  return { corrections, ...(other ? { brownfield } : {}) };
}

function unknownFact(
  file: string,
  { name, near, ids }: { name: string; near: string | undefined; ids: readonly string[] },
): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Use the answers "${file}": facts: "${name}" is not known`,
    hint: near === undefined
      ? `The facts are ${ids.join(", ") || "none"}`
      : `Did you mean "${near}"?`,
  });
}
