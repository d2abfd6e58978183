import { chooseSettings } from "../../config/choose_settings.ts";
import { configKeys } from "../../config/config_keys.ts";
import { fixedEnvironment } from "../../config/environment.ts";
import { readKeyPath } from "../../config/key_path.ts";
import { formerPath } from "../../config/migrate_config.ts";
import { checkConfig, type ParsedConfig } from "../../config/parse_config.ts";
import { CONFIG_BYTES } from "../../config/read_config_file.ts";
import { looksSecret, namesSecret } from "../../config/secret_like.ts";
import { documentPath, type DocumentProblem } from "../../kernel/document_problem.ts";
import { messageOf } from "../../kernel/error.ts";
import type { Registry } from "../../runtimes/mod.ts";
import { decodeText } from "../../setup/edit/decode_text.ts";
import type { EditProblem } from "../../setup/edit/edit_problem.ts";
import { isPlainList, kindOf, type Plain, valueAt } from "../../setup/edit/plain.ts";
import { BYTE_ORDER_MARK, readDocument } from "../../setup/edit/read_document.ts";
import type { Reading } from "../../setup/edit/reading.ts";
import { lineColumn } from "../../setup/edit/text_lines.ts";

/** One thing that is wrong in a configuration file, and how to mend it. */
export interface ConfigProblem {
  /** Empty: the file itself. */
  key: string;
  found: string;
  expected: string;
  /** What to change or type. */
  fix: string;
  /** Both from 1; null where the place is not known. */
  line: number | null;
  column: number | null;
}

/** A text that was looked at as a configuration. */
export interface InspectedConfig {
  /** Empty: it can be used. */
  problems: readonly ConfigProblem[];
  /** Undefined while there are problems. */
  parsed?: ParsedConfig;
  /** Undefined where it is no YAML. */
  reading?: Reading;
  /** Without its byte order mark; that to which offsets belong. */
  body: string;
}

/** All that is wrong in a configuration's bytes, with the places; nothing is looked up elsewhere. */
export function inspectConfig(bytes: Uint8Array, registry: Registry): InspectedConfig {
  const decoded = decodeText(bytes);
  if (bytes.length > CONFIG_BYTES) return { problems: [tooLarge(bytes.length)], body: "" };
  if (!decoded.ok) return { problems: [ofEditor(decoded.problem)], body: "" };
  const body = decoded.text.startsWith(BYTE_ORDER_MARK) ? decoded.text.slice(1) : decoded.text;
  const read = readDocument("yaml", body);
  if (!read.ok) return { problems: [ofEditor(read.problem)], body };
  const { reading } = read;
  const checked = checkConfig(body, registry);
  if (checked.ok) {
    const problem = choosingProblem(checked.parsed, registry);
    return problem
      ? { problems: [problem], reading, body }
      : { problems: [], parsed: checked.parsed, reading, body };
  }
  const problems = checked.problems.map((one) =>
    placed(one, { reading, body, registry, hint: checked.hint })
  ).sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { problems, reading, body };
}

/** Line and column of a key as messages show it, or of the nearest that is there above it. */
export function placeOfKey(
  key: string,
  { reading, body }: { reading: Reading; body: string },
): { line: number | null; column: number | null; written: readonly (string | number)[] } {
  const path = readKeyPath(key) ?? [];
  for (const way of [path, formerPath(path)]) {
    if (way === undefined) continue;
    const keys = way.slice(0, firstNumber(way)).map(String);
    const at = keys.length === 0 ? undefined : reading.placeOf(keys);
    if (at !== undefined) return { ...lineColumn(body, at), written: way };
  }
  const above = path.slice(0, firstNumber(path)).map(String);
  for (let length = Math.max(0, above.length - 1); length >= 0; length--) {
    const at = reading.placeOf(above.slice(0, length));
    if (at !== undefined) return { ...lineColumn(body, at), written: path };
  }
  return { line: null, column: null, written: path };
}

function firstNumber(path: readonly (string | number)[]): number {
  const index = path.findIndex((part) => typeof part === "number");
  return index === -1 ? path.length : index;
}

function placed(
  { path, message }: DocumentProblem,
  at: { reading: Reading; body: string; registry: Registry; hint?: string | undefined },
): ConfigProblem {
  const { line, column, written } = placeOfKey(path, at);
  const key = documentPath(written);
  const value = at.reading.value === undefined ? undefined : itemAt(at.reading.value, written);
  const expected = message.replace(/^(?:it )?must (?:be|have) /, "").replace(/, is .*$/s, "");
  // The hint of the whole is about the runtime or the version; of a runtime's names the ids do.
  const runtime = path === "orchestrator.runtime_backend" || path === "orchestrator.runtime";
  const names = at.registry.ids.map((id) => `"${id}"`).join(" or ");
  return {
    key,
    found: key === "" ? `${kindOf(value)} as the whole document` : shown(key, value),
    expected: runtime && typeof value === "string" ? names : expected,
    fix: (runtime || path === "version" ? at.hint : undefined) ?? fixOf(path, at.registry),
    line,
    column,
  };
}

function fixOf(path: string, registry: Registry): string {
  const named = configKeys(registry).find((key) =>
    path === key.name || path.startsWith(`${key.name}[`)
  );
  return named === undefined
    ? "Correct that place"
    : `Correct it, or give the default back: ouroboros config unset ${named.name}`;
}

function itemAt(root: Plain, path: readonly (string | number)[]): Plain | undefined {
  let value: Plain | undefined = root;
  for (const part of path) {
    value = typeof part === "number"
      ? isPlainList(value) ? value[part] : undefined
      : valueAt(value, [part]);
  }
  return value;
}

/** A value for people; one that may be a secret is not said. */
function shown(key: string, value: Plain | undefined): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return kindOf(value);
  // What stands among names and is none may be anything.
  const hidden = namesSecret(key) || looksSecret(value) || key.startsWith("env.");
  return hidden
    ? "other text"
    : JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function ofEditor(problem: EditProblem): ConfigProblem {
  const { path, found, expected, hint, line, column } = problem;
  return {
    key: documentPath(path),
    found,
    expected,
    fix: problem.code === "duplicate_key" ? "Remove one of the two" : hint,
    line: line ?? null,
    column: column ?? null,
  };
}

function tooLarge(size: number): ConfigProblem {
  return {
    key: "",
    found: `${size.toLocaleString("en-US")} bytes`,
    expected: `at most ${CONFIG_BYTES.toLocaleString("en-US")}`,
    fix: "Make the file smaller, or move it away to go on with the defaults",
    line: null,
    column: null,
  };
}

/** The schema says everything that choosing would refuse; should it miss something, it is said here. */
function choosingProblem(parsed: ParsedConfig, registry: Registry): ConfigProblem | undefined {
  const environment = fixedEnvironment({ HOME: "/" });
  try {
    chooseSettings(parsed, { file: "", registry, environment });
    return undefined;
  } catch (thrown) {
    return {
      key: "",
      found: messageOf(thrown).replace(/^Cannot use "": /, ""),
      expected: "values that can be used",
      fix: "Correct that value",
      line: null,
      column: null,
    };
  }
}
