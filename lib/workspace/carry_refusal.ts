import { basename, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { walk } from "./copy_tree.ts";
import { isOutside } from "./outside_links.ts";

/** What is looked at before a path is carried. */
export interface CarryCandidate {
  /** The user's top folder and the project within it. */
  root: string;
  project: string;
  /** Path below the top folder. */
  stored: string;
  /** As people wrote it. */
  written: string;
}

/**
 * Refuses a path whose copy would lead back to the original: then the agent's work and the checks
 * would run against the user's files. Errors: workspace_unsupported, naming path and reason.
 */
export async function refuseBoundCopy(candidate: CarryCandidate): Promise<void> {
  const { root, stored } = candidate;
  await walk(root, stored, async (path, info) => {
    const name = basename(path);
    if (info.isSymlink) {
      const target = await Deno.readLink(join(root, path));
      if (isOutside(path, target)) throw bound(candidate, `"${path}" is a link to "${target}"`);
    } else if (info.isFile) {
      if (name === "pyvenv.cfg") throw bound(candidate, `"${path}" makes it a Python environment`);
      if (name === "CMakeCache.txt") throw bound(candidate, `"${path}" holds absolute paths`);
      if (await namesProject(join(root, path), path, info, candidate.project)) {
        throw bound(candidate, `the first line of "${path}" names this folder`);
      }
    }
    return true;
  });
}

/** Programs live in folders of these names; only they are opened. */
const PROGRAM_FOLDER = /(^|\/)(bin|\.bin|sbin|scripts)\/[^/]+$/i;

async function namesProject(
  file: string,
  path: string,
  info: Deno.FileInfo,
  project: string,
): Promise<boolean> {
  if (!PROGRAM_FOLDER.test(path) || ((info.mode ?? 0) & 0o111) === 0) return false;
  using opened = await Deno.open(file);
  const head = new Uint8Array(512);
  const count = await opened.read(head) ?? 0;
  const line = new TextDecoder().decode(head.subarray(0, count)).split("\n")[0] ?? "";
  return line.startsWith("#!") && line.includes(project + "/");
}

function bound(candidate: CarryCandidate, why: string): OuroborosError {
  return new OuroborosError({
    code: "workspace_unsupported",
    message: `Carry "${candidate.written}": a copy would point back at the original: ${why}`,
    hint: `Take "${candidate.written}" out of workspace.carry, and build it with ` +
      `workspace.prepare: {run: "…", when: [LOCKFILE]}`,
  });
}
