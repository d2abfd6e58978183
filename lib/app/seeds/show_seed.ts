import { resolve } from "@std/path";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import type { Seed, SeedWarning } from "../../engine/seed/seed.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";
import { changedSinceFrozen } from "./changed_since_frozen.ts";
import { type SeedOrigin, seedOrigin } from "./seed_origin.ts";
import { seedPath } from "./seed_path.ts";
import { storedId, storedSeeds } from "./stored_seeds.ts";

/** A seed with all that is in it. */
export interface ShownSeed extends SeedOrigin {
  id: string;
  path: string;
  seed: Seed;
  warnings: readonly SeedWarning[];
  /** Its file's text. */
  text: string;
}

/**
 * The seed that a word names (see {@link seedPath}), without one the newest that was frozen.
 * Errors: not_found, usage, unreadable, seed_invalid, seed_too_large.
 */
export async function showSeed(app: App, word: string | undefined): Promise<ShownSeed> {
  const name = word === undefined ? await newest(app) : await seedPath(app, word);
  const loaded = loadSeed(await readSeedFile(app.cwd, name), { name });
  const { seed, source } = loaded;
  const warnings = [...await changedSinceFrozen(app, name, source), ...loaded.warnings];
  const path = resolve(app.cwd, name);
  const id = storedId(app, path) ?? seed.id;
  return { id, path, ...seedOrigin(seed), seed, warnings, text: source };
}

async function newest(app: App): Promise<string> {
  const [first] = await storedSeeds(app);
  if (first) return first.path;
  throw new OuroborosError({
    code: "not_found",
    message: "Show a seed: none is frozen yet",
    hint: 'ouroboros interview "a page that lists expired coupons", or: ouroboros seed show FILE',
  });
}
