import { loadSeed } from "../../engine/seed/load_seed.ts";
import { parseDocument, SEED_BYTES } from "../../engine/seed/parse_document.ts";
import type { CommandCheck, Seed } from "../../engine/seed/seed.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";

/** Hidden checks are no longer than a seed, in bytes. */
export const HIDDEN_BYTES = SEED_BYTES;

/**
 * Adds the checks of a file that is kept out of the repository: a mapping of a criterion's id to its
 * checks, written as in a seed. What this version does not know in it would be looked for by nobody:
 * a report says nothing of what is hidden. Errors: not_found, unreadable, usage, seed_invalid.
 */
export async function withHiddenChecks(
  app: App,
  seed: Seed,
  { name, text }: { name: string; text: string | undefined },
): Promise<Seed> {
  const bytes = text === undefined
    ? await readSeedFile(app.cwd, name)
    : new TextEncoder().encode(text);
  const { document } = parseDocument(bytes, name);
  const ids = Object.keys(document);
  const unknown = ids.find((id) => !seed.criteria.some((one) => one.id === id));
  if (unknown !== undefined) {
    const known = seed.criteria.map((one) => `"${one.id}"`).join(", ");
    throw new OuroborosError({
      code: "usage",
      message: `Use the hidden checks "${name}": the seed has no criterion "${unknown}"`,
      hint: `The seed's criteria: ${known}; write ID: COMMAND`,
    });
  }
  const added = ids.map((id) => [id, checksOf(document[id], name, id)] as const);
  return {
    ...seed,
    criteria: seed.criteria.map((criterion) => {
      const own = added.find(([id]) => id === criterion.id)?.[1] ?? [];
      return { ...criterion, checks: [...criterion.checks, ...own] };
    }),
  };
}

/** Read as the checks of a seed are, by the same code. */
function checksOf(written: unknown, name: string, id: string): CommandCheck[] {
  const like = {
    goal: "hidden",
    acceptance_criteria: [
      // A hidden check wants a visible one beside it, which the real seed has.
      { id, description: "hidden", check: [{ run: "true" }, ...[written].flat()] },
    ],
  };
  let checks;
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(like));
    const { seed, warnings } = loadSeed(bytes, { name });
    const [doubt] = warnings;
    if (doubt !== undefined) {
      throw new Error(`${doubt.path.replace(/^.*?\.check(?:\[\d+\])?\.?/, "")} ${doubt.message}`);
    }
    checks = seed.criteria[0]!.checks.slice(1);
  } catch (error) {
    throw new OuroborosError({
      code: "seed_invalid",
      message: `Use the hidden checks "${name}" of criterion "${id}": ${messageOf(error)}`,
      cause: error,
    });
  }
  return checks.map((check) => {
    if (check.kind === "command") return { ...check, hidden: true };
    throw new OuroborosError({
      code: "seed_invalid",
      message: `Use the hidden checks "${name}": a person's check of "${id}" cannot be hidden`,
    });
  });
}
