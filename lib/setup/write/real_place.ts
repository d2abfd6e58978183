import { basename, dirname, join } from "@std/path";

/**
 * The place that a path leads to by the links in it, for a file or a folder that is there or is to be
 * made: two paths of the same real place are one file. Where nobody may look it is the path itself.
 */
export async function realPlace(path: string): Promise<string> {
  const rest: string[] = [];
  for (let at = path;; at = dirname(at)) {
    const real = await Deno.realPath(at).catch(() => undefined);
    if (real !== undefined) return join(real, ...rest);
    if (dirname(at) === at) return path;
    rest.unshift(basename(at));
  }
}
