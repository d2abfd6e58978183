import { isAbsolute, join } from "@std/path";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { OuroborosError } from "../../kernel/error.ts";
import {
  type FileAtCommit,
  fileAtCommit,
  forkPoint,
  headCommit,
} from "../../workspace/fork_point.ts";
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
  const before = await seedAtCommit(app, project, { commit: base.commit, file });
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

/** As {@link fileAtCommit}; where the commit links to a file outside, that is what it means. */
async function seedAtCommit(
  app: App,
  project: string,
  of: { commit: string; file: string },
): Promise<FileAtCommit> {
  const found = await fileAtCommit(app.git, project, of);
  if (found.outside === undefined) return found;
  return { ...found, bytes: await readSeedFile(app.cwd, found.outside) };
}

/** The seed of what is looked at; an error in place of its bytes where there is none. */
async function headSeed(
  app: App,
  input: { seed: string; project: string; head: string | undefined; file: string },
): Promise<Uint8Array | OuroborosError> {
  const { seed: name, project, head, file } = input;
  if (head !== undefined) {
    const commit = await headCommit(app.git, project, head);
    const there = await seedAtCommit(app, project, { commit, file });
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
