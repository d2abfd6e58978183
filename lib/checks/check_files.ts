import { holds, makeParents, pathInside, removeAt } from "./inside.ts";

/**
 * Writes the files of a check below `root` and gives a function that removes them again, with the
 * folders that were made for them. A link in the way of a folder is refused: behind it may lie
 * anything. `spare`: a file that holds its text already keeps its time, so that nothing that was built
 * from it looks old. Throws OuroborosError: seed_invalid, not_writable.
 */
export async function writeCheckFiles(
  root: string,
  files: Readonly<Record<string, string>>,
  options: { spare?: boolean } = {},
): Promise<() => Promise<void>> {
  const written: string[] = [];
  const made: string[] = [];
  const remove = async () => {
    for (const path of written) await removeAt(path);
    for (const folder of made.toReversed()) {
      // A folder in which the check left something else is the next clean checkout's business.
      await Deno.remove(folder).catch(() => {});
    }
  };
  try {
    for (const [path, text] of Object.entries(files)) {
      const target = pathInside(root, path);
      made.push(...await makeParents(root, target, (what) => what === "file"));
      written.push(target);
      // A script is started by its name as often as by its interpreter.
      const mode = text.startsWith("#!") ? 0o755 : 0o644;
      if (options.spare && await holds(target, { bytes: new TextEncoder().encode(text), mode })) {
        continue;
      }
      await removeAt(target);
      await Deno.writeTextFile(target, text, { createNew: true, mode });
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}
