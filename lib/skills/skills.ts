import { sha256 } from "../kernel/digest.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { parseSkill } from "./parse_skill.ts";
import type { Skill, SkillProblem, SkillResult } from "./skill.ts";

/** One file of a bundle. */
export interface SkillFile {
  /** Relative to the bundle's directory, with forward slashes. */
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
}

/** A directory below the skills' directory, valid or not. */
export interface SkillBundle {
  /** Name of the directory. */
  name: string;
  files: readonly SkillFile[];
  result: SkillResult;
}

/** The bundles in one directory. */
export interface Skills {
  /** Every bundle by name, broken ones with their problem. Empty when the directory is missing. */
  list(): Promise<SkillBundle[]>;
  /** One bundle, valid or not; no other is read. Undefined: there is none of that name. */
  find(name: string): Promise<SkillBundle | undefined>;
  /** One valid bundle. Errors: not_found, skill_invalid. */
  read(name: string): Promise<Skill>;
}

/**
 * The bundles below `dir`, and nowhere else: no parent is searched, so that a `skills` folder in a
 * working directory is never taken for ours.
 */
export function createSkills(options: { dir: string }): Skills {
  const { dir } = options;
  const folders = async () => (await entries(dir)).filter((entry) => entry.isDirectory);
  const find: Skills["find"] = async (name) => {
    const found = (await folders()).some((entry) => entry.name === name);
    return found ? await readBundle(dir, name) : undefined;
  };
  return {
    list: async () => {
      return await Promise.all((await folders()).map((entry) => readBundle(dir, entry.name)));
    },
    find,
    read: async (name) => {
      const found = await find(name);
      if (!found) {
        throw new OuroborosError({
          code: "not_found",
          message: `Read the skill "${name}": there is none of that name`,
          hint: "List them: ouroboros skills",
        });
      }
      const { result } = found;
      if (result.ok) return result.skill;
      throw new OuroborosError({
        code: "skill_invalid",
        message: `Read the skill "${name}": ${result.problem.detail}`,
        hint: `Mend the file: ${dir}/${name}/SKILL.md`,
      });
    },
  };
}

async function readBundle(dir: string, name: string): Promise<SkillBundle> {
  const folder = `${dir}/${name}`;
  try {
    const files = await readFiles(folder, "");
    const main = files.find((file) => file.path === "SKILL.md");
    const result = main
      ? parseSkill(await Deno.readFile(`${folder}/SKILL.md`), name)
      : failed({ reason: "missing", detail: "It has no SKILL.md" });
    return { name, files, result };
  } catch (thrown) {
    return { name, files: [], result: failed({ reason: "unreadable", detail: messageOf(thrown) }) };
  }
}

async function readFiles(folder: string, prefix: string): Promise<SkillFile[]> {
  const files: SkillFile[] = [];
  for (const entry of await entries(folder)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) files.push(...await readFiles(`${folder}/${entry.name}`, `${path}/`));
    if (!entry.isFile) continue;
    const bytes = await Deno.readFile(`${folder}/${entry.name}`);
    files.push({ path, bytes: bytes.length, digest: sha256(bytes) });
  }
  return files;
}

/** In the order of their names; empty for a directory that is missing. */
async function entries(dir: string): Promise<Deno.DirEntry[]> {
  try {
    const found = await Array.fromAsync(Deno.readDir(dir));
    return found.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return [];
    throw thrown;
  }
}

function failed(problem: SkillProblem): SkillResult {
  return { ok: false, problem };
}
