import { closingBracket, type Edit, type MaskedSource } from "./masked_source.ts";

/** Where a function can be made to fail: at once, or after it did what it does. */
export interface TestFunction {
  head: readonly Edit[];
  /** Empty where nothing can stand behind its last statement. */
  end: readonly Edit[];
}

/** How functions look in a language whose bodies stand in braces. */
export interface BraceForm {
  /** Finds a header in code; ends with the bracket that opens the parameters. */
  header: RegExp;
  /** A header that this fits, attributes before it included, is left alone. */
  except?: RegExp;
  /** Statement that fails, from the header as it was found, parameters included. */
  fail(header: string): string;
  /** A last statement before which the failing one has to go: `return 0;`. */
  last?: RegExp;
  /** What separates the failing statement from the one before it. */
  before?: string;
  /** What may stand between parameters and body; a match of `noEnd` leaves the end out. */
  noEnd?: RegExp;
}

/** Finds all functions of a form. */
export function braceFunctions(source: MaskedSource, form: BraceForm): TestFunction[] {
  const found: TestFunction[] = [];
  const { code, text } = source;
  for (const match of code.matchAll(form.header)) {
    const open = match.index + match[0].length - 1;
    const close = closingBracket(code, open);
    if (close === undefined) continue;
    const body = code.indexOf("{", close);
    const between = body < 0 ? ";" : code.slice(close + 1, body);
    // A declaration, or a call.
    if (/[;}]/.test(between)) continue;
    const end = closingBracket(code, body);
    if (end === undefined || form.except?.test(match[0])) continue;
    const fail = form.fail(text.slice(match.index, close + 1));
    const last = form.last?.exec(code.slice(body + 1, end));
    found.push({
      head: [{ at: body + 1, text: ` ${fail} ` }],
      end: form.noEnd?.test(between) ? [] : [{
        at: last ? body + 1 + last.index : end,
        text: `${last ? "" : form.before ?? ""} ${fail} `,
      }],
    });
  }
  return found;
}
