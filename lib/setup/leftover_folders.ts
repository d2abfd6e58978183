import { dirname } from "@std/path";
import type { LeftoverSearch } from "./leftover_search.ts";

/**
 * Names folders that what was found leaves with nothing in them. Setting up may have made them, or
 * the host, or its user: without a receipt nobody knows, so they stay, and it is said how they go.
 */
export async function noteBareFolders(search: LeftoverSearch): Promise<void> {
  const { found, around: { home } } = search;
  const removed = found.changes.filter((one) => one.after === null).map((one) => one.path);
  const gone = new Set([...removed, ...found.emptied]);
  const above = [...removed, ...found.emptied].map(dirname);
  const bare = new Set<string>();
  for (const start of above.sort((a, b) => b.length - a.length)) {
    for (let at = start; at.startsWith(`${home}/`); at = dirname(at)) {
      if (gone.has(at) || bare.has(at)) continue;
      if (!await holdsOnly(at, (path) => gone.has(path) || bare.has(path))) break;
      bare.add(at);
    }
  }
  if (bare.size === 0) return;
  const folders = [...bare].sort((a, b) => b.length - a.length).map((path) => `"${path}"`);
  const [are, stay, them] = folders.length === 1
    ? ["A folder is", "stays", "it"]
    : ["Folders are", "stay", "them"];
  found.notes.push(
    `${are} empty then, and ${stay}, as no receipt says who made ` +
      `${them}; to remove ${them}: rmdir ${folders.join(" ")}`,
  );
}

async function holdsOnly(folder: string, is: (path: string) => boolean): Promise<boolean> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
    return names.every((name) => is(`${folder}/${name}`));
  } catch {
    // It is not there, or nobody may look into it: nothing is to be said of it.
    return false;
  }
}
