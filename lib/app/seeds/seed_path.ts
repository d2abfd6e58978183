import { basename, isAbsolute, join } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { nearestName } from "../../kernel/nearest_name.ts";
import type { App } from "../app.ts";
import { SEED_FILE, type StoredSeed, storedSeeds } from "./stored_seeds.ts";

/** What may be an id: the same as in a seed's metadata. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** Fewer characters would fit by chance. */
const LEAST_CHARS = 4;
const PREFIX = "seed_";

/**
 * The path of the seed that a person means: a file, or else the id of a frozen seed, or an end of one
 * that no other has. A word that is neither, but reads like a file's name, is given back as it is:
 * whoever reads it says that it is not there. Errors: not_found (with the nearest id), usage (more
 * than one fits, or the word is blank), unreadable (our folder).
 */
export async function seedPath(app: Pick<App, "paths" | "cwd">, word: string): Promise<string> {
  requireWord(word);
  if (await isThere(app.cwd, word) || !ID.test(word)) return word;
  const seeds = await storedSeeds(app);
  const named = seeds.find((one) => one.id === word || basename(one.path) === word);
  if (named) return named.path;
  if (SEED_FILE.test(word)) return word;
  const fits = seeds.filter(({ id }) => fitsTo(id, word));
  if (fits.length === 1) return fits[0]!.path;
  throw fits.length === 0 ? unknown(word, seeds) : new OuroborosError({
    code: "usage",
    message: `Find the seed "${word}": ${fits.length} fit`,
    hint: `Give more of the id, for example ${fits[0]!.id}`,
  });
}

/**
 * Refuses a blank word, which a path would take for the folder that one is in: mostly a variable of a
 * script that was not set. `run` also takes a goal. Errors: usage.
 */
export function requireWord(word: string, verb?: "run"): void {
  if (word.trim() !== "") return;
  throw new OuroborosError({
    code: "usage",
    message: `Read the seed "${word}": the text is empty`,
    hint: verb === undefined
      ? "Give a seed's file or id, for example seed.yaml; those that are kept: ouroboros seed list"
      : 'ouroboros run seed.yaml, or a goal in words: ouroboros run "reject expired coupons" ' +
        '--check "npm test"',
  });
}

async function isThere(cwd: string, word: string): Promise<boolean> {
  // A text that no file can be called by is the name of none.
  return await Deno.stat(isAbsolute(word) ? word : join(cwd, word)).then(() => true, () => false);
}

function fitsTo(id: string, word: string): boolean {
  if (word.length < LEAST_CHARS) return false;
  return id.endsWith(word) || (id.startsWith(word) && word.length > PREFIX.length);
}

function unknown(word: string, seeds: readonly StoredSeed[]): OuroborosError {
  const near = nearestName(word, seeds.map((one) => one.id));
  return new OuroborosError({
    code: "not_found",
    message: `Find the seed "${word}": there is no such file, and no seed of that id`,
    hint: near === undefined ? "ouroboros seed list" : `Did you mean ${near}?`,
  });
}
