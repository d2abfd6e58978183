import { braceFunctions } from "../brace_functions.ts";
import type { PoisonRow } from "../poison.ts";

/** Go: functions of `go test`, and `main` of what `go run` starts. */
export const GO_ROW: PoisonRow = {
  language: "Go",
  extensions: [".go"],
  lexis: {
    comments: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^]))/,
    strings: /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|`[^`]*`?/,
  },
  runners: /\b(?:go|gotestsum|ginkgo)\b/,
  testFunctions: (source) =>
    braceFunctions(source, {
      header: /^func[ \t]+(?!TestMain\b)(?:Test|Benchmark|Example|Fuzz)(?![a-z])\w*[ \t]*\(/gm,
      fail: failure,
      before: "\n",
      // `go test` itself notices a test that leaves the process.
      noEnd: /^/,
    }),
  script(source) {
    const main = braceFunctions(source, {
      header: /^func[ \t]+main[ \t]*\(/gm,
      fail: () => 'panic("poisoned by a negative control");',
      before: "\n",
      last: /^[ \t]*(?:os\.Exit\([^\n]*\)|return)\s*$(?![^])/m,
    });
    return main[0];
  },
};

/** A failed test where there is a name to say it with: `TestMain` may forget what `Run` gave. */
function failure(header: string): string {
  const name = /\(\s*([A-Za-z]\w*)\s+\*testing\.[TBF]\b/.exec(header)?.[1];
  const said = '("poisoned by a negative control");';
  return name === undefined ? `panic${said}` : `${name}.Fatal${said}`;
}
