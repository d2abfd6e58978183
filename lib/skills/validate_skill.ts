import { readFrontMatter } from "./front_matter.ts";
import type { SkillProblem } from "./skill.ts";
import { SKILL_KEYS, skillProblems } from "./skill_rules.ts";

/** What the Agent Skills specification says of one bundle. */
export interface SkillVerdict {
  /** What it forbids; with none the bundle is valid. */
  errors: readonly SkillProblem[];
  /** What it advises against, one line each. */
  advice: readonly string[];
}

/** A bundle as it lies on disk. */
export interface SkillSource {
  /** The name of its folder. */
  directory: string;
  /** The bytes of its `SKILL.md`. */
  bytes: Uint8Array;
  /** Paths of all its files, relative to the folder. */
  files: readonly string[];
}

/** Lines of a body, and its size at about four bytes a token, that the specification advises. */
const ADVISED_LINES = 500;
const ADVISED_TOKENS = 5_000;
const BYTES_A_TOKEN = 4;

/**
 * Judges one bundle by the specification, more strictly than it is read: unknown keys are errors,
 * and all that is wrong is told at once.
 */
export function validateSkill({ directory, bytes, files }: SkillSource): SkillVerdict {
  const front = readFrontMatter(bytes);
  if (!front.ok) return { errors: [front.problem], advice: [] };
  const unknown = Object.keys(front.facts).filter((key) => !SKILL_KEYS.includes(key))
    .map((key): SkillProblem => ({
      reason: "unknown_key",
      detail: `"${key}" is no key of the specification: put it under "metadata"`,
    }));
  return {
    errors: [...skillProblems(front.facts, directory), ...unknown],
    advice: [...lengthAdvice(front.body), ...referenceAdvice(front.body, files)],
  };
}

function lengthAdvice(body: string): string[] {
  const lines = body.trimEnd().split("\n").length;
  const tokens = Math.ceil(new TextEncoder().encode(body).length / BYTES_A_TOKEN);
  return [
    ...lines > ADVISED_LINES ? [`Its body has ${lines} lines: at most ${ADVISED_LINES}`] : [],
    ...tokens > ADVISED_TOKENS
      ? [`Its body has about ${tokens} tokens: at most ${ADVISED_TOKENS}`]
      : [],
  ];
}

/** Links to files: they are relative, at most one folder deep, and lead to a file of the bundle. */
function referenceAdvice(body: string, files: readonly string[]): string[] {
  const prose = body.replaceAll(/^(```|~~~)[^]*?^\1/gm, "").replaceAll(/`[^`\n]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!)
    .map((target) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(target));
  return [...new Set(targets)].flatMap((target) => {
    const path = target.replace(/^\.\//, "");
    if (path.startsWith("/") || path.split("/").includes("..")) {
      return [`"${target}" leads out of the bundle`];
    }
    if (path.split("/").length > 2) return [`"${target}" lies more than one folder deep`];
    return files.includes(path) ? [] : [`"${target}" is no file of the bundle`];
  });
}
