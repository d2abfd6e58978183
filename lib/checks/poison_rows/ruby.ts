import type { TestFunction } from "../brace_functions.ts";
import type { MaskedSource } from "../masked_source.ts";
import type { PoisonRow } from "../poison.ts";

const FAIL = 'raise "poisoned by a negative control"';

/** Ruby: RSpec and minitest, plain scripts. */
export const RUBY_ROW: PoisonRow = {
  language: "Ruby",
  extensions: [".rb"],
  interpreter: /\bruby\b/,
  lexis: {
    comments: /#(?!\{)[^\n]*|^=begin[^]*?^=end/,
    strings: /"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?/,
  },
  runners: /\b(?:ruby|rspec|rake|bundle|rails|minitest)\b/,
  testFunctions: (source) =>
    [...source.code.matchAll(
      /^([ \t]*)(?:(?:it|specify|test|scenario|example)\b[^\n]*?[ \t]do\b(?:[ \t]*\|[^|\n]*\|)?|def[ \t]+test_\w*[^\n]*)[ \t]*$/gm,
    )]
      .map((match) => blockAt(source, match.index + match[0].length, match[1]!)),
  script({ text }) {
    const first = /^(?:#[^\n]*\n)*/.exec(text)![0].length;
    const last = /^[ \t]*exit!?\b[^\n]*\s*$(?![^])/m.exec(text);
    return {
      head: [{ at: first, text: "exit 97\n" }],
      end: [{ at: last?.index ?? text.length, text: `${last ? "" : "\n"}exit 97\n` }],
    };
  },
};

/** A block ends at the `end` that stands under its first word. */
function blockAt({ code }: MaskedSource, open: number, indent: string): TestFunction {
  const end = new RegExp(`^${indent}end\\b`, "m").exec(code.slice(open));
  return {
    head: [{ at: open, text: `\n${indent}  ${FAIL}` }],
    end: end ? [{ at: open + end.index, text: `${indent}  ${FAIL}\n` }] : [],
  };
}
