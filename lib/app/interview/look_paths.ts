import { join } from "@std/path";
import { BUILT_PATTERNS } from "../../workspace/default_excludes.ts";
import type { LookRepository } from "./look_repository.ts";

/** Entries of folders that a walk takes in all. */
export const MOST_ENTRIES = 2000;
/** Folders above a file, from the project's, that a walk goes into. */
const DEEPEST = 3;
/** Of a repository's: more says nothing new. */
const MOST_PATHS = 100_000;

/** git's own, and what tools build or fetch: with what is in it. */
const LEFT_OUT = new RegExp(
  [".git/", ...BUILT_PATTERNS].map((pattern) => {
    const name = pattern.replace(/^[/*]/, "").replace(/\/$/, "").replaceAll(".", "\\.");
    if (pattern.startsWith("*")) return `${name}$`;
    return `${pattern.startsWith("/") ? "^" : "(?:^|/)"}${name}(?:/|$)`;
  }).join("|"),
);

/**
 * Paths of a project without what tools fill, and whether they are all: what is counted among a part
 * is told as such.
 */
export interface LookedPaths {
  paths: readonly string[];
  whole: boolean;
}

/**
 * Paths of a project, relative, "/" between folders: those that git knows or would add; where there
 * is no repository (or it ignores the folder, or has too much to say) those of a short walk from the
 * top. `folder`: absolute. Never throws: a folder that cannot be read is empty.
 */
export async function lookPaths(
  folder: string,
  repository: LookRepository | undefined,
): Promise<LookedPaths> {
  // Without what git tracks, what it does not would be taken for all there is.
  const known = repository?.tracked ? [...repository.tracked, ...repository.others ?? []] : [];
  if (known.length === 0) return await walk(folder);
  // Without ignore rules git would add what tools built and fetched.
  return {
    paths: known.slice(0, MOST_PATHS).filter((path) => !LEFT_OUT.test(path)),
    whole: known.length <= MOST_PATHS && repository?.others !== null,
  };
}

/** Breadth first, so that what shows what a project is (it lies at the top) is never cut off. */
async function walk(folder: string): Promise<LookedPaths> {
  const paths: string[] = [];
  let left = MOST_ENTRIES;
  let level = [""];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: string[] = [];
    for (const parent of level) {
      if (left <= 0) return { paths, whole: false };
      const entries = await entriesOf(join(folder, parent), left);
      left -= entries.length;
      for (const { name, isDirectory } of entries) {
        const path = parent === "" ? name : `${parent}/${name}`;
        if (LEFT_OUT.test(path)) continue;
        // A link to a folder is no folder here: it may lead round in a circle, or out.
        if (isDirectory) next.push(path);
        else paths.push(path);
      }
    }
    level = next;
  }
  return { paths, whole: level.length === 0 && left > 0 };
}

async function entriesOf(folder: string, most: number): Promise<Deno.DirEntry[]> {
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entries.push(entry) >= most) break;
    }
  } catch {
    // A folder that may not be read, or went away, has nothing to tell; the others have.
  }
  return entries.sort((a, b) => a.name < b.name ? -1 : 1);
}
