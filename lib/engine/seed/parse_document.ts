import { parse } from "@std/yaml";
import { documentPath } from "../../kernel/document_problem.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";

/** Bytes of a seed file. */
export const SEED_BYTES = 1_000_000;
/** Values in a seed, aliases expanded: what keeps a few lines of aliases from filling the memory. */
const NODES = 100_000;
const DEPTH = 64;

/** A seed file, read: its text as written (without byte-order mark) and the mapping that it holds. */
export interface ParsedDocument {
  source: string;
  document: Record<string, unknown>;
}

/**
 * Bytes of a YAML or JSON file → the mapping in it. YAML's core schema is used, so that the same
 * document means the same in both: dates stay text. Merge keys (`<<`) are resolved.
 * Throws `seed_too_large` and `seed_invalid`.
 */
export function parseDocument(bytes: Uint8Array, name: string): ParsedDocument {
  const fail = (detail: string, hint?: string, cause?: unknown) =>
    new OuroborosError({
      code: "seed_invalid",
      message: `Cannot load seed "${name}": ${detail}`,
      hint,
      cause,
    });
  if (bytes.length > SEED_BYTES) throw seedTooLarge(name, bytes.length);
  const source = decode(bytes, fail);
  if (source.trim() === "") throw fail("it is empty", "ouroboros seed schema");
  const text = source.replaceAll(/\r\n?/g, "\n");
  const document = copy(parseText(text, fail), fail);
  refuseTabs(text, document, fail);
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const found = Array.isArray(document) ? "a list" : document === null ? "empty" : "plain text";
    throw fail(`it must be a mapping with "goal" at its top, is ${found}`, "ouroboros seed schema");
  }
  return { source, document: document as Record<string, unknown> };
}

/** The refusal of a seed of so many bytes. */
export function seedTooLarge(name: string, bytes: number): OuroborosError {
  return new OuroborosError({
    code: "seed_too_large",
    message: `Cannot load seed "${name}": it has ${bytes.toLocaleString("en-US")} bytes, ` +
      `the limit is ${SEED_BYTES.toLocaleString("en-US")}`,
    hint: "Keep long texts in files of the project, and name them under context_references",
  });
}

type Fail = (detail: string, hint?: string, cause?: unknown) => OuroborosError;

function decode(bytes: Uint8Array, fail: Fail): string {
  if (bytes.length === 0) throw fail("it is empty (0 bytes)", "ouroboros seed schema");
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) throw fail("it is UTF-16", "Save it as UTF-8");
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw fail(`it is binary: a zero byte at offset ${nul}`, "Save it as text, in UTF-8");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const offset = firstInvalidByte(bytes);
    const before = bytes.subarray(0, offset);
    const line = before.reduce((lines, byte) => byte === 10 ? lines + 1 : lines, 1);
    throw fail(`it is not UTF-8: bad byte at offset ${offset}, line ${line}`, "Save it as UTF-8");
  }
}

/** Offset of the byte at which a text stops being UTF-8; the length when its last character is cut. */
function firstInvalidByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

function parseText(text: string, fail: Fail): unknown {
  try {
    return parse(text, { schema: "core" });
  } catch (thrown) {
    // Nearly all JSON is YAML; what is not (a tab in front of a key) is read as what it is.
    if (/^\s*\{/.test(text) && !/duplicated key/.test(messageOf(thrown))) {
      try {
        return JSON.parse(text);
      } catch {
        // Fall through: the YAML error says where.
      }
    }
    if (thrown instanceof RangeError) throw fail("it is nested too deeply", undefined, thrown);
    throw yamlError(thrown, text, fail);
  }
}

/**
 * The parser takes a tab at the start of a line as no indentation at all, which silently moves a key
 * to another place. Where a tab and eight spaces do not mean the same, the file is refused.
 */
function refuseTabs(text: string, document: unknown, fail: Fail): void {
  const tab = text.split("\n").findIndex((line) => /^\t+[^\s#]/.test(line));
  if (tab < 0) return;
  let spaced: unknown;
  try {
    const spaces = text.replaceAll(/^\t+/gm, (tabs) => " ".repeat(8 * tabs.length));
    spaced = copy(parse(spaces, { schema: "core" }), fail);
  } catch {
    spaced = undefined;
  }
  if (JSON.stringify(spaced) === JSON.stringify(document)) return;
  throw fail(
    `line ${tab + 1} begins with a tab`,
    "Indent with spaces: YAML does not allow tabs there",
  );
}

/** The parser notices late: what it stops at is often only what comes behind the mistake. */
const MEND = "Mend that line, or one before it: indentation, quotes or brackets";

function yamlError(thrown: unknown, text: string, fail: Fail): OuroborosError {
  const match = /^([^\n]*?) at line (\d+), column (\d+)/.exec(messageOf(thrown));
  if (!match) return fail(`its YAML is broken: ${messageOf(thrown)}`, MEND, thrown);
  const [, words = "", lineNumber = "", column = ""] = match;
  const line = text.split("\n")[Number(lineNumber) - 1] ?? "";
  const what = words.replace(/^Cannot [^:]*: /, "");
  const hint = /^\s*\t/.test(line)
    ? "Indent with spaces: YAML does not allow tabs there"
    : /:\s.*:\s/.test(line)
    ? `Put text that holds ": " in quotes`
    : MEND;
  return fail(`its YAML is broken at line ${lineNumber}, column ${column}: ${what}`, hint, thrown);
}

/** A copy as plain JSON data, aliases expanded, bounded in depth and number of values. */
function copy(root: unknown, fail: Fail): unknown {
  let nodes = 0;
  const visit = (value: unknown, path: readonly PropertyKey[]): unknown => {
    nodes++;
    if (nodes > NODES) throw fail(`it holds more than ${NODES.toLocaleString("en-US")} values`);
    if (path.length > DEPTH) throw fail(`it is nested deeper than ${DEPTH} levels`);
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw fail(`${documentPath(path)}: must be a finite number, is ${value}`);
    }
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    const members: [string, unknown][] = [];
    for (const [key, member] of Object.entries(value)) {
      if (key === "__proto__") {
        throw fail(`${documentPath([...path, key])}: is not allowed as a key`);
      }
      members.push([key, visit(member, [...path, key])]);
    }
    return merged(Object.fromEntries(members));
  };
  return visit(root, []);
}

/** YAML's merge key: its members count where the mapping itself says nothing. */
function merged(mapping: Record<string, unknown>): Record<string, unknown> {
  const sources = mapping["<<"];
  const list = Array.isArray(sources) ? sources : [sources];
  if (!list.every((one) => typeof one === "object" && one !== null && !Array.isArray(one))) {
    return mapping;
  }
  const { "<<": _, ...own } = mapping;
  return Object.assign({}, ...list.toReversed(), own);
}
