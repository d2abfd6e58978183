import { parse } from "@std/yaml";
import { type DocumentProblem, documentProblems, problemText } from "../kernel/document_problem.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { Registry } from "../runtimes/mod.ts";
import { CONFIG_VERSION, migrateConfig } from "./migrate_config.ts";
import { type ConfigDocument, configSchema } from "./schema.ts";

/** A configuration file, valid and in the present version. */
export interface ParsedConfig {
  document: ConfigDocument;
  /** As written, before it was brought to the present version. */
  written: Record<string, unknown>;
  /** The version that it was written for; 0: the Python system's. */
  from: number;
}

/** A configuration, or all that is wrong with it. */
export type CheckedConfig =
  | { ok: true; parsed: ParsedConfig }
  | { ok: false; problems: readonly DocumentProblem[]; hint?: string; cause?: unknown };

/**
 * Text of a configuration file → its document. Empty text is an empty document. Throws
 * `config_invalid` with the file, every problem and its key.
 */
export function parseConfig(text: string, registry: Registry, file: string): ParsedConfig {
  const checked = checkConfig(text, registry);
  if (checked.ok) return checked.parsed;
  const { problems, hint, cause } = checked;
  throw new OuroborosError({
    code: "config_invalid",
    message: `Cannot use "${file}": ${problemText(problems)}`,
    hint: hint ?? `Correct it, or move it away to go on with the defaults: ${file}`,
    cause: cause ?? { problems },
  });
}

/** The same, with the problems as data; a path is that of the key in the present version. */
export function checkConfig(text: string, registry: Registry): CheckedConfig {
  const read = mappingOf(text);
  if ("message" in read) {
    return { ok: false, problems: [{ path: "", message: read.message }], cause: read.cause };
  }
  const { written } = read;
  const migrated = migrateConfig(written);
  if (migrated === null) {
    const message = `must be at most ${CONFIG_VERSION}, is ${JSON.stringify(written.version)}`;
    const hint = "It was written for a later version of this program";
    return { ok: false, problems: [{ path: "version", message }], hint };
  }
  const document = withoutEmpty(migrated.document);
  const result = configSchema(registry).safeParse(document);
  if (!result.success) {
    const problems = documentProblems(result.error.issues, document);
    const hint = nearestRuntimes(document, registry);
    return { ok: false, problems, ...(hint === undefined ? {} : { hint }) };
  }
  return { ok: true, parsed: { document: result.data, written, from: migrated.from } };
}

function mappingOf(
  text: string,
): { written: Record<string, unknown> } | { message: string; cause?: unknown } {
  let parsed: unknown;
  try {
    parsed = parse(text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n"), { schema: "core" });
    // A loop of aliases and what they would expand to: nothing that a configuration needs.
    if (JSON.stringify(parsed)?.length > 1_000_000) throw new RangeError("it holds too much");
  } catch (cause) {
    const [what] = messageOf(cause).split("\n");
    return { message: what!.replace(/:$/, "").replace(/^Cannot [^:]*: /, ""), cause };
  }
  const tab = tabbedLine(text);
  if (tab !== undefined) {
    return { message: `line ${tab} begins with a tab: YAML is indented with spaces` };
  }
  if (parsed === null || parsed === undefined) return { written: {} };
  if (typeof parsed !== "object" || Array.isArray(parsed)) {
    const found = Array.isArray(parsed) ? "a list" : "text";
    return { message: `it must be a mapping (key: value), is ${found}` };
  }
  return { written: parsed as Record<string, unknown> };
}

/**
 * Number of the first line that a tab indents. The parser takes it as no indentation at all, which
 * silently moves a key to another place. In braces, as in JSON, tabs mean nothing.
 */
function tabbedLine(text: string): number | undefined {
  if (/^\s*\{/.test(text)) return undefined;
  const at = text.split(/\r\n?|\n/).findIndex((line) => /^\t+[^\s#]/.test(line));
  return at < 0 ? undefined : at + 1;
}

/** The runtimes that a wrong `orchestrator.runtime_backend` may have meant. */
function nearestRuntimes(document: unknown, registry: Registry): string | undefined {
  const orchestrator = (document as { orchestrator?: Record<string, unknown> }).orchestrator;
  const name = orchestrator?.runtime_backend ?? orchestrator?.runtime;
  if (typeof name !== "string" || registry.find(name)) return undefined;
  const near = registry.nearest(name);
  return near.length > 0 ? `Did you mean ${near.map((id) => `"${id}"`).join(" or ")}?` : undefined;
}

function withoutEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutEmpty(member)]),
  );
}
