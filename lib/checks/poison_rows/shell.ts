import { braceFunctions } from "../brace_functions.ts";
import type { Edit, MaskedSource } from "../masked_source.ts";
import type { PoisonRow } from "../poison.ts";

const LEAVE = "exit 97";

/** Shells: bats tests, test functions, plain scripts. */
export const SHELL_ROW: PoisonRow = {
  language: "shell",
  extensions: [".sh", ".bash", ".bats", ".ksh", ".zsh"],
  interpreter: /\b(?:sh|bash|dash|ksh|zsh|ash|bats)\b/,
  lexis: {
    comments: /(?<=^|[\s;&|(])#[^\n]*/,
    // A here-document first: quotes in it are text.
    strings:
      /(?<=<<-?\s*(["']?)([A-Za-z_]\w*)\1[^\n]*\n)[^]*?(?=^\t*\2$)|"(?:\\[^]|[^"\\])*"?|'[^']*'?/,
  },
  runners: /\b(?:sh|bash|dash|ksh|zsh|bats|shunit2|make|prove)\b|\.\/\S/,
  testFunctions: (source) =>
    braceFunctions(
      { ...source, code: batsAsFunctions(source) },
      {
        header: /^[ \t]*(?:function[ \t]+)?test\w*[ \t]*\(|^@test[ \t]*"+[ \t]*\(/gm,
        fail: () => `${LEAVE};`,
        before: "\n",
      },
    ),
  script: (source) => ({ head: [scriptHead(source)], end: [scriptEnd(source)] }),
};

/** `@test "name" {` with its last quotes as the brackets of a function, at the same offsets. */
function batsAsFunctions({ code }: MaskedSource): string {
  return code.replace(
    /^(@test[ \t]+"*?)""(?=[ \t]*\{)/gm,
    (_, before: string) => `${before}()`,
  );
}

function scriptHead({ text }: MaskedSource): Edit {
  const first = text.startsWith("#!") ? text.indexOf("\n") + 1 || text.length : 0;
  return { at: first, text: `${first > 0 && text[first - 1] !== "\n" ? "\n" : ""}${LEAVE}\n` };
}

/** Before a last `exit`, whatever it gives, and before what the shell is replaced by. */
function scriptEnd({ text, code }: MaskedSource): Edit {
  const last = /^[ \t]*(?:exit\b|exec[ \t]+[^\s<>\d])[^\n]*\s*$(?![^])/m.exec(code);
  if (last) return { at: last.index, text: `${LEAVE}\n` };
  const one = /(?:;|&&)[ \t]*exit\b[^\n;]*\s*$(?![^])/.exec(code);
  if (one && !code.slice(0, one.index).includes("\n")) return { at: one.index, text: `; ${LEAVE}` };
  return { at: text.length, text: `${text.endsWith("\n") ? "" : "\n"}${LEAVE}\n` };
}
