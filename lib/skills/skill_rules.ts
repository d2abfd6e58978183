import type { SkillProblem, SkillReason } from "./skill.ts";

/** The keys of a bundle's front matter by the Agent Skills specification; there are no others. */
export const SKILL_KEYS: readonly string[] = [
  "name",
  "description",
  "license",
  "compatibility",
  "metadata",
  "allowed-tools",
];

/** Keys of the earlier system, which a user's own bundle may still use. */
export const EARLIER_KEYS: readonly string[] = ["mcp_tool", "mcp_args"];

type Facts = Readonly<Record<string, unknown>>;

/** What one text field may hold. */
interface TextRule {
  most: number;
  required?: boolean;
}

const TEXTS: Readonly<Record<string, TextRule>> = {
  name: { most: 64, required: true },
  description: { most: 1024, required: true },
  license: { most: 1024 },
  compatibility: { most: 500 },
  "allowed-tools": { most: 4096 },
};

/**
 * Everything that is wrong with the values of a front matter; `directory` is the name of the folder
 * that holds it. Keys that the specification does not know are none of it: a reader passes them over.
 */
export function skillProblems(facts: Facts, directory: string): SkillProblem[] {
  return [
    ...keyProblems(facts),
    ...textProblems(facts),
    ...nameProblems(facts, directory),
    ...metadataProblems(facts),
    ...earlierProblems(facts),
  ];
}

function keyProblems(facts: Facts): SkillProblem[] {
  // YAML lets a number, a list or a map be a key; as text they read "1", "a,b", "[object Object]".
  return Object.keys(facts).filter((key) => !/^[A-Za-z][\w-]*$/.test(key))
    .map((key) => problem("invalid_key", `"${key}" is no key of words`));
}

function textProblems(facts: Facts): SkillProblem[] {
  return Object.entries(TEXTS).flatMap(([key, { most, required }]) => {
    const value = facts[key];
    if (value === undefined || value === null) return required ? [field(key, "is missing")] : [];
    if (typeof value !== "string") return [field(key, "is no text")];
    if (value.trim() === "") return [field(key, "is empty")];
    return [...value].length > most ? [field(key, `is longer than ${most} characters`)] : [];
  });
}

/** By the specification's own validator: letters and digits of any script, without capitals. */
function nameProblems({ name: given }: Facts, directory: string): SkillProblem[] {
  if (typeof given !== "string" || given.trim() === "") return [];
  const name = given.normalize("NFKC");
  const problems: SkillProblem[] = [];
  if (!/^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u.test(name) || name !== name.toLowerCase()) {
    problems.push(field("name", `may hold small letters, digits and single hyphens: "${name}"`));
  }
  if (name !== directory.normalize("NFKC")) {
    problems.push(problem("name_mismatch", `"name" is "${name}", its directory is "${directory}"`));
  }
  return problems;
}

function metadataProblems({ metadata }: Facts): SkillProblem[] {
  if (metadata === undefined || metadata === null) return [];
  if (!isMap(metadata)) return [field("metadata", "is no map")];
  return Object.entries(metadata).filter(([, value]) => typeof value !== "string")
    .map(([key]) => field(`metadata.${key}`, "is no text: put it in quotes"));
}

function earlierProblems({ mcp_tool: tool, mcp_args: args }: Facts): SkillProblem[] {
  return [
    ...tool !== undefined && typeof tool !== "string" ? [field("mcp_tool", "is no text")] : [],
    ...args !== undefined && !isMap(args) ? [field("mcp_args", "is no map")] : [],
  ];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function field(key: string, detail: string): SkillProblem {
  return problem("invalid_field", `"${key}" ${detail}`);
}

function problem(reason: SkillReason, detail: string): SkillProblem {
  return { reason, detail };
}
