import { isAbsolute, join } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { readSeedFile } from "../validate_seed.ts";

/**
 * What to say where the file that a run began with holds another seed now: a run goes on with the one
 * that was agreed to, whoever edits the file. Undefined where it is the same, or there is none.
 */
export async function changedSeed(state: RunState): Promise<string | undefined> {
  const { project, seed } = state.created;
  const path = isAbsolute(seed.name) ? seed.name : join(project, seed.name);
  // A goal in words, and a seed that a program handed over, lie in no file.
  const info = await Deno.stat(path).catch(() => undefined);
  if (!info?.isFile || await digestOf(path) === seed.digest) return undefined;
  return `"${seed.name}" was changed since; this run goes on with the seed that it began with. ` +
    `For the changed one: ouroboros run ${shellWord(seed.name)}`;
}

/** Undefined for what is no seed any more. */
async function digestOf(path: string): Promise<string | undefined> {
  const { loadSeed } = await import("../../engine/seed/load_seed.ts");
  try {
    return loadSeed(await readSeedFile("/", path), { name: path }).seed.digest;
  } catch {
    // It cannot be read, or is half edited: another one than before in any case.
    return undefined;
  }
}
