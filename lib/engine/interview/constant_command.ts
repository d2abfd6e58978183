/** Deeper than this nobody writes a shell in a shell. */
const MOST_SHELLS = 3;

const JOINTS = ["&&", "||", ";"];
/** Commands and what joins them; a quote that is never closed stands alone. */
const STEP = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"';\n&|]|&(?!&)|\|(?!\|))+|&&|\|\||[;\n"']/g;
const COMMENT = /(?<=^|[\s;&|])#[^\n]*/g;

/** Quoted text, or a word in which a shell expands nothing. */
const WORD = /"([^"$`\\]*)"|'([^']*)'|([\w.,:+@%^=/-]+|!=?)/y;

/**
 * What a command line answers whatever the project is like: "yes" or "no"; null where that depends on
 * anything but the line itself, or is not known. Only what is made of constants alone is known.
 */
export function constantAnswer(run: string, shells = 0): "yes" | "no" | null {
  let last: "yes" | "no" = "yes";
  let joint: string | null = null;
  for (const token of run.replace(COMMENT, "").match(STEP) ?? []) {
    const part = token.trim();
    if (part === "" || JOINTS.includes(part)) {
      // A line may be broken behind "&&".
      joint ??= part;
      continue;
    }
    const passed: boolean = (joint === "&&" && last === "no") || (joint === "||" && last === "yes");
    joint = null;
    if (part === "exit" && !passed) return last;
    const said = answerOf(part, shells);
    if (said === null) return null;
    if (passed) continue;
    last = said.answer;
    if (said.ends) return last;
  }
  return last;
}

function answerOf(
  part: string,
  shells: number,
): { answer: "yes" | "no"; ends: boolean } | null {
  // Whatever is printed: a shell's own words for it do not fail.
  if (/^(?:echo|printf)\b[^|;&<>]*$/.test(part)) return { answer: "yes", ends: false };
  const words = wordsOf(part);
  if (words === null) return null;
  const [name, ...rest] = words;
  const plain = (yes: boolean) => ({ answer: yes ? "yes" as const : "no" as const, ends: false });
  switch (name) {
    case "true":
    case ":":
      return plain(true);
    case "false":
      return plain(false);
    case "exit":
      if (rest.length > 1 || !/^\d{0,9}$/.test(rest[0] ?? "")) return null;
      return { ...plain(Number(rest[0] ?? 0) % 256 === 0), ends: true };
    case "!": {
      if (rest[0] === "!") return null;
      const turned = answerOf(part.replace(/^!\s*/, ""), shells);
      if (turned === null || turned.ends) return turned;
      return plain(turned.answer === "no");
    }
    case "sh":
    case "bash": {
      if (rest.length !== 2 || rest[0] !== "-c" || shells >= MOST_SHELLS) return null;
      const answer = constantAnswer(rest[1]!, shells + 1);
      return answer === null ? null : plain(answer === "yes");
    }
    case "test": {
      const holds = compared(rest);
      return holds === null ? null : plain(holds);
    }
    default:
      return null;
  }
}

/** Two texts or two whole numbers, held against each other. */
function compared([left, how, right, ...more]: readonly string[]): boolean | null {
  if (left === undefined || how === undefined || right === undefined || more.length > 0) {
    return null;
  }
  if (how === "=" || how === "==") return left === right;
  if (how === "!=") return left !== right;
  if (!/^\d{1,9}$/.test(left) || !/^\d{1,9}$/.test(right)) return null;
  if (how === "-eq") return Number(left) === Number(right);
  return how === "-ne" ? Number(left) !== Number(right) : null;
}

/** The words of a command in which nothing is expanded; `[ … ]` as `test …`; null: more is in it. */
function wordsOf(part: string): string[] | null {
  const words: string[] = [];
  const bracket = /^\[\s(.*)\s\]$/s.exec(part);
  const rest = bracket ? bracket[1]!.trim() : part;
  for (let at = 0; at < rest.length;) {
    WORD.lastIndex = at;
    const found = WORD.exec(rest);
    if (!found) return null;
    words.push(found[1] ?? found[2] ?? found[3]!);
    at = WORD.lastIndex;
    const blank = /^\s+/.exec(rest.slice(at));
    // "a"b is one word.
    if (!blank && at < rest.length && !(words.length === 1 && words[0] === "!")) return null;
    at += blank?.[0].length ?? 0;
  }
  return bracket ? ["test", ...words] : words;
}
