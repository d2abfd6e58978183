/** Facts of a bundle's front matter, by the Agent Skills specification (agentskills.io). */
export interface SkillFacts {
  /** Equals the name of its directory. */
  name: string;
  description: string;
  license?: string;
  compatibility?: string;
  /** Dispatch facts stand here: `ouroboros-tool`, `ouroboros-args`, `ouroboros-aliases`. */
  metadata: Readonly<Record<string, string>>;
  allowedTools?: string;
}

/** A valid `SKILL.md`. */
export interface Skill extends SkillFacts {
  /** What follows the front matter: the instructions. */
  body: string;
  /** Dispatch facts as the earlier system wrote them, `mcp_tool` and `mcp_args`; not yet checked. */
  earlier?: { tool?: string; args?: Readonly<Record<string, unknown>> };
  /** What a strict reader would not take: unknown keys, and the like. */
  warnings: readonly string[];
}

/** Why a `SKILL.md` cannot be used. */
export type SkillReason =
  | "missing"
  | "unreadable"
  | "not_utf8"
  | "no_front_matter"
  | "unclosed_front_matter"
  | "too_large"
  | "invalid_yaml"
  | "not_a_map"
  | "invalid_key"
  | "unknown_key"
  | "invalid_field"
  | "name_mismatch";

/** A broken `SKILL.md`: the reason for programs, and one line for people. */
export interface SkillProblem {
  reason: SkillReason;
  detail: string;
}

/** The outcome of reading one bundle: nothing throws, so that one broken bundle spoils no other. */
export type SkillResult = { ok: true; skill: Skill } | { ok: false; problem: SkillProblem };
