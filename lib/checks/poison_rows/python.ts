import type { TestFunction } from "../brace_functions.ts";
import { closingBracket, type Edit, type MaskedSource } from "../masked_source.ts";
import type { PoisonRow } from "../poison.ts";

const FAIL = 'raise AssertionError("poisoned by a negative control")';
/** A script's own way to say no. */
const LEAVE = "raise SystemExit(97)";

/** Python: pytest, unittest, plain scripts. */
export const PYTHON_ROW: PoisonRow = {
  language: "Python",
  extensions: [".py"],
  interpreter: /\bpy(?:thon|py)[\d.]*\b/,
  lexis: {
    comments: /#[^\n]*/,
    strings:
      /"""(?:\\[^]|[^\\])*?(?:"""|$(?![^]))|'''(?:\\[^]|[^\\])*?(?:'''|$(?![^]))|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/,
  },
  runners: /\b(?:python[\d.]*|pypy\d*|py\.?test|unittest|tox|nox|uv|poetry|hatch|pdm|pipenv)\b/,
  // Both runners print their summary when they have come to their end.
  finished: (run) => run.testsRan !== undefined,
  testFunctions(source) {
    const header = /^([ \t]*)(?:async[ \t]+)?def[ \t]+(?:test\w*|runTest)[ \t]*\(/gm;
    return [...source.code.matchAll(header)].filter((match) => !mayFail(source, match.index))
      .flatMap((match) => functionAt(source, match.index + match[0].length - 1, match[1]!));
  },
  // By unittest or pytest.
  collected: ({ code }) => /\bTestCase\b|^[ \t]*(?:import|from)[ \t]+pytest\b/m.test(code),
  script: (source) => ({ head: [scriptHead(source)], end: scriptEnd(source) }),
};

/** Decorators that make a failure the thing that is expected. */
function mayFail({ code }: MaskedSource, at: number): boolean {
  const before = code.slice(0, at).split("\n");
  for (let line = before.length - 2; line >= 0 && /^\s*@/.test(before[line]!); line--) {
    if (/\b(?:xfail|expectedFailure)\b/.test(before[line]!)) return true;
  }
  return false;
}

function functionAt({ code, text }: MaskedSource, open: number, indent: string): TestFunction[] {
  const close = closingBracket(code, open);
  const colon = close === undefined ? -1 : code.indexOf(":", close);
  if (colon < 0) return [];
  const lineEnd = code.indexOf("\n", colon);
  if (lineEnd < 0 || code.slice(colon + 1, lineEnd).trim() !== "") {
    const end = lineEnd < 0 ? code.length : lineEnd;
    return [{
      head: [{ at: colon + 1, text: ` ${FAIL};` }],
      end: [{ at: colon + 1 + code.slice(colon + 1, end).trimEnd().length, text: `; ${FAIL}` }],
    }];
  }
  let at = lineEnd + 1;
  let inner = "";
  let last = lineEnd;
  while (at < code.length) {
    const end = code.indexOf("\n", at) < 0 ? code.length : code.indexOf("\n", at);
    const line = code.slice(at, end);
    // Lines within a long string are quotes: they belong to the statement, whatever they look like.
    if (line.trim() !== "" && !text.slice(0, at).endsWith("\\\n")) {
      const own = /^[ \t]*/.exec(line)![0];
      const inString = line[0] === '"' && text[at] !== '"' && text[at] !== "'";
      if (!inString && own.length <= indent.length && !/^[)\]}]/.test(line.trimStart())) break;
      if (inner === "") inner = own;
      last = end;
    }
    at = end + 1;
  }
  return [{
    head: [{ at: lineEnd, text: `\n${inner}${FAIL}` }],
    end: [{ at: last, text: `\n${inner}${FAIL}` }],
  }];
}

/** Behind the first line of a script, its docstring and what Python wants to stand first. */
function scriptHead({ text, code }: MaskedSource): Edit {
  const opening = /^(?:[ \t]*\n)*(?:"+[^\n]*(?:\n"+[^\n]*)*\n?)?/.exec(code)![0];
  let at = opening.length;
  for (const match of code.matchAll(/^from[ \t]+__future__[ \t]+import\b[^\n(]*(\([^)]*\))?/gm)) {
    at = Math.max(at, match.index + match[0].length);
  }
  const lineEnd = at > 0 && text[at - 1] !== "\n" ? text.indexOf("\n", at) : at - 1;
  const here = lineEnd < 0 && at > 0 ? text.length : lineEnd + 1;
  return { at: here, text: `${here > 0 && text[here - 1] !== "\n" ? "\n" : ""}${LEAVE}\n` };
}

/** `sys.exit(main())` still does what stands in its brackets. */
function scriptEnd({ text, code }: MaskedSource): Edit[] {
  const trailing = /^([ \t]*)(?:(?:sys|os)\.)?_?exit\(/gm;
  const last = [...code.matchAll(trailing)].at(-1);
  if (last) {
    const open = last.index + last[0].length - 1;
    const close = closingBracket(code, open);
    if (close !== undefined && code.slice(close + 1).trim() === "") {
      const inner = text.slice(open + 1, close).trim();
      const first = inner === "" ? "" : `(${inner}); `;
      return [{ at: last.index + last[1]!.length, text: `${first}${LEAVE}\n${last[1]}` }];
    }
  }
  const runner =
    /^([ \t]*)(?:unittest\.main|pytest\.main|raise[ \t]+SystemExit)\b[^\n]*\s*$(?![^])/m
      .exec(code);
  if (runner) return [{ at: runner.index + runner[1]!.length, text: `${LEAVE}\n${runner[1]}` }];
  return [{ at: text.length, text: `${text.endsWith("\n") ? "" : "\n"}${LEAVE}\n` }];
}
