import { join } from "@std/path";
import { BUILT_PATTERNS, SECRET_PATTERNS } from "./default_excludes.ts";
import { lstatIfAny } from "./not_found.ts";

/**
 * A notice of what lies in the project's folder and is no part of the base by our own rules, so that
 * a check that misses it is no riddle; none where there is nothing.
 */
export async function leftOutNotice(
  project: string,
  options: { git: boolean; carried: readonly string[]; has(path: string): boolean },
): Promise<string[]> {
  const patterns = options.git ? SECRET_PATTERNS : [...SECRET_PATTERNS, ...BUILT_PATTERNS];
  const names = patterns
    .map((pattern) => pattern.replace(/^\//, "").replace(/\/$/, ""))
    .filter((name) => !name.includes("*") && !options.carried.includes(name) && !options.has(name));
  const there: string[] = [];
  for (const name of names) {
    if (await lstatIfAny(join(project, name)) !== undefined) there.push(`"${name}"`);
  }
  if (there.length === 0) return [];
  return [`Left out: ${there.join(", ")}; name in workspace.carry what checks need of it`];
}
