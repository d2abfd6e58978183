import { dirname } from "@std/path";
import { sha256 } from "../kernel/digest.ts";
import { messageOf } from "../kernel/error.ts";
import { renderSkill } from "../skills/render_skill.ts";
import { findFormerFiles } from "./former_files.ts";
import { EARLIER, type LeftoverSearch, UNRECORDED } from "./leftover_search.ts";
import { stampOf } from "./original_file.ts";
import { lstatIfAny } from "./write/file_trouble.ts";
import { realPlace } from "./write/real_place.ts";

/** Finds bundles that this program rendered, by the stamp in them, whatever version did it. */
export async function findStampedSkills(search: LeftoverSearch): Promise<void> {
  const { places, placement: { skills: { prefix } } } = search;
  const recorded = await recordedFolders(search);
  for (const folder of await foldersIn(search, places.skills)) {
    if (!folder.startsWith(prefix)) continue;
    const path = `${places.skills}/${folder}`;
    if (recorded.has(await realPlace(path))) {
      search.others.add(path);
      continue;
    }
    const main = await search.target(`${path}/SKILL.md`);
    const stamp = main?.bytes ? stampOf(main.bytes, folder) : undefined;
    if (!main?.bytes || stamp === undefined) continue;
    const name = folder.slice(prefix.length);
    const words = { what: `skill "${folder}"`, note: UNRECORDED };
    if (!search.force && !isAsRendered(search, { name, stamp }, main.bytes)) {
      const note = "somebody changed it since: it stays without --force";
      search.found.files.push({ path: `${path}/SKILL.md`, action: "kept", ...words, note });
      continue;
    }
    const top = topOf(search, `${path}/SKILL.md`) ?? path;
    search.remove(`${path}/SKILL.md`, main, words, top);
    for (const file of search.around.bundles.find((one) => one.name === name)?.files ?? []) {
      if (file.path === "SKILL.md") continue;
      const target = await search.target(`${path}/${file.path}`);
      if (target?.digest !== file.digest) continue;
      search.remove(`${path}/${file.path}`, target, words, top);
    }
  }
}

/** Folders of skills of hosts on record, which may share this host's by a link. */
async function recordedFolders({ around: { receipt } }: LeftoverSearch): Promise<Set<string>> {
  const files = Object.values(receipt?.runtimes ?? {}).flatMap((part) => part.files);
  const folders = [...new Set(files.map(({ path }) => dirname(path)))];
  return new Set(await Promise.all(folders.map(realPlace)));
}

/** Of this version it is known what it must say; of another one its stamp has to do. */
function isAsRendered(
  { around: { bundles, version }, host, placement }: LeftoverSearch,
  { name, stamp }: { name: string; stamp: string },
  bytes: Uint8Array,
): boolean {
  const bundle = bundles.find((one) => one.name === name);
  if (stamp !== version || !bundle?.result.ok) return true;
  const { text } = renderSkill(bundle.result.skill, {
    title: host.title,
    prefix: placement.skills.prefix,
    guidance: host.guidance,
    bundles: bundles.filter((one) => one.result.ok).map((one) => one.name),
    version,
  });
  return sha256(new TextEncoder().encode(text)) === sha256(bytes);
}

/** Finds files of the Python original, and names what only has such a name. */
export async function findOriginalFiles(search: LeftoverSearch): Promise<void> {
  const { places, placement: { former, skills: { prefix } } } = search;
  const ours = new Set(search.found.files.map((one) => one.path));
  let found;
  try {
    const isOurs = (path: string) =>
      ours.has(path) || [...search.others].some((folder) => path.startsWith(`${folder}/`));
    found = await findFormerFiles({ home: places.home, paths: former.paths, prefix, isOurs });
  } catch (thrown) {
    search.found.notes.push(`Not looked through: ${messageOf(thrown)}`);
    return;
  }
  for (const path of found.files) {
    const target = await search.target(path);
    if (!target?.bytes) continue;
    const words = { what: "file of the Python original", note: EARLIER };
    search.remove(path, target, words, topOf(search, path));
  }
  for (const path of found.unknown) {
    search.found.notes.push(`"${path}" has a name like ours and is not known as ours: it stays`);
  }
}

/** The folder among the original's own that a file lies in; the folders above are the host's. */
function topOf({ places, placement }: LeftoverSearch, file: string): string | undefined {
  const parts = file.split("/");
  for (const path of placement.former.paths.map((one) => `${places.home}/${one}`)) {
    const top = parts.slice(0, path.split("/").length).join("/");
    const fits = path.endsWith("*") ? top.startsWith(path.slice(0, -1)) : top === path;
    if (fits && top !== file) return top;
  }
  return undefined;
}

async function foldersIn(search: LeftoverSearch, path: string): Promise<string[]> {
  try {
    if (await lstatIfAny(path) === undefined) return [];
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.filter((entry) => entry.isDirectory).map((entry) => entry.name).sort();
  } catch (thrown) {
    search.found.notes.push(`Not looked through: ${messageOf(thrown)}`);
    return [];
  }
}
