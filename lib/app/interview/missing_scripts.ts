import { join } from "@std/path";
import { decidingScripts } from "../../checks/deciding_scripts.ts";
import type { Seed } from "../../engine/seed/seed.ts";

/** A criterion that only a script decides which is not there yet. */
export interface MissingScript {
  criterion: string;
  run: string;
  path: string;
}

/**
 * The criteria that the work would decide by itself: each of their commands takes the word of a script
 * that neither the project nor the check brings, so that whoever works writes it.
 */
export async function missingScripts(seed: Seed, project: string): Promise<MissingScript[]> {
  const found: MissingScript[] = [];
  for (const criterion of seed.criteria) {
    const commands = criterion.checks.filter((one) => one.kind === "command" && !one.preserve);
    const missing: MissingScript[] = [];
    for (const check of commands) {
      if (check.kind !== "command") continue;
      for (const paths of decidingScripts(check, seed.workspace.dir)) {
        if (paths.some((path) => isGiven(path, check.files))) continue;
        const there = await Promise.all(paths.map((path) => isThere(join(project, path))));
        if (there.includes(true)) continue;
        missing.push({ criterion: criterion.id, run: check.run, path: paths[0]! });
        break;
      }
    }
    // One that looks from outside decides, whatever the others say.
    if (missing.length === commands.length) found.push(...missing.slice(0, 1));
  }
  return found;
}

function isGiven(path: string, files: Readonly<Record<string, string>>): boolean {
  return Object.keys(files).some((one) => one === path || one.startsWith(`${path}/`));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    // Whatever stands in the way: the check cannot count on it.
    return false;
  }
}
