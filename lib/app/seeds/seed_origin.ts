import type { Seed } from "../../engine/seed/seed.ts";

/** Where a seed comes from, as far as it says so. */
export interface SeedOrigin {
  /** Id of the seed that it was made from. */
  from: string | null;
  /** Id of the interview that froze it. */
  interview: string | null;
}

/** What a seed's metadata, which may hold anything, says of its origin. */
export function seedOrigin({ metadata }: Pick<Seed, "metadata">): SeedOrigin {
  return { from: textOf(metadata.parent_seed_id), interview: textOf(metadata.interview_id) };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
