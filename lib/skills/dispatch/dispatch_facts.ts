import type { Skill } from "../skill.ts";
import type { ArgumentTemplate, ArgumentValue } from "./fill_arguments.ts";

/** What a bundle says of its dispatch. */
export interface DispatchFacts {
  /** The tool that answers it; left out: a model follows the bundle. */
  call?: { tool: string; args: ArgumentTemplate };
  /** Other words for it. */
  aliases: readonly string[];
  /** Words that call the same tool with arguments of their own: `ooo answer …` in an interview. */
  verbs: ReadonlyMap<string, ArgumentTemplate>;
}

/** The facts, or what is wrong with them. */
export type DispatchFactsResult =
  | { ok: true; facts: DispatchFacts }
  | { ok: false; reason: FactsReason; detail: string };

/** Why a bundle's facts cannot be used. */
export type FactsReason = "invalid_tool" | "invalid_args" | "invalid_alias";

/** Keys of `metadata` that dispatch reads. */
export const FACT_KEYS = [
  "ouroboros-tool",
  "ouroboros-args",
  "ouroboros-aliases",
  "ouroboros-verbs",
] as const;

/**
 * The facts in a bundle's `metadata`: `ouroboros-tool`, `ouroboros-args` (a JSON map with variables
 * in it), `ouroboros-aliases` (words with blanks between) and `ouroboros-verbs` (a JSON map of words
 * to such arguments); else those of the earlier system, `mcp_tool` with `mcp_args`.
 */
export function dispatchFacts({ metadata, earlier }: Skill): DispatchFactsResult {
  const [toolKey, argsKey, aliasesKey, verbsKey] = FACT_KEYS;
  const aliases = (metadata[aliasesKey] ?? "").split(/[\s,]+/).filter((one) => one !== "")
    .map((one) => one.toLowerCase());
  const odd = aliases.find((one) => !WORD.test(one));
  if (odd !== undefined) return wrong("invalid_alias", `"${odd}" cannot be typed as a word`);
  const tool = metadata[toolKey];
  if (tool === undefined) {
    const lonely = [argsKey, verbsKey].find((key) => metadata[key] !== undefined);
    if (lonely === undefined) return earlierFacts(earlier, aliases);
    return wrong("invalid_tool", `"${lonely}" stands there without "${toolKey}"`);
  }
  const args = parse(metadata[argsKey] ?? "{}");
  if (args === undefined) return wrong("invalid_args", `"${argsKey}" is no JSON`);
  const verbs = readVerbs(metadata[verbsKey] ?? "{}");
  if (verbs === undefined) {
    return wrong("invalid_args", `"${verbsKey}" is no JSON map of words to arguments`);
  }
  return facts(tool, args, { aliases, verbs });
}

/** What can be typed behind `ooo`. */
const WORD = /^[a-z0-9][a-z0-9_-]*$/;

function readVerbs(text: string): ReadonlyMap<string, ArgumentTemplate> | undefined {
  const verbs = parse(text);
  if (!isTemplate(verbs)) return undefined;
  const found = new Map<string, ArgumentTemplate>();
  for (const [word, args] of Object.entries(verbs)) {
    if (!WORD.test(word) || !isTemplate(args)) return undefined;
    found.set(word, args);
  }
  return found;
}

function earlierFacts(earlier: Skill["earlier"], aliases: readonly string[]): DispatchFactsResult {
  const words = { aliases, verbs: new Map() };
  if (earlier?.tool === undefined) return { ok: true, facts: words };
  if (earlier.args === undefined) {
    return wrong("invalid_args", '"mcp_tool" stands there without "mcp_args"');
  }
  return facts(earlier.tool, earlier.args, words);
}

function facts(
  tool: string,
  args: unknown,
  words: Pick<DispatchFacts, "aliases" | "verbs">,
): DispatchFactsResult {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(tool)) {
    return wrong("invalid_tool", `"${tool}" cannot be the name of a tool`);
  }
  if (!isTemplate(args)) {
    return wrong("invalid_args", "The arguments are no map of texts, numbers, lists and maps");
  }
  return { ok: true, facts: { call: { tool, args }, ...words } };
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

/** Levels of lists and maps in arguments: no tool has as many. */
const MOST_LEVELS = 50;

/** YAML has more than JSON: dates, not-a-number, keys that are no texts. */
function isValue(value: unknown, level = 0): value is ArgumentValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (level > MOST_LEVELS) return false;
  if (Array.isArray(value)) return value.every((one) => isValue(one, level + 1));
  if (typeof value !== "object" || Object.prototype.toString.call(value) !== "[object Object]") {
    return false;
  }
  return Object.entries(value).every(([key, member]) =>
    key.trim() !== "" && isValue(member, level + 1)
  );
}

function wrong(reason: FactsReason, detail: string): DispatchFactsResult {
  return { ok: false, reason, detail };
}
