/** One thing that is wrong in a document that a person wrote. */
export interface DocumentProblem {
  /** Exact path in the document: `acceptance_criteria[1].check.run`; empty for the document itself. */
  path: string;
  /** What must be so, as the end of a sentence that begins with the path. */
  message: string;
}

/** The parts of a schema library's issue that are read here; the kernel knows no such library. */
export interface SchemaIssue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly values?: unknown;
  /** Of a union: the issues of each branch, with paths relative to this issue's. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
  /** Of a mapping's key: what is wrong with it. */
  readonly issues?: readonly SchemaIssue[];
}

/** A path as people write it: `a.b[0].c`; keys that are no plain words stand in quotes. */
export function documentPath(path: readonly PropertyKey[]): string {
  return path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    const key = String(part);
    if (!/^[A-Za-z0-9_-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
    return index === 0 ? key : `.${key}`;
  }).join("");
}

/** Schema issues of `document` in plain words, in the order in which they were found. */
export function documentProblems(
  issues: readonly SchemaIssue[],
  document: unknown,
): DocumentProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], document));
}

/** Problems that are written out; a document can hold thousands. */
const SHOWN_PROBLEMS = 50;

/** Problems as one text: the only one on the same line, several on lines of their own. */
export function problemText(problems: readonly DocumentProblem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS)
    .map(({ path, message }) => path === "" ? message : `${path}: ${message}`);
  if (problems.length === 1) return lines[0]!;
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`and ${more.toLocaleString("en-US")} more`);
  return `${problems.length.toLocaleString("en-US")} problems\n${
    lines.map((line) => `  ${line}`).join("\n")
  }`;
}

function problemsOf(
  issue: SchemaIssue,
  base: readonly PropertyKey[],
  document: unknown,
): DocumentProblem[] {
  const path = [...base, ...issue.path];
  const value = valueAt(document, path);
  if (issue.code === "invalid_union") {
    // The branch that the writer meant is the one whose kind fits; the others only add noise.
    const branches = issue.errors ?? [];
    const fitting = branches.find((branch) => !branch.some(isRootMismatch));
    if (fitting) return fitting.flatMap((inner) => problemsOf(inner, path, document));
    const kinds = new Set(branches.flat().filter(isRootMismatch).map((one) => kind(one.expected)));
    return [{ path: documentPath(path), message: mismatch([...kinds].join(" or "), value, path) }];
  }
  if (issue.code === "invalid_type" && value === undefined && path.length > 0) {
    return [{ path: documentPath(path), message: "is missing" }];
  }
  return [{ path: documentPath(path), message: messageOf(issue, value, path) }];
}

function isRootMismatch(issue: SchemaIssue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function messageOf(issue: SchemaIssue, value: unknown, path: readonly PropertyKey[]): string {
  const things = issue.origin === "string"
    ? "characters"
    : issue.origin === "array"
    ? "entries"
    : undefined;
  switch (issue.code) {
    case "invalid_type":
      return mismatch(kind(issue.expected), value, path);
    case "too_big":
      return things
        ? `must have at most ${amount(issue.maximum)} ${things}`
        : `must be at most ${amount(issue.maximum)}`;
    case "too_small":
      return things
        ? `must have at least ${amount(issue.minimum)} ${things}`
        : `must be at least ${amount(issue.minimum)}`;
    case "invalid_value": {
      const words = Array.isArray(issue.values)
        ? issue.values.map((one) => JSON.stringify(one))
        : [];
      return words.length === 0 ? issue.message : `must be ${words.join(" or ")}`;
    }
    case "invalid_key":
      return `as a key ${issue.issues?.[0]?.message ?? issue.message}`;
    default:
      return issue.message;
  }
}

function mismatch(wanted: string, value: unknown, path: readonly PropertyKey[]): string {
  const found = kindOfValue(value);
  const last = path.at(-1);
  const quotes = wanted.startsWith("text") &&
      (found === "a number" || found === "true or false" ||
        (found === "a mapping" && typeof last === "number"))
    // `- Rejects: all` is a mapping to YAML; so is `yes: no`, and 1.10 is the number 1.1.
    ? "; put it in quotes"
    : "";
  return `must be ${wanted}, is ${found}${quotes}`;
}

function kind(expected: unknown): string {
  const words: Record<string, string> = {
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a mapping",
    record: "a mapping",
  };
  return words[String(expected)] ?? String(expected);
}

function kindOfValue(value: unknown): string {
  if (value === undefined || value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  return kind(typeof value);
}

function amount(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
