import { basename, dirname, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { refuseBoundCopy } from "./carry_refusal.ts";
import { type CopyListing, copyTree, repairCopy } from "./copy_tree.ts";
import { isSecretName } from "./default_excludes.ts";
import { lstatIfAny } from "./not_found.ts";
import { makeRealFolders } from "./real_folders.ts";
import type { ProjectPaths } from "./project_paths.ts";

/** What carried paths are planned from. */
export interface CarryParts {
  root: string;
  project: string;
  paths: ProjectPaths;
  /** Relative to the project. */
  carry: readonly string[];
}

/** Listings of carried copies in one working tree, by stored path. */
export type CarriedCopies = Map<string, CopyListing>;

/** Paths that git does not hold and that come along all the same. */
export interface Carried {
  /** Stored paths, as text: only UTF-8 names can be asked for. */
  readonly stored: readonly string[];
  readonly notices: readonly string[];
  /** Copies them from the user's tree into a working tree of ours; `missing`: where nothing is. */
  copyInto(top: string, options?: { missing?: boolean }): Promise<CarriedCopies>;
  /** Puts copies back to what they were when they were made. */
  repair(top: string, copies: CarriedCopies): Promise<CarriedCopies>;
}

/**
 * Looks at what is to be carried, before any work. A path that is not there is said in a notice;
 * one that leaves the project, or whose copy would point back at its source, is refused.
 * Errors: usage, workspace_unsupported.
 */
export async function planCarry(parts: CarryParts): Promise<Carried> {
  const stored: string[] = [];
  const notices: string[] = [];
  for (const written of parts.carry) {
    const path = parts.paths.in(written);
    if (path === "" || path.split("/").includes(".git")) throw refused(written);
    for (let at = dirname(path); at !== "."; at = dirname(at)) {
      if ((await lstatIfAny(join(parts.root, at)))?.isSymlink) throw refused(written);
    }
    if (await lstatIfAny(join(parts.root, path)) === undefined) {
      notices.push(`Nothing to carry at "${written}": it is not there`);
      continue;
    }
    await refuseBoundCopy({ root: parts.root, project: parts.project, stored: path, written });
    stored.push(path);
  }
  return {
    stored,
    notices,
    async copyInto(top, options = {}) {
      const copies: CarriedCopies = new Map();
      for (const path of stored) {
        const [from, to] = [join(parts.root, path), join(top, path)];
        await makeRealFolders(top, dirname(path));
        if (options.missing && await lstatIfAny(to) !== undefined) continue;
        copies.set(path, await copyTree(from, to, { omit: isSecretWithin }));
      }
      return copies;
    },
    async repair(top, copies) {
      const repaired: CarriedCopies = new Map();
      for (const [path, listing] of copies) {
        await makeRealFolders(top, dirname(path));
        repaired.set(
          path,
          await repairCopy(join(parts.root, path), join(top, path), listing),
        );
      }
      return repaired;
    },
  };
}

/** Stands in for a plan that was refused: everything but making copies goes on. */
export function unplannedCarry(parts: CarryParts, refusal: unknown): Carried {
  return {
    stored: parts.carry.map((written) => parts.paths.in(written)),
    notices: [],
    copyInto: () => Promise.reject(refusal),
    repair: () => Promise.reject(refusal),
  };
}

/** `.env` and its like come along by their own name only, not inside of a carried folder. */
function isSecretWithin(path: string): boolean {
  return path !== "" && isSecretName(basename(path)) && !path.includes("node_modules/");
}

function refused(written: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Carry "${written}": only paths within the project can be carried`,
  });
}
