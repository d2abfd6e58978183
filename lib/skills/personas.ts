import { messageOf, OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import { parsePersona } from "./parse_persona.ts";
import type { Persona } from "./persona.ts";

/**
 * The personas below the bundles' folder, by name: they lie in the bundle that uses them, so that a
 * host which has that bundle has them too, without a server. Errors: skill_invalid.
 */
export async function listPersonas(skillsDir: string): Promise<Persona[]> {
  return await Promise.all((await namesIn(skillsDir)).map((name) => readFile(skillsDir, name)));
}

/** One persona by its name, in any case. Errors: not_found, naming the nearest; skill_invalid. */
export async function readPersona(skillsDir: string, name: string): Promise<Persona> {
  const names = await namesIn(skillsDir);
  const wanted = name.trim().toLowerCase();
  // A name from the list and nothing else becomes part of a path.
  const found = names.find((one) => one === wanted);
  if (found !== undefined) return await readFile(skillsDir, found);
  const near = nearestName(wanted, names);
  throw new OuroborosError({
    code: "not_found",
    message: `Read the persona "${name}": there is none of that name`,
    hint: near === undefined ? `One of: ${names.join(", ")}` : `Did you mean "${near}"?`,
  });
}

const FOLDER = "unstuck/personas";

async function readFile(skillsDir: string, name: string): Promise<Persona> {
  const path = `${skillsDir}/${FOLDER}/${name}.md`;
  const result = parsePersona(await read(path, () => Deno.readFile(path)), name);
  if (result.ok) return result.persona;
  throw invalid(path, result.detail);
}

async function namesIn(skillsDir: string): Promise<string[]> {
  const path = `${skillsDir}/${FOLDER}`;
  const entries = await read(path, () => Array.fromAsync(Deno.readDir(path)));
  return entries.filter((one) => one.isFile && one.name.endsWith(".md"))
    .map((one) => one.name.slice(0, -".md".length)).sort();
}

/** They are a part of the program: what cannot be read is a defect of its build. */
async function read<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw invalid(path, messageOf(thrown));
  }
}

function invalid(path: string, detail: string): OuroborosError {
  return new OuroborosError({ code: "skill_invalid", message: `Read "${path}": ${detail}` });
}
