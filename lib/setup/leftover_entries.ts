import type { FileFormat, Placement } from "../runtimes/mod.ts";
import type { Change } from "./edit/change.ts";
import { edit, readEntry } from "./edit/edit.ts";
import { launcherWords, ownerOf } from "./edit/launcher.ts";
import { removeBlock } from "./edit/markdown_block.ts";
import { isPlainList } from "./edit/plain.ts";
import { EARLIER, type LeftoverSearch, UNRECORDED } from "./leftover_search.ts";
import { isOriginal } from "./own_entry.ts";
import { saysNothing } from "./says_nothing.ts";
import { withoutEntry } from "./without_entry.ts";
import { withoutRemark } from "./without_remark.ts";

type Items = NonNullable<Placement["former"]["items"]>;

/**
 * Finds what of ours stands in files of a host's own: entries that start us, texts of the original
 * in lists, its sections of Markdown files.
 */
export async function findLeftoverEntries(search: LeftoverSearch): Promise<void> {
  const { mcp, former } = search.placement;
  const { entries, items = [], blocks } = former;
  const { home } = search.places;
  for (const path of search.places.mcp) await findEntry(search, { ...mcp, path, items });
  for (const one of entries) {
    await findEntry(search, { ...one, path: `${home}/${one.file}`, items: [] });
  }
  for (const { file, start, end } of blocks) {
    await findBlock(search, `${home}/${file}`, { start, end });
  }
}

async function findEntry(
  search: LeftoverSearch,
  { path, format, keyPath, items }: {
    path: string;
    format: FileFormat;
    keyPath: readonly string[];
    items: Items;
  },
): Promise<void> {
  const name = keyPath.at(-1)!;
  const what = `MCP server "${name}"`;
  const read = await search.text(path, name);
  if (!read) return;
  const entry = readEntry(format, read.text, keyPath);
  if (!entry.ok) return search.problem(path, entry.problem);
  const owner = entry.state !== "present" ? "none" : ownerOf(entry.value, search.around.launcher);
  if (owner === "user") {
    search.found.notes.push(`${what} in "${path}" starts something else: it is yours and stays`);
  }
  const goes = owner === "ours" || owner === "former";
  const changes = items.flatMap((one) => itemsLike(format, read.text, one));
  if (!goes && changes.length === 0) return;
  const { remark } = search.placement.former;
  const text = goes && remark ? withoutRemark(format, read.text, remark) : read.text;
  // How a file was before the original wrote in it, its text does not tell.
  const remove: Change = { op: "remove", path: keyPath, emptyParents: keyPath.length - 1 };
  const bare = owner === "ours"
    ? withoutEntry(format, text, keyPath)
    : edit(format, text, goes ? [remove] : []);
  if (!bare.ok) return search.problem(path, bare.problem);
  const result = edit(format, bare.text, changes);
  if (!result.ok) return search.problem(path, result.problem);
  const isBare = saysNothing(format, result.text);
  // The original wrote into what its host reads and may have made: nobody knows who made that.
  const words = entry.state === "present" ? launcherWords(entry.value) : undefined;
  const stays = isBare && search.places.mcp.includes(path) && isOriginal(words ?? []);
  if (stays) {
    search.found.notes.push(`"${path}" says nothing else, and stays, as nobody knows who made it`);
  }
  search.change(path, read, isBare && !stays ? null : result.text, {
    what,
    note: owner === "ours" ? UNRECORDED : EARLIER,
  });
}

function itemsLike(
  format: FileFormat,
  text: string,
  { keyPath, ending }: Items[number],
): Change[] {
  const entry = readEntry(format, text, keyPath);
  if (!entry.ok || entry.state !== "present" || !isPlainList(entry.value)) return [];
  return entry.value.flatMap((item) =>
    typeof item === "string" && item.endsWith(ending)
      ? [{ op: "remove_item", path: keyPath, item }]
      : []
  );
}

async function findBlock(
  search: LeftoverSearch,
  path: string,
  markers: { start: string; end: string },
): Promise<void> {
  const read = await search.text(path, markers.start);
  if (!read) return;
  const result = removeBlock(read.text, markers);
  if (!result.ok) return search.problem(path, result.problem);
  if (!result.changed) return;
  const after = result.text.trim() === "" ? null : result.text;
  search.change(path, read, after, { what: "section of the Python original", note: EARLIER });
}
