import { parse } from "@std/yaml";
import { documentProblems, problemText } from "../kernel/document_problem.ts";
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

/**
 * Text of a configuration file → its document. Empty text is an empty document. Throws
 * `config_invalid` with the file, every problem and its key.
 */
export function parseConfig(text: string, registry: Registry, file: string): ParsedConfig {
  const fail = (detail: string, hint?: string, cause?: unknown) =>
    new OuroborosError({
      code: "config_invalid",
      message: `Cannot use "${file}": ${detail}`,
      hint: hint ?? `Correct it, or move it away to go on with the defaults: ${file}`,
      cause,
    });
  const written = mappingOf(text, fail);
  const migrated = migrateConfig(written);
  if (migrated === null) {
    throw fail(
      `version: must be at most ${CONFIG_VERSION}, is ${JSON.stringify(written.version)}`,
      "It was written for a later version of this program",
    );
  }
  const document = withoutEmpty(migrated.document);
  const result = configSchema(registry).safeParse(document);
  if (!result.success) {
    const problems = documentProblems(result.error.issues, document);
    throw fail(problemText(problems), nearestRuntimes(document, registry), { problems });
  }
  return { document: result.data, written, from: migrated.from };
}

type Fail = (detail: string, hint?: string, cause?: unknown) => OuroborosError;

function mappingOf(text: string, fail: Fail): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = parse(text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n"), { schema: "core" });
    // A loop of aliases and what they would expand to: nothing that a configuration needs.
    if (JSON.stringify(parsed)?.length > 1_000_000) throw new RangeError("it holds too much");
  } catch (thrown) {
    const [what] = messageOf(thrown).split("\n");
    throw fail(what!.replace(/:$/, "").replace(/^Cannot [^:]*: /, ""), undefined, thrown);
  }
  if (parsed === null || parsed === undefined) return {};
  if (typeof parsed !== "object" || Array.isArray(parsed)) {
    throw fail(
      `it must be a mapping (key: value), is ${Array.isArray(parsed) ? "a list" : "text"}`,
    );
  }
  return parsed as Record<string, unknown>;
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
