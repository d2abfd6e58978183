import { documentPath } from "../kernel/document_problem.ts";
import { decodeText } from "./edit/decode_text.ts";
import { readEntry } from "./edit/edit.ts";
import { ownerOf } from "./edit/launcher.ts";
import { removeBlock } from "./edit/markdown_block.ts";
import { isPlainList } from "./edit/plain.ts";
import { findFormerFiles, type FormerFiles } from "./former_files.ts";
import type { HostWork } from "./host_work.ts";
import { stampOf } from "./original_file.ts";
import { lstatIfAny, readIfAny } from "./write/file_trouble.ts";
import { readTarget } from "./write/target.ts";

/** What the Python original left in this host's folders, and what only looks like it. */
export async function formerFilesOf(work: HostWork): Promise<FormerFiles> {
  const { placement, places, part } = work;
  const known = new Set(part?.files.map((file) => file.path));
  return await findFormerFiles({
    home: places.home,
    paths: placement.former.paths,
    prefix: placement.skills.prefix,
    isOurs: (path) => known.has(path),
  });
}

/** Plans that those of its files go in whose places none of ours come; names the others. */
export async function removeFormerFiles(work: HostWork, former: FormerFiles): Promise<void> {
  const { draft } = work;
  const taken = new Set(work.files.map((file) => file.path));
  for (const path of former.files.filter((path) => !taken.has(path))) {
    work.present = true;
    await draft.put(path, null);
    if (draft.changes(path)) work.removed.push({ path, at: work.around.at });
    work.files.push({ path, what: "file of the Python original" });
    for (const folder of formerFolders(work, path)) {
      if (!work.emptied.includes(folder)) work.emptied.push(folder);
    }
  }
  work.emptied.sort((a, b) => b.length - a.length);
  for (const path of former.unknown) {
    if (taken.has(path) || work.ours.includes(path) || await isStamped(path)) continue;
    work.notes.push(`"${path}" has a name that the Python original used, and is not its: it stays`);
  }
}

/** The original's own folders that a file of its lies in, the innermost first. */
export function formerFolders(
  { placement, places }: Pick<HostWork, "placement" | "places">,
  path: string,
): string[] {
  const own = placement.former.paths.map((one) => `${places.home}/${one}`);
  const roots = new Set([places.home, ...own.map(parentOf)]);
  // The folder of all skills is the host's, unless the original had one for itself alone.
  if (!own.includes(places.skills)) roots.add(places.skills);
  const folders: string[] = [];
  for (let at = parentOf(path); at !== "" && !roots.has(at); at = parentOf(at)) folders.push(at);
  return folders;
}

/** A bundle of this program that no receipt knows is nobody else's either. */
async function isStamped(folder: string): Promise<boolean> {
  const path = `${folder}/SKILL.md`;
  if (!(await lstatIfAny(folder))?.isDirectory || !(await lstatIfAny(path))?.isFile) return false;
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const bytes = await readIfAny(path);
  return bytes !== undefined && stampOf(bytes, name) !== undefined;
}

/** Plans that its entries go from files that a host does not read, where they are its own. */
export async function removeFormerEntries(work: HostWork): Promise<void> {
  const { around, draft, definition, places, placement: { former } } = work;
  for (const { file, format, keyPath } of former.entries) {
    const path = `${places.home}/${file}`;
    const text = await textIn(path);
    if (text === undefined) continue;
    const entry = readEntry(format, text, keyPath);
    if (!entry.ok) {
      work.notes.push(`"${path}" was not looked through: it is no valid ${format}`);
      continue;
    }
    if (entry.state !== "present" || ownerOf(entry.value, around.launcher) === "user") continue;
    work.present = true;
    work.files.push({ path, what: `MCP server "${keyPath.at(-1)}" of an earlier installer` });
    await draft.edit(definition.id, { path, format }, [{
      op: "remove",
      path: keyPath,
      emptyParents: keyPath.length - 1,
    }]);
  }
}

/** Names its sections in Markdown files: those are standing instructions, which setup leaves alone. */
export async function noteFormerBlocks(work: HostWork): Promise<void> {
  const { places, placement: { former } } = work;
  for (const { file, start, end } of former.blocks) {
    const path = `${places.home}/${file}`;
    const text = await textIn(path);
    if (text === undefined) continue;
    const result = removeBlock(text, { start, end });
    if (!result.ok) {
      work.notes.push(`"${path}" holds half a section of the Python original: look at ${start}`);
    } else if (result.changed) {
      work.notes.push(
        `"${path}" holds a section that an earlier installer left: it stays; when our setup is ` +
          `taken back, "ouroboros uninstall", run once more, offers to remove it`,
      );
    }
  }
}

/** Takes texts of the original out of lists in the file with the entry. */
export async function removeFormerItems(work: HostWork): Promise<void> {
  const { draft, definition, places, placement: { mcp, former } } = work;
  for (const { keyPath, ending } of former.items ?? []) {
    for (const path of places.mcp) {
      const entry = await draft.entry({ path, format: mcp.format }, keyPath);
      if (!entry?.ok || entry.state !== "present" || !isPlainList(entry.value)) continue;
      const items = entry.value.filter((item) => typeof item === "string" && item.endsWith(ending));
      if (items.length === 0) continue;
      work.present = true;
      work.files.push({ path, what: `${documentPath(keyPath)} of an earlier installer` });
      await draft.edit(
        definition.id,
        { path, format: mcp.format },
        items.map((item) => ({ op: "remove_item", path: keyPath, item: String(item) })),
      );
    }
  }
}

/** A file's text; undefined where there is none that can be edited: leftovers stop no setup. */
async function textIn(path: string): Promise<string | undefined> {
  const target = await readTarget(path).catch(() => undefined);
  if (!target?.bytes) return undefined;
  const text = decodeText(target.bytes);
  return text.ok ? text.text : undefined;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
