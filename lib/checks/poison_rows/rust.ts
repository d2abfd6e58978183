import { braceFunctions } from "../brace_functions.ts";
import type { PoisonRow } from "../poison.ts";

/** `if` keeps the compiler from calling what follows unreachable. */
const FAIL = 'if true { panic!("poisoned by a negative control") }';

/** Rust: `#[test]`, `#[tokio::test]` and the like, and `main`. */
export const RUST_ROW: PoisonRow = {
  language: "Rust",
  extensions: [".rs"],
  lexis: {
    comments: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^]))/,
    strings:
      /\bb?r(#+)"[^]*?"\1|\bb?r"[^"]*"|"(?:\\[^]|[^"\\])*"?|'(?:\\[^\n][^'\n]{0,10}|[^\\'\n])'/,
  },
  runners: /\b(?:cargo|rustc|nextest)\b/,
  finished({ outputTail }) {
    const begun = outputTail.match(/^running \d+ tests?$/gm)?.length ?? 0;
    return begun > 0 && begun === outputTail.match(/^test result: ok\b/gm)?.length;
  },
  testFunctions: (source) =>
    braceFunctions(source, {
      header:
        /#\[[ \t]*(?:\w+::)*(?:test|rstest|test_case|test_log|wasm_bindgen_test|quickcheck)\b[^\]]*\](?:\s*#\[[^\]]*\])*\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+\w+\s*(?:<[^(]*>)?\s*\(/g,
      except: /\bshould_panic\b/,
      fail: () => FAIL,
      before: ";",
      // A value stands last.
      noEnd: /->/,
    }).filter((one) => !precededBy(source.code, one.head[0]!.at - 1, /#\[\s*should_panic/)),
  script: (source) =>
    braceFunctions(source, {
      header: /^(?:async\s+)?fn\s+main\s*\(/gm,
      fail: () => FAIL,
      before: ";",
      noEnd: /->/,
      last: /^[ \t]*(?:std::)?process::exit\([^\n]*\);?\s*$(?![^])/m,
    })[0],
};

/** Whether an attribute stands before the ones of the function whose body begins at `body`. */
function precededBy(code: string, body: number, attribute: RegExp): boolean {
  const before = code.slice(Math.max(0, code.lastIndexOf("}", body)), body);
  return attribute.test(before);
}
