import { basename, dirname, join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";

/** A seed in our own folder: one that an interview froze, or that was made from such a one. */
export interface StoredSeed {
  /** Its file's name without the ending. */
  id: string;
  path: string;
  /** Milliseconds since 1970. */
  changedMs: number;
}

/** Where seeds are frozen. */
export function seedsFolder({ paths }: Pick<App, "paths">): string {
  return join(paths.root, "seeds");
}

/** A seed's file by its name. */
export const SEED_FILE = /^(.+)\.(ya?ml|json)$/i;

/** The id of a seed by its absolute path; undefined where it does not lie in our own folder. */
export function storedId(app: Pick<App, "paths">, path: string): string | undefined {
  if (dirname(path) !== seedsFolder(app)) return undefined;
  return SEED_FILE.exec(basename(path))?.[1];
}

/** Seeds of our own folder, the newest first. Errors: unreadable. */
export async function storedSeeds(app: Pick<App, "paths">): Promise<StoredSeed[]> {
  const folder = seedsFolder(app);
  const found: StoredSeed[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const id = SEED_FILE.exec(name)?.[1];
      if (id === undefined) continue;
      const path = join(folder, name);
      // What is gone since the folder was read is no seed.
      const info = await Deno.stat(path).catch(() => undefined);
      if (info?.isFile) found.push({ id, path, changedMs: info.mtime?.getTime() ?? 0 });
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new OuroborosError({
      code: "unreadable",
      message: `List the seeds in "${folder}": ${messageOf(cause)}`,
      hint: `ls -ld "${folder}"`,
      cause,
    });
  }
  return found.sort((a, b) => b.changedMs - a.changedMs || (a.id < b.id ? 1 : -1));
}
