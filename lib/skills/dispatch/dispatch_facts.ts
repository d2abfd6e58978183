import type { Skill } from "../skill.ts";
import type { ArgumentTemplate, ArgumentValue } from "./fill_arguments.ts";

/** What a bundle says of its dispatch. */
export interface DispatchFacts {
  /** The tool that answers it; left out: a model follows the bundle. */
  call?: { tool: string; args: ArgumentTemplate };
  /** Other words for it. */
  aliases: readonly string[];
}

/** The facts, or what is wrong with them. */
export type DispatchFactsResult =
  | { ok: true; facts: DispatchFacts }
  | { ok: false; reason: FactsReason; detail: string };

/** Why a bundle's facts cannot be used. */
export type FactsReason = "invalid_tool" | "invalid_args" | "invalid_alias";

/** Keys of `metadata` that dispatch reads. */
export const FACT_KEYS = ["ouroboros-tool", "ouroboros-args", "ouroboros-aliases"] as const;

/**
 * The facts in a bundle's `metadata`: `ouroboros-tool`, `ouroboros-args` (a JSON map with variables
 * in it) and `ouroboros-aliases` (words with blanks between); else those of the earlier system,
 * `mcp_tool` with `mcp_args`.
 */
export function dispatchFacts({ metadata, earlier }: Skill): DispatchFactsResult {
  const [toolKey, argsKey, aliasesKey] = FACT_KEYS;
  const aliases = (metadata[aliasesKey] ?? "").split(/[\s,]+/).filter((one) => one !== "")
    .map((one) => one.toLowerCase());
  const odd = aliases.find((one) => !/^[a-z0-9][a-z0-9_-]*$/.test(one));
  if (odd !== undefined) return wrong("invalid_alias", `"${odd}" cannot be typed as a word`);
  const tool = metadata[toolKey];
  if (tool === undefined) {
    if (metadata[argsKey] !== undefined) {
      return wrong("invalid_tool", `"${argsKey}" stands there without "${toolKey}"`);
    }
    return earlierFacts(earlier, aliases);
  }
  const args = parse(metadata[argsKey] ?? "{}");
  if (args === undefined) return wrong("invalid_args", `"${argsKey}" is no JSON`);
  return facts(tool, args, aliases);
}

function earlierFacts(earlier: Skill["earlier"], aliases: readonly string[]): DispatchFactsResult {
  if (earlier?.tool === undefined) return { ok: true, facts: { aliases } };
  if (earlier.args === undefined) {
    return wrong("invalid_args", '"mcp_tool" stands there without "mcp_args"');
  }
  return facts(earlier.tool, earlier.args, aliases);
}

function facts(tool: string, args: unknown, aliases: readonly string[]): DispatchFactsResult {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(tool)) {
    return wrong("invalid_tool", `"${tool}" cannot be the name of a tool`);
  }
  if (!isTemplate(args)) {
    return wrong("invalid_args", "The arguments are no map of texts, numbers, lists and maps");
  }
  return { ok: true, facts: { call: { tool, args }, aliases } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says which key it stands under.
    return undefined;
  }
}

function isTemplate(value: unknown): value is ArgumentTemplate {
  return isValue(value) && value !== null && typeof value === "object" && !Array.isArray(value);
}

/** YAML has more than JSON: dates, not-a-number, keys that are no texts. */
function isValue(value: unknown): value is ArgumentValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isValue);
  if (typeof value !== "object" || Object.prototype.toString.call(value) !== "[object Object]") {
    return false;
  }
  return Object.entries(value).every(([key, member]) => key.trim() !== "" && isValue(member));
}

function wrong(reason: FactsReason, detail: string): DispatchFactsResult {
  return { ok: false, reason, detail };
}
