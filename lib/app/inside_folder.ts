import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { isInsidePath } from "../kernel/recording.ts";

/**
 * Absolute place of a recorded path below `folder`, with every symbolic link on the way resolved; the
 * last part itself is not followed. Errors: not_allowed, when the place lies outside.
 */
export async function insideFolder(folder: string, path: string): Promise<string> {
  const root = await Deno.realPath(folder);
  if (!isInsidePath(path)) throw outside(path);
  const parts = path.split("/");
  const last = parts.pop()!;
  let place = root;
  for (const [index, part] of parts.entries()) {
    const next = join(place, part);
    const info = await Deno.lstat(next).catch(missing);
    if (!info) return join(next, ...parts.slice(index + 1), last);
    place = info.isSymlink ? await Deno.realPath(next).catch(() => "") : next;
    if (!isBelow(root, place)) throw outside(path);
  }
  return join(place, last);
}

/** `undefined` for a file that is not there; anything else is thrown on. */
export function missing(error: unknown): undefined {
  if (error instanceof Deno.errors.NotFound) return undefined;
  throw error;
}

function isBelow(root: string, place: string): boolean {
  return place === root || place.startsWith(root + (Deno.build.os === "windows" ? "\\" : "/"));
}

function outside(path: string): OuroborosError {
  return new OuroborosError({
    code: "not_allowed",
    message: `Play a write to "${path}": it lies outside the work folder`,
    hint: "Record the run again, or take that step out of the recording",
  });
}
