import { braceFunctions } from "../brace_functions.ts";
import type { PoisonRow } from "../poison.ts";

/** `if` keeps the compiler from calling what follows unreachable. */
const FAIL =
  'if ("poison".length() > 0) throw new AssertionError("poisoned by a negative control");';

/** Java: JUnit 3 to 5 and TestNG by their annotations or names, and `main`. */
export const JAVA_ROW: PoisonRow = {
  language: "Java",
  extensions: [".java"],
  lexis: {
    comments: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^]))/,
    strings: /"""[^]*?"""|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'/,
  },
  runners: /\b(?:java|javac|mvn|mvnw|gradle|gradlew|ant|bazel|sbt)\b/,
  testFunctions: (source) =>
    braceFunctions(source, {
      header:
        /@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|TestTemplate|Property)\b(?:\s*\([^)]*\))?(?:\s*@[\w.]+(?:\s*\((?:[^()]|\([^()]*\))*\))?)*\s+(?:[\w<>\[\],.?]+\s+)*\w+\s*\(|\bpublic\s+void\s+test\w*\s*\(/g,
      except: /@(?:Disabled|Ignore)\b/,
      fail: () => FAIL,
    }).filter((one, index, all) =>
      all.findIndex((other) => other.head[0]!.at === one.head[0]!.at) === index
    ),
  script: (source) =>
    braceFunctions(source, {
      header: /\bstatic\s+(?:final\s+)?void\s+main\s*\(/g,
      fail: () => FAIL,
      last: /^[ \t]*System\.exit\([^\n]*\);\s*$(?![^])/m,
    })[0],
};
