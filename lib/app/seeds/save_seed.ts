import { resolve } from "@std/path";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";

/**
 * Refuses a place where a seed cannot be saved, before anybody works for it: something lies there, or
 * there is no folder for it, or none that a file can be made in. Errors: conflict, not_found,
 * not_writable.
 */
export async function requireFreePlace(app: Pick<App, "cwd">, name: string): Promise<void> {
  const path = resolve(app.cwd, name);
  const there = await Deno.lstat(path).catch(() => undefined);
  if (there) throw taken(name, there.isDirectory);
  const folder = await Deno.stat(resolve(path, "..")).catch(() => undefined);
  if (folder?.isDirectory) return await requireWritable(path, name);
  throw new OuroborosError({
    code: "not_found",
    message: `Save the seed as "${name}": there is no folder for it`,
    hint: "--save seed.yaml",
  });
}

/** Only making a file tells whether one can be made: rights say little of network folders and /proc. */
async function requireWritable(path: string, name: string): Promise<void> {
  try {
    await Deno.writeFile(path, new Uint8Array(), { createNew: true });
    await Deno.remove(path);
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Save the seed as "${name}": ${messageOf(cause)}`,
      hint: "--save FILE, in a folder that you may write in",
      cause,
    });
  }
}

/** A copy of a seed. */
export interface SavedSeed {
  path: string;
  /** Its hidden checks can be read where it lies now. */
  hidden: boolean;
}

/**
 * Writes a copy of a frozen seed; a file that is there is never written over. Errors: conflict,
 * not_writable, those of reading the seed.
 */
export async function saveSeed(
  app: Pick<App, "cwd">,
  seed: string,
  name: string,
): Promise<SavedSeed> {
  const bytes = await readSeedFile(app.cwd, seed);
  const path = resolve(app.cwd, name);
  try {
    await Deno.writeFile(path, bytes, { createNew: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists) throw taken(name, false, seed);
    // Half of a seed is none; where nothing was made yet there is nothing to take away.
    await Deno.remove(path).catch(() => {});
    throw new OuroborosError({
      code: "not_writable",
      message: `Save the seed as "${name}": ${messageOf(cause)}; it stays in "${seed}"`,
      hint: `cp ${shellWord(seed)} ${shellWord(name)}`,
      cause,
    });
  }
  const { criteria } = loadSeed(bytes, { name: seed }).seed;
  const hidden = criteria.some((one) =>
    one.checks.some((check) => check.kind === "command" && check.hidden)
  );
  return { path, hidden };
}

function taken(name: string, folder: boolean, seed?: string): OuroborosError {
  return new OuroborosError({
    code: "conflict",
    message: `Save the seed as "${name}": ${
      folder ? "it is a folder" : "there is such a file already"
    }`,
    hint: seed === undefined
      ? "--save FILE, with a name that is free"
      : `cp ${shellWord(seed)} FILE`,
  });
}
