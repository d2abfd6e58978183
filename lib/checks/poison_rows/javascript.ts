import type { TestFunction } from "../brace_functions.ts";
import { isCollected, testNames } from "../javascript_names.ts";
import { closingBracket, type Edit, type MaskedSource, nextCode } from "../masked_source.ts";
import type { PoisonRow } from "../poison.ts";

/** `if` keeps the compiler from calling what follows unreachable. */
const FAIL = 'if ("poison".length) throw new Error("poisoned by a negative control");';
const FAILING_CALL = `(() => { ${FAIL} })()`;

/** JavaScript and TypeScript: whoever runs `test(…)` or `it(…)`, `Deno.test`, plain scripts. */
export const JAVASCRIPT_ROW: PoisonRow = {
  language: "JavaScript",
  extensions: [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"],
  interpreter: /\b(?:node|deno|bun|tsx)\b/,
  lexis: {
    comments: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^]))/,
    strings:
      /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|`(?:\\[^]|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*`?|(?<=(?:^|[(,=:[!&|?{};+]|=>|\breturn|\btypeof|\bcase)[ \t]*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/,
  },
  runners:
    /\b(?:node|npm|npx|pnpm|yarn|bun|bunx|deno|jest|vitest|mocha|ava|tap|tape|tsx|ts-node|c8|nyc|playwright)\b/,
  // No `finished`: to Node's runner a file that ended early, with exit code 0, is one test that
  // passed, so that no number which it prints shows that a test came to its end.
  testFunctions: callbacks,
  collected: isCollected,
  script(source) {
    const { text, code } = source;
    const opening = /^(?:#!\/[^\n]*\n)?/.exec(text)![0].length;
    const strict = /^\s*"{10,12}\s*;?/.exec(code.slice(opening));
    const isStrict = strict && /use strict/.test(text.slice(opening, opening + strict[0].length));
    const first = opening + (isStrict ? strict[0].length : 0);
    const last = /^[ \t]*(?:process|Deno)\.exit\([^\n]*\);?\s*$(?![^])/m.exec(code);
    return {
      head: [{ at: first, text: `;${FAIL}\n` }],
      end: [{ at: last?.index ?? text.length, text: `\n;${FAIL}\n` }],
    };
  },
};

/** Modifiers under which a failure is no failure, or nothing runs. */
const IDLE = /\.\s*(?:skip|todo|fails|failing|fixme|ignore)\b/;

/** Calls of the functions that write a test, under the names that everyone gives them. */
const CALLS = /(?<![\w$])(?:test|it|specify|Deno\s*\.\s*test)((?:\s*\.\s*\w+)*)\s*(?=[(`"])/;
const MODIFIERS =
  "only|serial|concurrent|parallel|sequential|each|for|skip|todo|fails|failing|fixme|ignore";

function callbacks(source: MaskedSource): TestFunction[] {
  const { code } = source;
  const found: TestFunction[] = [];
  const names = testNames(source).map(RegExp.escape);
  // Another name is often also that of a test's context: `t.throws(() => …)` is no test.
  const others = names.length === 0
    ? ""
    : `|(?<![\\w$.])(?:${names.join("|")})((?:\\s*\\.\\s*(?:${MODIFIERS}))*)\\s*(?=[(\`"])`;
  const calls = new RegExp(CALLS.source + others, "g");
  for (const match of code.matchAll(calls)) {
    const modifiers = match[1] ?? match[2] ?? "";
    if (IDLE.test(modifiers)) continue;
    let open = match.index + match[0].length;
    // A table comes first: `each([…])("…", …)`, or as a tagged template.
    if (/\.\s*(?:each|for)$/.test(modifiers)) {
      const table = code[open] === "(" ? closingBracket(code, open) : quotesEnd(code, open);
      if (table === undefined) continue;
      open = nextCode(code, table + 1);
    }
    if (code[open] !== "(") continue;
    const close = closingBracket(code, open);
    if (close === undefined) continue;
    for (const [from, to] of argumentsOf(code, open, close)) {
      const one = callbackIn(code, from, to);
      if (one) found.push(one);
    }
  }
  return found;
}

function quotesEnd(code: string, from: number): number {
  let at = from;
  while (code[at + 1] === '"' || code[at + 1] === "\n") at++;
  return at;
}

/** The arguments of a call, as spans of the code. */
function argumentsOf(code: string, open: number, close: number): [number, number][] {
  const spans: [number, number][] = [];
  let from = open + 1;
  for (let at = from; at < close; at++) {
    if ("([{".includes(code[at]!)) at = closingBracket(code, at) ?? close;
    else if (code[at] === ",") {
      spans.push([from, at]);
      from = at + 1;
    }
  }
  if (code.slice(from, close).trim() !== "") spans.push([from, close]);
  return spans;
}

function callbackIn(code: string, from: number, to: number): TestFunction | undefined {
  const start = nextCode(code, from);
  const rest = code.slice(start, to);
  const named = /^(?:async\s+)?function\b[^(]*\(/.exec(rest);
  if (named) return bodyAfter(code, start + named[0].length - 1);
  const arrow = /^(?:async\s*)?(?:\(|[\w$]+\s*=>)/.exec(rest);
  if (arrow) return arrowIn(code, start, to);
  if (rest[0] === "{") return methodIn(code, start, closingBracket(code, start) ?? to);
  return undefined;
}

/** The function whose parameters are opened at `open`. */
function bodyAfter(code: string, open: number): TestFunction | undefined {
  const close = closingBracket(code, open);
  const body = close === undefined ? -1 : code.indexOf("{", close);
  const end = body < 0 ? undefined : closingBracket(code, body);
  return end === undefined ? undefined : block(code, body, end);
}

function block(code: string, body: number, end: number): TestFunction {
  return {
    head: [{ at: body + 1, text: ` ${FAIL} ` }],
    end: [...afterReturn(code, body, end), { at: end, text: `\n;${FAIL} ` }],
  };
}

/** What follows a last `return EXPRESSION` is never reached: there the test's promise has to fail. */
function afterReturn(code: string, body: number, end: number): Edit[] {
  let at: number | undefined;
  for (let index = body + 1; index < end; index++) {
    if ("([{".includes(code[index]!)) index = closingBracket(code, index) ?? end;
    else if (/^return(?![\w$])/.test(code.slice(index, index + 7))) {
      if (!/[\w$.]/.test(code[index - 1]!)) at = index + "return".length;
    }
  }
  if (at === undefined) return [];
  const value = code.slice(at, end).replace(/[\s;]*$/, "");
  // Of one line, or of lines that can only belong together.
  if (value.trim() === "" || !isOneExpression(value)) return [];
  return [
    { at, text: " Promise.resolve((" },
    { at: at + value.length, text: `)).then(() => { ${FAIL} })` },
  ];
}

function isOneExpression(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    if ("([{".includes(value[at]!)) at = closingBracket(value, at) ?? value.length;
    else if (value[at] === ";") return false;
    else if (value[at] === "\n" && !/^\s*[.?:&|+]/.test(value.slice(at))) return false;
  }
  return true;
}

function arrowIn(code: string, start: number, to: number): TestFunction | undefined {
  let at = start;
  while (at < to && code.slice(at, at + 2) !== "=>") {
    at = "([{".includes(code[at]!) ? (closingBracket(code, at) ?? to) + 1 : at + 1;
  }
  if (at >= to) return undefined;
  const body = nextCode(code, at + 2);
  if (code[body] === "{") {
    const end = closingBracket(code, body);
    return end === undefined ? undefined : block(code, body, end);
  }
  const end = body + code.slice(body, to).trimEnd().length;
  return {
    head: [{ at: body, text: `(${FAILING_CALL}, ` }, { at: end, text: ")" }],
    end: [{ at: body, text: "(" }, { at: end, text: `, ${FAILING_CALL})` }],
  };
}

/** `Deno.test({ name, fn() {…} })`. */
function methodIn(code: string, open: number, close: number): TestFunction | undefined {
  for (const [from, to] of argumentsOf(code, open, close)) {
    const rest = code.slice(from, to);
    const method = /^\s*(?:async\s+)?fn\s*\(/.exec(rest);
    if (method) return bodyAfter(code, from + method[0].length - 1);
    const property = /^\s*fn\s*:/.exec(rest);
    if (property) return callbackIn(code, from + property[0].length, to);
  }
  return undefined;
}
