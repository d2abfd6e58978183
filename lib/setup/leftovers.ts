import type { RuntimeDefinition } from "../runtimes/mod.ts";
import { findLeftoverEntries } from "./leftover_entries.ts";
import { noteBareFolders } from "./leftover_folders.ts";
import { type Found, LeftoverSearch, type SearchAround } from "./leftover_search.ts";
import { findOriginalFiles, findStampedSkills } from "./leftover_skills.ts";

/** What of ours lies in a host's files though no receipt says so, and how it would go. */
export interface Leftovers extends Found {
  /** Id of the host. */
  id: string;
}

/**
 * Finds what is ours without a receipt, on machines that the Python original was set up on, or
 * whose receipt is lost. Told by shape, never by a name alone: an entry by the program that it
 * starts, a skill by its version stamp, the original's files by what stands in them. What cannot
 * be edited is a problem only where a file names us. `force`: also skills that somebody changed.
 */
export async function findLeftovers(
  around: SearchAround,
  definition: RuntimeDefinition,
  force: boolean,
): Promise<Leftovers> {
  const { id, placement } = definition;
  if (placement === undefined) {
    return { id, files: [], changes: [], emptied: [], ours: [], notes: [], problems: [] };
  }
  const search = new LeftoverSearch(around, definition, placement, force);
  await findLeftoverEntries(search);
  await findStampedSkills(search);
  await findOriginalFiles(search);
  await noteBareFolders(search);
  return { id, ...search.found };
}
