import { join } from "@std/path";
import { nulRecords, textOf } from "./bytes.ts";
import type { IndexEntry } from "./list_working_tree.ts";
import { isNotFound } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";

/**
 * Files of a working tree that stand behind a filter (Git LFS, git-crypt). The index holds what the
 * filter made of them and takes them for unchanged, so a snapshot must read them from disk again.
 * `more` names attribute files beside those of the tree (`info/attributes`, `core.attributesfile`).
 */
export async function filteredFiles(
  git: Plumbing,
  place: WorkingPlace,
  entries: readonly IndexEntry[],
  more: readonly string[],
): Promise<string[]> {
  const inTree = entries
    .map((entry) => entry.path)
    .filter((path) => path === ".gitattributes" || path.endsWith("/.gitattributes"))
    .map((path) => join(place.workTree, textOf(path)));
  const texts = await Promise.all([...inTree, ...more].map(readIfAny));
  const names = new Set<string>();
  for (const text of texts) {
    for (const match of text.matchAll(/^[^#\n]*\sfilter=([^\s]+)/gm)) names.add(match[1] ?? "");
  }
  if (names.size === 0) return [];
  const specs = [...names].map((name) => `:(top,attr:filter=${name})`);
  const asked = await git(place, ["ls-files", "-z", "--", ...specs], { magic: true });
  return nulRecords(asked.stdout);
}

async function readIfAny(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (isNotFound(error)) return "";
    throw error;
  }
}
