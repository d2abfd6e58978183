import { withoutEscapes } from "../../kernel/escape_sequences.ts";

/** Lines that Hermes prints before its answer with a plain line end; its other decorations end in CRLF. */
const LEADING = [
  /^🔧 Auto-repaired tool name: /,
  /^⚠️ {2}Reached maximum iterations \(/,
  /^Warning: Unknown toolsets: /,
  /^↪ restored workspace dir: /,
  /^⚠ session's recorded dir is gone/,
];

const SESSION_LINE = /^session_id:\s*(\S+)\s*$/;
const FOOTER = "⚠️ File-mutation verifier:";

/** The quiet output of Hermes, taken apart. */
export interface HermesOutput {
  /** The answer (or, of a failed run, the error) without decorations; its inner lines untouched. */
  text: string;
  /** Everything, for error reports where nothing is left of `text`. */
  raw: string;
  /** A session id on the last line: versions up to 0.5 print it there. */
  trailingId?: string;
  /** Whether the run hit its cap of model rounds. */
  cappedRounds: boolean;
}

/** The id in one line of stderr, as it stands there. */
export function hermesSessionLine(line: string): string | undefined {
  return SESSION_LINE.exec(withoutEscapes(line).trim())?.[1];
}

/**
 * Takes the answer out of what `hermes chat -Q` printed. `lines` still have the carriage return of a
 * CRLF: decorations are told by it. An id is looked for on the last line only, and only where stderr
 * had none, because a model can write such a line itself.
 */
export function readHermesOutput(
  lines: readonly string[],
  { idKnown }: { idKnown: boolean },
): HermesOutput {
  const plain = lines.map(withoutEscapes);
  let from = 0;
  let to = plain.length;
  while (from < to && isDecoration(plain[from]!)) from++;
  while (to > from && plain[to - 1]!.endsWith("\r")) to--;
  let answer = plain.slice(from, to);
  const trailing = idKnown ? undefined : SESSION_LINE.exec(lastFilled(answer) ?? "")?.[1];
  if (trailing !== undefined) {
    answer = withoutTrailingBlank(answer).slice(0, -1);
    answer = withoutTrailingBlank(answer);
  }
  return {
    text: withoutFooter(answer).join("\n"),
    raw: plain.map((line) => line.replace(/\r$/, "")).join("\n").trim(),
    ...(trailing === undefined ? {} : { trailingId: trailing }),
    cappedRounds: plain.slice(0, from).some((line) => LEADING[1]!.test(line)),
  };
}

/** What people should hear of one line of stdout, if anything. */
export function hermesNotice(line: string): string | undefined {
  const text = withoutEscapes(line);
  if (text.endsWith("\r") && text.includes("Timeout — denying command")) {
    return "Hermes waited for an approval that nobody can give, then refused a dangerous command";
  }
  if (LEADING[1]!.test(text) || LEADING[2]!.test(text) || text.startsWith(FOOTER)) {
    return text.trim();
  }
  return undefined;
}

function isDecoration(line: string): boolean {
  return line.endsWith("\r") || LEADING.some((pattern) => pattern.test(line));
}

function lastFilled(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => line.trim() !== "");
}

function withoutTrailingBlank(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}

/** The verifier's remark stands after the answer, with one indented line a file. */
function withoutFooter(lines: readonly string[]): string[] {
  const at = lines.findLastIndex((line) => line.startsWith(FOOTER));
  if (at < 1 || lines[at - 1] !== "") return [...lines];
  const rest = lines.slice(at + 1);
  return rest.every((line) => line === "" || line.startsWith("  "))
    ? withoutTrailingBlank(lines.slice(0, at))
    : [...lines];
}
