import { readFrontMatter } from "./front_matter.ts";
import type { Skill, SkillResult } from "./skill.ts";
import { EARLIER_KEYS, SKILL_KEYS, skillProblems } from "./skill_rules.ts";

/**
 * Reads one `SKILL.md`; `directory` is the name of the folder that holds it. Never throws: whatever
 * the bytes are, there is a bundle or a reason.
 */
export function parseSkill(bytes: Uint8Array, directory: string): SkillResult {
  const front = readFrontMatter(bytes);
  if (!front.ok) return front;
  const { facts, body } = front;
  const [problem] = skillProblems(facts, directory);
  if (problem) return { ok: false, problem };
  const text = (key: string) => typeof facts[key] === "string" ? String(facts[key]) : undefined;
  const skill: Skill = {
    name: directory,
    description: text("description")!.trim(),
    metadata: { ...(facts.metadata as Record<string, string> | null | undefined) },
    body,
    warnings: Object.keys(facts)
      .filter((key) => !SKILL_KEYS.includes(key) && !EARLIER_KEYS.includes(key))
      .map((key) => `Unknown key "${key}" is ignored`),
  };
  const license = text("license");
  const compatibility = text("compatibility");
  const allowedTools = text("allowed-tools");
  const tool = text("mcp_tool");
  const args = facts.mcp_args as Record<string, unknown> | undefined;
  if (license !== undefined) skill.license = license;
  if (compatibility !== undefined) skill.compatibility = compatibility;
  if (allowedTools !== undefined) skill.allowedTools = allowedTools;
  if (tool !== undefined || args !== undefined) {
    skill.earlier = {
      ...(tool === undefined ? {} : { tool }),
      ...(args === undefined ? {} : { args }),
    };
  }
  return { ok: true, skill };
}
