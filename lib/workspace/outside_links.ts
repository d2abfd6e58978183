import { dirname, isAbsolute, join, relative } from "@std/path";
import { fromBinary, textOf, toBinary } from "./bytes.ts";
import { isNotFound } from "./not_found.ts";
import type { Place, Plumbing } from "./plumbing.ts";
import type { TreeChange } from "./tree_reads.ts";

/**
 * Whether the symbolic link at `path` below `top` names a place outside of `top`, or names its place
 * from the root of the file system: in a copy of the tree it would lead back to the original.
 */
export async function leadsOut(top: string, path: string): Promise<boolean> {
  try {
    return isOutside(path, await Deno.readLink(join(top, path)));
  } catch (error) {
    // Not a link on disk any more.
    if (isNotFound(error) || !(error instanceof Deno.errors.PermissionDenied)) return false;
    throw error;
  }
}

/** The same, for a target that is known. */
export function isOutside(path: string, target: string): boolean {
  if (isAbsolute(target)) return true;
  const away = relative("/top", join("/top", dirname(path), target));
  return away === ".." || away.startsWith("../");
}

/** At most so many links are looked at. */
const MOST_LINKS = 1000;

/**
 * The links among changed paths that lead out of the top folder, with where they lead. Paths are
 * stored ones (binary strings), targets are text. Errors: git_failed.
 */
export async function outsideLinks(
  git: Plumbing,
  place: Place,
  changes: readonly TreeChange[],
): Promise<{ path: string; target: string }[]> {
  const links = changes.filter((change) => change.to.mode === "120000").slice(0, MOST_LINKS);
  if (links.length === 0) return [];
  const stdin = fromBinary(links.map((change) => `${change.to.id}\n`).join(""));
  const { stdout } = await git(place, ["cat-file", "--batch"], { stdin });
  const text = toBinary(stdout);
  const found: { path: string; target: string }[] = [];
  let at = 0;
  for (const { path } of links) {
    const start = text.indexOf("\n", at) + 1;
    const size = Number(text.slice(at, start).split(" ")[2]);
    if (start === 0 || Number.isNaN(size)) break;
    const target = textOf(text.slice(start, start + size));
    if (isOutside(textOf(path), target)) found.push({ path, target });
    at = start + size + 1;
  }
  return found;
}
