import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";
import { storedSeeds } from "./stored_seeds.ts";

/**
 * The text of a frozen seed, by its id alone: no path is taken, so nothing else can be read this
 * way. Errors: not_found, unreadable, seed_too_large.
 */
export async function readStoredSeed(app: App, id: string): Promise<string> {
  const found = (await storedSeeds(app)).find((one) => one.id === id);
  if (found !== undefined) {
    return new TextDecoder().decode(await readSeedFile(app.cwd, found.path));
  }
  throw new OuroborosError({
    code: "not_found",
    message: `Read the seed "${id}": none of that id is frozen`,
    hint: "ouroboros seed list",
  });
}
