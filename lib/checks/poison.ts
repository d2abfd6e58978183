import type { CheckRun } from "../kernel/check_run.ts";
import type { TestFunction } from "./brace_functions.ts";
import { type Edit, edited, type Lexis, type MaskedSource, maskedSource } from "./masked_source.ts";
import { C_ROW } from "./poison_rows/c.ts";
import { GO_ROW } from "./poison_rows/go.ts";
import { JAVA_ROW } from "./poison_rows/java.ts";
import { JAVASCRIPT_ROW } from "./poison_rows/javascript.ts";
import { PYTHON_ROW } from "./poison_rows/python.ts";
import { RUBY_ROW } from "./poison_rows/ruby.ts";
import { RUST_ROW } from "./poison_rows/rust.ts";
import { SHELL_ROW } from "./poison_rows/shell.ts";

/**
 * How sources of checks in one language are made to fail. A poison fails the way that an honest
 * test or script of that language does: what swallows failures must meet it, and a crash would
 * come through where a failure would not. It never breaks the syntax, because a text that is read
 * and not run would be noticed then.
 */
export interface PoisonRow {
  language: string;
  /** Ends of file names, with their dots. */
  extensions: readonly string[];
  /** First line of a script without such a name. */
  interpreter?: RegExp;
  lexis: Lexis;
  /** Words of a command that may run such a source. */
  runners: RegExp;
  /**
   * Whether what a passing run printed shows that its runner came to its end, with this number of
   * test functions in sight; so that ending early need not be looked for.
   */
  finished?(run: Pick<CheckRun, "testsRan" | "outputTail">, functions: number): boolean;
  /** Every test function of a source. */
  testFunctions(source: MaskedSource): TestFunction[];
  /** Whether a source's tests are run by something that collects them, and not by its own lines. */
  collected?(source: MaskedSource): boolean;
  /** A plain program; undefined where it has no place to fail (a module without a `main`). */
  script(source: MaskedSource): { head: readonly Edit[]; end: readonly Edit[] } | undefined;
}

const ROWS: readonly PoisonRow[] = [
  PYTHON_ROW,
  JAVASCRIPT_ROW,
  GO_ROW,
  RUST_ROW,
  C_ROW,
  SHELL_ROW,
  JAVA_ROW,
  RUBY_ROW,
];

/** A source text with what can be made to fail in it. */
export interface PoisonableText {
  row: PoisonRow;
  /** Number of its test functions. */
  functions: number;
  /** Whether it can be taken for a program that is run from its first line to its last. */
  script: boolean;
  /** The text with each test function failing at its start, or at its end. */
  failingFunctions(at: "head" | "end"): string;
  /** The text as a program that fails at its start, or at its end; as it is where it cannot. */
  failingScript(at: "head" | "end"): string;
}

/** A file as something that can be poisoned; undefined where its language is not known. */
export function poisonable(path: string, text: string): PoisonableText | undefined {
  const row = rowOf(path, text);
  if (!row) return undefined;
  const source = maskedSource(text, row.lexis);
  const functions = row.testFunctions(source);
  const script = row.script(source);
  // Of tests that others collect, by functions that we do not know, the file has ended before they
  // run: nothing that fails at its end would show that they do, and an empty line is still a change.
  const end = script && functions.length === 0 && row.collected?.(source)
    ? [{ at: text.length, text: "\n" }]
    : script?.end;
  return {
    row,
    functions: functions.length,
    script: script !== undefined,
    failingFunctions: (at) => edited(text, functions.flatMap((one) => one[at])),
    failingScript: (at) => edited(text, (at === "end" ? end : script?.head) ?? []),
  };
}

function rowOf(path: string, text: string): PoisonRow | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const known = ROWS.find((row) => row.extensions.some((end) => name.endsWith(end)));
  if (known || !text.startsWith("#!")) return known;
  const first = text.slice(0, text.indexOf("\n") + 1 || text.length);
  return ROWS.find((row) => row.interpreter?.test(first));
}
