import { messageOf } from "../../kernel/error.ts";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";
import { type SeedOrigin, seedOrigin } from "./seed_origin.ts";
import { type StoredSeed, storedSeeds } from "./stored_seeds.ts";

/** A seed as a list tells of it. */
export interface ListedSeed extends SeedOrigin {
  id: string;
  path: string;
  /** UTC, ISO 8601. */
  changedAt: string;
  goal: string | null;
  criteria: number;
  digest: string | null;
  /** Why it cannot be used; null: it can. */
  problem: string | null;
}

/** Frozen seeds, the newest first; one that cannot be used is listed with the reason. */
export async function listSeeds(app: App, options: { limit: number }): Promise<ListedSeed[]> {
  const seeds = (await storedSeeds(app)).slice(0, options.limit);
  return await Promise.all(seeds.map((one) => listed(app, one)));
}

async function listed(app: App, { id, path, changedMs }: StoredSeed): Promise<ListedSeed> {
  const known = { id, path, changedAt: new Date(changedMs).toISOString() };
  try {
    const { seed } = loadSeed(await readSeedFile(app.cwd, path), { name: id });
    return {
      ...known,
      goal: seed.goal,
      criteria: seed.criteria.length,
      digest: seed.digest,
      ...seedOrigin(seed),
      problem: null,
    };
  } catch (error) {
    // One that is broken must not hide the others.
    const nothing = { goal: null, criteria: 0, digest: null, from: null, interview: null };
    return { ...known, ...nothing, problem: messageOf(error) };
  }
}
