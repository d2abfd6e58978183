import { compareSeeds, type SeedComparison } from "../../engine/seed/compare_seeds.ts";
import type { App } from "../app.ts";
import { showSeed } from "./show_seed.ts";

/** One side of a comparison. */
export interface ComparedSeed {
  id: string;
  path: string;
  digest: string;
}

/** Two seeds, and what they say differently. */
export interface SeedDiff extends SeedComparison {
  before: ComparedSeed;
  after: ComparedSeed;
}

/** Compares the meaning of two seeds that words name. Errors: those of {@link showSeed}. */
export async function diffSeeds(app: App, before: string, after: string): Promise<SeedDiff> {
  const [one, other] = [await showSeed(app, before), await showSeed(app, after)];
  const sideOf = ({ id, path, seed }: typeof one) => ({ id, path, digest: seed.digest });
  return { before: sideOf(one), after: sideOf(other), ...compareSeeds(one.seed, other.seed) };
}
