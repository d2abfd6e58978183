import { isAbsolute, join } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";

/** What is told about a valid seed. */
export interface SeedReport {
  name: string;
  digest: string;
  goal: string;
  criteria: { id: string; description: string; checks: number; hidden: number }[];
  warnings: { path: string; message: string }[];
}

/** Reads and validates a seed file. Errors: not_found, unreadable, seed_invalid, seed_too_large. */
export async function validateSeed(app: App, path: string): Promise<SeedReport> {
  const { loadSeed } = await import("../engine/seed/load_seed.ts");
  const { seed, warnings } = loadSeed(await readSeedFile(app.cwd, path), { name: path });
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
    warnings,
  };
}

/** The seed's JSON schema, as text with a final line break. */
export async function seedSchemaText(): Promise<string> {
  const { seedJsonSchema } = await import("../engine/seed/seed_json_schema.ts");
  return `${JSON.stringify(seedJsonSchema(), null, 2)}\n`;
}

/** More than any valid seed; a larger file is not read whole. */
const MOST_BYTES = 1_000_001;

/** A seed file's bytes, at most one more than a seed may have. Errors: not_found, unreadable. */
export async function readSeedFile(cwd: string, path: string): Promise<Uint8Array> {
  const absolute = isAbsolute(path) ? path : join(cwd, path);
  try {
    using file = await Deno.open(absolute);
    if ((await file.stat()).isDirectory) throw new Error("it is a folder");
    const bytes = new Uint8Array(MOST_BYTES);
    let length = 0;
    while (length < MOST_BYTES) {
      const read = await file.read(bytes.subarray(length));
      if (read === null) break;
      length += read;
    }
    return bytes.slice(0, length);
  } catch (error) {
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
