import { braceFunctions } from "../brace_functions.ts";
import type { PoisonRow } from "../poison.ts";

/** Needs no header, and no compiler that is warned about declarations minds it. */
const FAIL = "__builtin_trap();";
const LAST = /\breturn\b[^;]*;\s*$(?![^])/;

/** C and C++: functions named as tests, the macros of their frameworks, and `main`. */
export const C_ROW: PoisonRow = {
  language: "C",
  extensions: [".c", ".cc", ".cpp", ".cxx"],
  lexis: {
    comments: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$(?![^]))/,
    strings: /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'/,
  },
  runners: /\b(?:cc|gcc|g\+\+|clang(?:\+\+)?|c\+\+|tcc|make|cmake|ctest|meson|ninja|bazel)\b/,
  testFunctions: (source) =>
    braceFunctions(source, {
      header:
        /^(?:[ \t]*[A-Za-z_][\w \t*]*[ \t*])?(?:test_?\w*|\w+_test)\s*\(|^[ \t]*(?:TEST(?:_F|_P|_CASE|_CASE_METHOD)?|TYPED_TEST|SCENARIO|BOOST_AUTO_TEST_CASE|START_TEST|Test|ParameterizedTest)\s*\(/gm,
      except: /^\s*(?:else|return|if|while|for|switch)\b/,
      fail: () => FAIL,
      last: LAST,
    }),
  script: (source) =>
    braceFunctions(source, {
      header: /^(?:[ \t]*[A-Za-z_][\w \t]*[ \t])?main\s*\(/gm,
      // A program's own way to say no.
      fail: () => "return 97;",
      last: new RegExp(`${LAST.source}|\\b_?[eE]xit\\s*\\([^;]*;\\s*$(?![^])`),
    })[0],
};
