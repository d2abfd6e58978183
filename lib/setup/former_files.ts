import { isOriginalFile } from "./original_file.ts";
import { lstatIfAny, readIfAny } from "./write/file_trouble.ts";
import { isStagedName } from "./write/pending_files.ts";

/** What lies in a host's folder under names that the Python original used. */
export interface FormerFiles {
  /** Its own, known by what stands in them; absolute. */
  files: readonly string[];
  /** Under its names and not known as its own: somebody else's files and folders. Absolute. */
  unknown: readonly string[];
}

/** Where to look. */
export interface FormerPlaces {
  /** The host's folder, absolute. */
  home: string;
  /** Names below it; one that ends in `*` stands for all that begin like it. */
  paths: readonly string[];
  /** Before a bundle's name in its folder's. */
  prefix: string;
  /** Whether this program wrote a file. */
  isOurs(path: string): boolean;
}

/**
 * Finds what the Python original left. Names alone prove nothing ({@link isOriginalFile}); links
 * are not followed. Errors: the file system's.
 */
export async function findFormerFiles(places: FormerPlaces): Promise<FormerFiles> {
  const files: string[] = [];
  const unknown: string[] = [];
  for (const path of await matches(places)) {
    for (const folder of await bundlesIn(path)) {
      const found = await filesBelow(folder);
      const former: string[] = [];
      // Of a bundle the paths begin below its folder, of other folders with their name.
      const base = found.includes(`${folder}/SKILL.md`) ? folder : parentOf(folder);
      for (const file of found) if (await isFormer(folder, file, base, places)) former.push(file);
      const others = found.filter((file) => !former.includes(file) && !places.isOurs(file));
      files.push(...former);
      // A whole folder of somebody's is named once.
      if (others.length > 0) unknown.push(...others.length === found.length ? [folder] : others);
    }
  }
  return { files, unknown };
}

async function isFormer(
  folder: string,
  file: string,
  base: string,
  { prefix, isOurs }: FormerPlaces,
): Promise<boolean> {
  if (isOurs(file) || !(await lstatIfAny(file))?.isFile) return false;
  const name = nameOf(folder);
  const bundle = base !== folder ? "" : name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const path = file.slice(base.length + 1);
  const bytes = await readIfAny(file);
  return bytes !== undefined && isOriginalFile({ bundle, path }, bytes);
}

async function matches({ home, paths }: FormerPlaces): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths.map((path) => `${home}/${path}`)) {
    if (!path.endsWith("*")) found.push(path);
    else {
      const folder = path.slice(0, path.lastIndexOf("/"));
      const start = nameOf(path).slice(0, -1);
      const names = (await namesIn(folder)).filter((name) => name.startsWith(start));
      found.push(...names.map((name) => `${folder}/${name}`));
    }
  }
  return [...new Set(found)];
}

/** The folder itself where it is a bundle, else what lies in it, one by one. */
async function bundlesIn(path: string): Promise<string[]> {
  const info = await lstatIfAny(path);
  if (info === undefined) return [];
  if (!info.isDirectory || await lstatIfAny(`${path}/SKILL.md`)) return [path];
  return (await namesIn(path)).map((name) => `${path}/${name}`);
}

async function filesBelow(path: string): Promise<string[]> {
  if (!(await lstatIfAny(path))?.isDirectory) return [path];
  const below = await Promise.all(
    (await namesIn(path)).map((name) => filesBelow(`${path}/${name}`)),
  );
  return below.flat();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
    // What a set-up that is at work, or was cut off, has there is looked at by its record.
    return names.filter((name) => !isStagedName(name)).sort();
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound || thrown instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw thrown;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
