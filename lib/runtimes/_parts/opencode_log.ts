import { withoutEscapes } from "../../kernel/escape_sequences.ts";
import { clip } from "./clip.ts";
import { scrub } from "./scrub.ts";

/** What one line of OpenCode's stderr means for us. */
export type StderrLine =
  /** A permission was asked for and refused, because nobody can answer. */
  | { kind: "refused"; permission: string; what: string }
  /** A request to the model failed and will be made again. */
  | { kind: "retry"; text: string }
  /** The reason behind an `err_…` reference. */
  | { kind: "reason"; ref: string; text: string }
  | { kind: "error"; text: string }
  | { kind: "warning"; text: string }
  | { kind: "other"; text: string };

const REFUSED = /permission requested: ([\w*.-]+)(?: \((.*)\))?; auto-rejecting/;

/**
 * Reads a line of stderr: coloured sentences for people, and the log lines (`key=value`) that
 * `--print-logs` puts there. Without those, retries are silent for minutes.
 */
export function readOpenCodeStderr(line: string): StderrLine | undefined {
  const text = withoutEscapes(line).trim();
  if (text === "") return undefined;
  const refused = REFUSED.exec(text);
  if (refused) return { kind: "refused", permission: refused[1]!, what: refused[2] ?? "" };
  if (/^timestamp=\S+ level=/.test(text)) return readLog(text);
  if (text.startsWith("Error: ")) return { kind: "error", text: clip(scrub(text.slice(7)), 400) };
  if (text.startsWith("! ")) return { kind: "warning", text: clip(scrub(text.slice(2))) };
  return { kind: "other", text: clip(scrub(text), 400) };
}

function readLog(text: string): StderrLine {
  const error = scrub(clip(field(text, "error.error") ?? field(text, "error") ?? "", 300));
  const ref = field(text, "ref");
  if (ref !== undefined && error !== "") return { kind: "reason", ref, text: error };
  if (field(text, "message") === "stream error") return { kind: "retry", text: error };
  return { kind: "other", text: "" };
}

/** The value of one key of a logfmt line. */
function field(line: string, key: string): string | undefined {
  const found = new RegExp(`(?:^| )${key.replace(".", "\\.")}=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S*))`)
    .exec(line);
  if (!found) return undefined;
  return found[1] === undefined ? found[2] : found[1].replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
}
