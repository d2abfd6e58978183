import { dirname, isAbsolute, join, relative } from "@std/path";
import { isNotFound } from "./not_found.ts";

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
