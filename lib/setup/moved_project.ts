import { lstatIfAny, mayBeThere, readIfAny } from "./write/file_trouble.ts";
import type { InstalledPart, InstallReceipt } from "./write/install_receipt.ts";

/**
 * A receipt in which a project's folder is called as it is now, where it was moved since its section was
 * put in: the folder on record is gone, and the texts that were written stand in the same files here.
 * The receipt as it is where nothing is to be told, or of several that could be it.
 */
export async function movedProject(
  receipt: InstallReceipt | null,
  folder: string,
): Promise<InstallReceipt | null> {
  const { projects = {} } = receipt ?? {};
  if (receipt === null || projects[folder] !== undefined) return receipt;
  const found: [string, InstalledPart][] = [];
  for (const [former, part] of Object.entries(projects)) {
    if (await mayBeThere(former)) continue;
    const moved = movedPart(part, former, folder);
    if (moved !== undefined && await stands(moved)) found.push([former, moved]);
  }
  const [one, another] = found;
  if (one === undefined || another !== undefined) return receipt;
  const [former, part] = one;
  const { [former]: _, ...others } = projects;
  return { ...receipt, projects: { ...others, [folder]: part } };
}

function movedPart(part: InstalledPart, from: string, to: string): InstalledPart | undefined {
  if (part.edits.some(({ path }) => !path.startsWith(`${from}/`))) return undefined;
  const edits = part.edits.map((edit) => ({ ...edit, path: to + edit.path.slice(from.length) }));
  return { ...part, edits };
}

/** Whether what was written last stands in at least one of the files: others may be gone. */
async function stands({ edits }: InstalledPart): Promise<boolean> {
  for (const { path, undo } of edits) {
    const added = undo.at(-1)?.added ?? "";
    if (!(await lstatIfAny(path).catch(() => undefined))?.isFile) continue;
    const bytes = await readIfAny(path).catch(() => undefined);
    if (added !== "" && new TextDecoder().decode(bytes).includes(added)) return true;
  }
  return false;
}
