import { OuroborosError } from "../kernel/error.ts";
import { dirname, join } from "@std/path";

/**
 * A relative path of a seed as an absolute one below `root`. Throws seed_invalid where it leaves
 * the root or reaches into `.git`.
 */
export function pathInside(root: string, path: string): string {
  const parts = path.split("/");
  const bad = path === "" || path.startsWith("/") || path.includes("\\") || path.includes("\0") ||
    parts.some((part) => part === ".." || part.toLowerCase() === ".git") ||
    parts.at(-1) === "" || parts.at(-1) === ".";
  if (bad) {
    throw new OuroborosError({
      code: "seed_invalid",
      message: `Cannot use the path ${JSON.stringify(path)}: it must stay inside the project`,
      hint: "Write it relative to the project, without .. and .git",
    });
  }
  return join(root, path);
}

/** Information on a path itself, links not followed; undefined where nothing is. */
export async function lstatOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a plain file with these bytes and this mode stands at a path. */
export async function holds(
  path: string,
  wanted: { bytes: Uint8Array; mode: number | null },
): Promise<boolean> {
  const info = await lstatOf(path);
  if (!info?.isFile || info.size !== wanted.bytes.length) return false;
  if ((info.mode ?? 0) % 0o1000 !== (wanted.mode ?? 0) % 0o1000) return false;
  const bytes = await Deno.readFile(path).catch(() => undefined);
  // One that cannot be read is put back like one that differs.
  return bytes !== undefined && bytes.every((byte, index) => byte === wanted.bytes[index]);
}

/** What stands at a folder's place below a root. */
export type InTheWay = "link" | "file";

/**
 * Makes the folders between `root` and a file, asking what to do about links and files in the way;
 * nothing is ever made through a link. Gives the folders that it made, outermost first.
 */
export async function makeParents(
  root: string,
  file: string,
  mayReplace: (what: InTheWay, path: string) => boolean,
): Promise<string[]> {
  const folders: string[] = [];
  for (let at = dirname(file); at !== root && at.length > root.length; at = dirname(at)) {
    folders.unshift(at);
  }
  const made: string[] = [];
  for (const folder of folders) {
    const info = await lstatOf(folder);
    if (info?.isDirectory) continue;
    if (info) {
      const what = info.isSymlink ? "link" : "file";
      if (!mayReplace(what, folder)) {
        throw new OuroborosError({
          code: "not_writable",
          message: `Cannot write ${JSON.stringify(file.slice(root.length + 1))}: ${
            JSON.stringify(folder.slice(root.length + 1))
          } is a ${what === "link" ? "symbolic link" : "file"}`,
        });
      }
      await Deno.remove(folder);
    }
    await Deno.mkdir(folder);
    made.push(folder);
  }
  return made;
}

/** Removes what stands at a path, a link itself and not its target; nothing is fine too. */
export async function removeAt(path: string): Promise<void> {
  if (await lstatOf(path)) await Deno.remove(path, { recursive: true });
}

/**
 * Real path of a folder of the checkout, or why it cannot be worked in. A link is followed as long
 * as it stays inside: behind any other lies somebody's own folder.
 */
export async function folderIn(
  checkout: string,
  folder: string,
): Promise<{ path: string } | { missing: string }> {
  const name = JSON.stringify(folder);
  let path: string;
  try {
    path = await Deno.realPath(join(checkout, folder));
    if (!(await Deno.stat(path)).isDirectory) return { missing: `${name} is not a folder` };
  } catch {
    return { missing: `The folder ${name} is not there` };
  }
  const inside = path === checkout || path.startsWith(`${checkout}/`);
  return inside ? { path } : { missing: `The folder ${name} leads out of the checkout` };
}
