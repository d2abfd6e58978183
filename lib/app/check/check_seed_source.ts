import { isAbsolute, join } from "@std/path";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { parseDocument } from "../../engine/seed/parse_document.ts";
import type { CommandCheck, Seed } from "../../engine/seed/seed.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { fileAtCommit, forkPoint, headCommit } from "../../workspace/fork_point.ts";
import type { App } from "../app.ts";
import { readSeedFile } from "../validate_seed.ts";

/** The commit that a gate compares with. */
export interface GateBase {
  ref: string;
  commit: string;
  /** False: `ref` itself, as the history does not say where the branch left it. */
  exact: boolean;
}

/** The seed that counts, and what became of it since the base. */
export interface GateSeed {
  seed: Seed;
  warnings: readonly { path: string; message: string }[];
  /** Text of the seed that counts. */
  source: string;
  base: GateBase | null;
  /** Its path in the repository where it is not what it was on the base; null where it is. */
  changed: { path: string; kind: "added" | "modified" | "deleted" } | null;
}

/**
 * The seed of a gate: the file as it lies there or, with a base, as it was there; the file all the
 * same where a change is allowed, or the base has none. A seed outside of the repository is nobody's
 * to change. Errors: not_found, unreadable, seed_invalid, seed_too_large, git_failed.
 */
export async function gateSeed(
  app: App,
  input: {
    seed: string;
    project: string;
    base: string | undefined;
    head: string | undefined;
    allowSeedChange: boolean;
  },
): Promise<GateSeed> {
  const { seed: name, project, base: ref, head } = input;
  const file = isAbsolute(name) ? name : join(app.cwd, name);
  if (ref === undefined && head === undefined) {
    return { ...loadSeed(await readSeedFile(app.cwd, name), { name }), base: null, changed: null };
  }
  const base = ref === undefined
    ? null
    : { ref, ...await forkPoint(app.git, project, { ref, head }) };
  const own = await headSeed(app, { ...input, file });
  if (base === null) return { ...loadSeed(required(own), { name }), base, changed: null };
  const before = await fileAtCommit(app.git, project, { commit: base.commit, file });
  if (before.path === null) return { ...loadSeed(required(own), { name }), base, changed: null };
  const { path } = before;
  if (before.bytes === undefined) {
    return { ...loadSeed(required(own), { name }), base, changed: { path, kind: "added" } };
  }
  const then = loadSeed(before.bytes, { name: `${name} (at ${ref})` });
  const kind = kindOfChange(own, then.seed, name);
  const changed = kind === null ? null : { path, kind };
  if (changed === null || !input.allowSeedChange) return { ...then, base, changed };
  return { ...loadSeed(required(own), { name }), base, changed };
}

/** The seed of what is looked at; an error in place of its bytes where there is none. */
async function headSeed(
  app: App,
  input: { seed: string; project: string; head: string | undefined; file: string },
): Promise<Uint8Array | OuroborosError> {
  const { seed: name, project, head, file } = input;
  if (head !== undefined) {
    const commit = await headCommit(app.git, project, head);
    const there = await fileAtCommit(app.git, project, { commit, file });
    if (there.bytes !== undefined) return there.bytes;
    if (there.path !== null) {
      return new OuroborosError({
        code: "not_found",
        message: `Read the seed "${name}": "${head}" has no such file`,
      });
    }
  }
  return await readSeedFile(app.cwd, name).catch((error) => {
    if (error instanceof OuroborosError && error.code === "not_found") return error;
    throw error;
  });
}

function required(own: Uint8Array | OuroborosError): Uint8Array {
  if (own instanceof OuroborosError) throw own;
  return own;
}

/** A seed that means the same, in another layout, was not changed. */
function kindOfChange(
  own: Uint8Array | OuroborosError,
  then: Seed,
  name: string,
): "modified" | "deleted" | null {
  if (own instanceof OuroborosError) return "deleted";
  try {
    return loadSeed(own, { name }).seed.digest === then.digest ? null : "modified";
  } catch {
    // It can no longer be loaded: the base's counts, and the change is told.
    return "modified";
  }
}

/**
 * Adds the checks of a file that is kept out of the repository: a mapping of a criterion's id to its
 * checks, written as in a seed. Errors: not_found, unreadable, usage, seed_invalid.
 */
export async function withHiddenChecks(app: App, seed: Seed, name: string): Promise<Seed> {
  const { document } = parseDocument(await readSeedFile(app.cwd, name), name);
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
    checks = loadSeed(bytes, { name }).seed.criteria[0]!.checks.slice(1);
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
