import { isAbsolute, join } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { readPlainFile } from "./read_plain_file.ts";
import { seedPath } from "./seeds/seed_path.ts";

/** What is told about a valid seed. */
export interface SeedReport {
  name: string;
  digest: string;
  goal: string;
  criteria: { id: string; description: string; checks: number; hidden: number }[];
  warnings: { path: string; message: string }[];
}

/** Reads and validates a seed that a word names. Errors: those of `seedPath` and of loading it. */
export async function validateSeed(app: App, word: string): Promise<SeedReport> {
  const path = await seedPath(app, word);
  const { loadSeed } = await import("../engine/seed/load_seed.ts");
  const { planStages } = await import("../engine/seed/plan_stages.ts");
  const { seed, warnings } = loadSeed(await readSeedFile(app.cwd, path), { name: path });
  const dropped = planStages(seed.criteria).dropped.map((edge) => ({
    path: "acceptance_criteria",
    message: `Dependency ${edge} is dropped: it closes a cycle`,
  }));
  return {
    name: path,
    digest: seed.digest,
    goal: seed.goal,
    criteria: seed.criteria.map((one) => ({
      id: one.id,
      description: one.description,
      checks: one.checks.length,
      hidden: one.checks.filter((check) => check.kind === "command" && check.hidden).length,
    })),
    warnings: [...warnings, ...dropped],
  };
}

/** The seed's JSON schema, as text with a final line break. */
export async function seedSchemaText(): Promise<string> {
  const { seedJsonSchema } = await import("../engine/seed/seed_json_schema.ts");
  return `${JSON.stringify(seedJsonSchema(), null, 2)}\n`;
}

/** A seed file's bytes. Errors: not_found, unreadable, seed_too_large. */
export async function readSeedFile(cwd: string, path: string): Promise<Uint8Array> {
  const { SEED_BYTES, seedTooLarge } = await import("../engine/seed/parse_document.ts");
  try {
    const { bytes, size } = await readPlainFile(
      isAbsolute(path) ? path : join(cwd, path),
      SEED_BYTES + 1,
    );
    if (size > SEED_BYTES) throw seedTooLarge(path, size);
    return bytes;
  } catch (error) {
    if (error instanceof OuroborosError) throw error;
    const gone = error instanceof Deno.errors.NotFound;
    throw new OuroborosError({
      code: gone ? "not_found" : "unreadable",
      message: gone
        ? `Read the seed "${path}": there is no such file`
        : `Read the seed "${path}": ${messageOf(error)}`,
      hint: gone ? "ls *.yaml" : `ls -l "${path}"`,
      cause: error,
    });
  }
}
