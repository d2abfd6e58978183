import { readFrontMatter } from "./front_matter.ts";
import type { Skill, SkillProblem, SkillReason, SkillResult } from "./skill.ts";

/** Keys of the specification; others are kept out and warned about. */
const KNOWN = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

/** Keys of the earlier system, which a user's own bundle may still use. */
const EARLIER = ["mcp_tool", "mcp_args"];

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

/** Reads one `SKILL.md`; `directory` is the name of the folder that holds it. */
export function parseSkill(bytes: Uint8Array, directory: string): SkillResult {
  const front = readFrontMatter(bytes);
  if (!front.ok) return front;
  const { facts, body } = front;
  const problem = keyProblem(facts) ?? textProblem(facts) ?? nameProblem(facts, directory) ??
    metadataProblem(facts) ?? earlierProblem(facts);
  if (problem) return { ok: false, problem };
  const text = (key: string) => typeof facts[key] === "string" ? String(facts[key]) : undefined;
  const skill: Skill = {
    name: directory,
    description: text("description")!.trim(),
    metadata: { ...(facts.metadata as Record<string, string> | undefined) },
    body,
    warnings: Object.keys(facts)
      .filter((key) => !KNOWN.includes(key) && !EARLIER.includes(key))
      .map((key) => `Unknown key "${key}" is ignored`),
  };
  const license = text("license");
  const compatibility = text("compatibility");
  const allowedTools = text("allowed-tools");
  if (license !== undefined) skill.license = license;
  if (compatibility !== undefined) skill.compatibility = compatibility;
  if (allowedTools !== undefined) skill.allowedTools = allowedTools;
  return { ok: true, skill };
}

type Facts = Readonly<Record<string, unknown>>;

function keyProblem(facts: Facts): SkillProblem | undefined {
  // YAML lets a number, a list or a map be a key; as text they read "1", "a,b", "[object Object]".
  const odd = Object.keys(facts).find((key) => !/^[A-Za-z][\w-]*$/.test(key));
  return odd === undefined ? undefined : problem("invalid_key", `"${odd}" is no key of words`);
}

function textProblem(facts: Facts): SkillProblem | undefined {
  for (const [key, rule] of Object.entries(TEXTS)) {
    const value = facts[key];
    if (value === undefined || value === null) {
      if (rule.required) return problem("invalid_field", `"${key}" is missing`);
      continue;
    }
    if (typeof value !== "string") return problem("invalid_field", `"${key}" is no text`);
    if (value.trim() === "") return problem("invalid_field", `"${key}" is empty`);
    if ([...value].length > rule.most) {
      return problem("invalid_field", `"${key}" is longer than ${rule.most} characters`);
    }
  }
  return undefined;
}

function nameProblem(facts: Facts, directory: string): SkillProblem | undefined {
  const name = String(facts.name);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    return problem("invalid_field", `"name" may hold a-z, 0-9 and single hyphens: "${name}"`);
  }
  if (name === directory) return undefined;
  return problem("name_mismatch", `"name" is "${name}", its directory is "${directory}"`);
}

function metadataProblem(facts: Facts): SkillProblem | undefined {
  const metadata = facts.metadata ?? {};
  if (!isMap(metadata)) return problem("invalid_field", '"metadata" is no map');
  const odd = Object.entries(metadata).find(([, value]) => typeof value !== "string");
  return odd && problem("invalid_field", `"metadata.${odd[0]}" is no text: put it in quotes`);
}

function earlierProblem(facts: Facts): SkillProblem | undefined {
  if (facts.mcp_tool !== undefined && typeof facts.mcp_tool !== "string") {
    return problem("invalid_field", '"mcp_tool" is no text');
  }
  if (facts.mcp_args !== undefined && !isMap(facts.mcp_args)) {
    return problem("invalid_field", '"mcp_args" is no map');
  }
  return undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function problem(reason: SkillReason, detail: string): SkillProblem {
  return { reason, detail };
}
