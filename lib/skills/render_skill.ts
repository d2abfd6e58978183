import type { Skill } from "./skill.ts";

/** What a bundle is rendered for. */
export interface SkillHost {
  /** Name of the host, for people. */
  title: string;
  /** Before every bundle's name. */
  prefix: string;
  /** Lines for this host alone. */
  guidance: readonly string[];
  /** Names of all bundles that are installed together, without the prefix. */
  bundles: readonly string[];
  /** Version of this program; stands in the copy, so that a stale one is found. */
  version: string;
}

/** A bundle's folder and `SKILL.md` as they are installed. */
export interface RenderedSkill {
  name: string;
  text: string;
}

/** Key of `metadata` in an installed copy: the version that wrote it. */
export const VERSION_STAMP = "ouroboros-version";

/**
 * The `SKILL.md` of a bundle for one host: under its prefixed name, with references to the other
 * bundles (written as: skill `NAME`) by their prefixed names, with the host's lines at its end. The
 * same input gives the same bytes.
 */
export function renderSkill(skill: Skill, host: SkillHost): RenderedSkill {
  const name = host.prefix + skill.name;
  const facts = [
    `name: ${name}`,
    `description: ${text(skill.description)}`,
    ...optional("license", skill.license),
    ...optional("compatibility", skill.compatibility),
    ...optional("allowed-tools", skill.allowedTools),
    "metadata:",
    ...Object.entries({ ...skill.metadata, [VERSION_STAMP]: host.version })
      .map(([key, value]) => `  ${text(key)}: ${text(value)}`),
  ];
  const guidance = host.guidance.length === 0
    ? []
    : ["", `## In ${host.title}`, "", ...host.guidance.map((line) => `- ${line}`)];
  const body = [prefixed(skill.body, host).trimEnd(), ...guidance];
  return { name, text: `---\n${facts.join("\n")}\n---\n\n${body.join("\n")}\n` };
}

function prefixed(body: string, host: SkillHost): string {
  return body.replace(
    /\b(skill\s+`)([a-z0-9-]+)`/g,
    (all, start, name) => host.bundles.includes(name) ? `${start}${host.prefix}${name}\`` : all,
  );
}

function optional(key: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${key}: ${text(value)}`];
}

/** Every JSON text is a YAML text too, whatever stands in it. */
function text(value: string): string {
  return JSON.stringify(value);
}
