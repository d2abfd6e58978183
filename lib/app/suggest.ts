import { join } from "@std/path";
import { detectChecks, type Suggestion } from "../checks/detect.ts";
import type { Seed } from "../engine/seed/seed.ts";
import { readPlainFile } from "./read_plain_file.ts";

/** What a project probably needs, from the names at its top folder. */
export async function suggestFor(project: string): Promise<Suggestion[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(project)) paths.push(entry.name);
  return await detectChecks({
    paths: paths.sort(),
    read: (path) => readText(join(project, path)).catch(() => undefined),
  });
}

/** Of what is read for a guess: a project's files are anybody's. */
const MOST_BYTES = 1_000_000;

async function readText(path: string): Promise<string> {
  return new TextDecoder().decode((await readPlainFile(path, MOST_BYTES)).bytes);
}

/**
 * Ignored paths to copy into worktrees and checkouts: the seed's own list, or, where it has none,
 * those that the project's kind needs and that are there. The plan shows them.
 */
export async function suggestedCarry(project: string, seed: Seed): Promise<readonly string[]> {
  if (seed.workspace.carry.length > 0 || seed.workspace.prepare) return seed.workspace.carry;
  const folder = join(project, seed.workspace.dir);
  const carry: string[] = [];
  for (const { carry: paths } of await suggestFor(folder).catch(() => [])) {
    for (const path of paths) {
      const info = await Deno.stat(join(folder, path)).catch(() => undefined);
      const relative = seed.workspace.dir === "." ? path : `${seed.workspace.dir}/${path}`;
      if (info && !carry.includes(relative)) carry.push(relative);
    }
  }
  return carry;
}
