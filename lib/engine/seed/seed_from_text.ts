import { stringify } from "@std/yaml";
import { OuroborosError } from "../../kernel/error.ts";
import { loadSeed } from "./load_seed.ts";
import type { Seed, SeedWarning } from "./seed.ts";

/** What `run "TEXT"` says beside its text. */
export interface TextSeedOptions {
  /** Commands that decide it, all of them. */
  checks: readonly string[];
  /** Globs that every check puts back to the base first. */
  protect?: readonly string[];
  constraints?: readonly string[];
}

/** A seed made from a sentence, and the file that a person can save, edit and run again. */
export interface TextSeed {
  seed: Seed;
  /** YAML text; loading it gives this very seed, digest included. */
  source: string;
  warnings: SeedWarning[];
}

/** A seed with one criterion: the text. Throws `usage` when the text is blank. */
export function seedFromText(text: string, options: TextSeedOptions): TextSeed {
  const goal = text.trim();
  if (goal === "") {
    throw new OuroborosError({
      code: "usage",
      message: "Cannot make a seed from an empty text",
      hint: 'ouroboros run "reject expired coupons" --check "npm test"',
    });
  }
  const protect = options.protect ?? [];
  const checks = options.checks.map((run) => protect.length > 0 ? { run, protect } : { run });
  const constraints = options.constraints ?? [];
  const source = stringify({
    schema: 1,
    goal,
    ...(constraints.length > 0 ? { constraints } : {}),
    acceptance_criteria: [{ description: goal, ...(checks.length > 0 ? { check: checks } : {}) }],
  }, { lineWidth: 100, schema: "core", useAnchors: false });
  const { seed, warnings } = loadSeed(new TextEncoder().encode(source), { name: "your text" });
  return { seed, source, warnings };
}
