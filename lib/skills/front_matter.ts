import { parse } from "@std/yaml";
import { messageOf } from "../kernel/error.ts";
import type { SkillProblem, SkillReason } from "./skill.ts";

/** A bundle's text is read whole by a model; a longer one is no text for it. */
const MOST_FILE_BYTES = 1024 * 1024;

/** A block of facts is short; a longer one is a mistake or an attack. */
const MOST_BYTES = 64 * 1024;

/** Values that aliases may unfold to (a "billion laughs" unfolds to far more). */
const MOST_VALUES = 2_000;

/** The front matter and the text after it, or why there is none. */
export type FrontMatter =
  | { ok: true; facts: Readonly<Record<string, unknown>>; body: string }
  | { ok: false; problem: SkillProblem };

/** Splits a text into its YAML front matter and its body. A BOM and CRLF line ends are accepted. */
export function readFrontMatter(bytes: Uint8Array): FrontMatter {
  if (bytes.length > MOST_FILE_BYTES) {
    return broken("too_large", `It is larger than ${MOST_FILE_BYTES / 1024} KiB`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return broken("not_utf8", "It is not UTF-8");
  }
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  if (lines[0]?.trimEnd() !== "---") {
    return broken("no_front_matter", 'It does not begin with a line "---"');
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (end < 0) return broken("unclosed_front_matter", 'Its front matter has no closing line "---"');
  const block = lines.slice(1, end).join("\n");
  if (block.length > MOST_BYTES) {
    return broken("too_large", `Its front matter is larger than ${MOST_BYTES / 1024} KiB`);
  }
  const facts = parseBlock(block);
  return "reason" in facts
    ? { ok: false, problem: facts }
    : { ok: true, facts: facts.map, body: lines.slice(end + 1).join("\n").replace(/^\n+/, "") };
}

function parseBlock(block: string): SkillProblem | { map: Readonly<Record<string, unknown>> } {
  // YAML forbids tabs as indentation; the parser lets some through and reads them as it likes.
  const tabbed = block.split("\n").findIndex((line) => /^\t+\S/.test(line));
  if (tabbed >= 0) {
    return { reason: "invalid_yaml", detail: `Its line ${tabbed + 2} is indented by a tab` };
  }
  let value: unknown;
  try {
    value = parse(block);
  } catch (thrown) {
    // The parser goes down by calling itself.
    if (thrown instanceof RangeError) {
      return { reason: "too_large", detail: "Its front matter is nested too deep" };
    }
    return { reason: "invalid_yaml", detail: `Its front matter is no YAML: ${firstLine(thrown)}` };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { reason: "not_a_map", detail: 'Its front matter is no map of "key: value" lines' };
  }
  if (countValues(value, 0) > MOST_VALUES) {
    return {
      reason: "too_large",
      detail: `Its front matter unfolds to over ${MOST_VALUES} values`,
    };
  }
  return { map: value as Readonly<Record<string, unknown>> };
}

/** Values in a tree, shared ones counted each time; stops soon after the bound. */
function countValues(value: unknown, counted: number): number {
  let total = counted + 1;
  if (value === null || typeof value !== "object") return total;
  for (const member of Object.values(value)) {
    if (total > MOST_VALUES) break;
    total = countValues(member, total);
  }
  return total;
}

function firstLine(thrown: unknown): string {
  return messageOf(thrown).split("\n", 1)[0] ?? "";
}

function broken(reason: SkillReason, detail: string): FrontMatter {
  return { ok: false, problem: { reason, detail } };
}
