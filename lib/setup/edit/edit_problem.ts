import { documentPath } from "../../kernel/document_problem.ts";
import { OuroborosError } from "../../kernel/error.ts";

/** Why a file was left as it is. */
export interface EditProblem {
  /**
   * `encoding`: no UTF-8. `too_large`. `syntax`: the format's parser refuses it. `duplicate_key`.
   * `shape`: something else than is needed stands there. `changed`: what we set was changed since.
   * `comment`: what we set has a comment of somebody's in it since. `layout`: it is valid, and no
   * edit was found that changes nothing else.
   */
  code:
    | "encoding"
    | "too_large"
    | "syntax"
    | "duplicate_key"
    | "shape"
    | "changed"
    | "comment"
    | "layout";
  /** Key path; empty for the file itself. */
  path: readonly string[];
  found: string;
  expected: string;
  /** From 1, where it is known. */
  line?: number;
  /** From 1, in characters. */
  column?: number;
  hint: string;
}

/** A problem as the sentence of an error: the file, the place, what was found and expected. */
export function problemText(file: string, problem: EditProblem): string {
  const { path, line, column, found, expected } = problem;
  const place = line === undefined ? file : `${file}:${line}${column ? `:${column}` : ""}`;
  const key = path.length === 0 ? "" : ` at ${documentPath(path)}`;
  return `Edit "${place}": found ${found}${key}, expected ${expected}`;
}

/** A problem as an error: `host_file_unusable`, nothing was written. */
export function problemError(file: string, problem: EditProblem): OuroborosError {
  return new OuroborosError({
    code: "host_file_unusable",
    message: problemText(file, problem),
    hint: problem.hint,
  });
}
