import { sha256 } from "../../lib/kernel/digest.ts";

/** Every path below a folder with its kind, permission bits and bytes: two of them can be compared. */
export async function fileTree(folder: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  const visit = async (path: string, name: string): Promise<void> => {
    const info = await Deno.lstat(path);
    const mode = ((info.mode ?? 0) & 0o7777).toString(8);
    if (info.isSymlink) tree[name] = `link ${await Deno.readLink(path)}`;
    else if (info.isFile) {
      // What its owner put away from everybody is told by its size.
      const bytes = await Deno.readFile(path)
        .catch(() => new TextEncoder().encode(`${info.size} bytes`));
      const rest = bytes.length > 2_000 ? ` ${sha256(bytes)}` : "";
      tree[name] = `file ${mode} ${String.fromCharCode(...bytes.subarray(0, 2_000))}${rest}`;
    } else if (info.isDirectory) {
      tree[`${name}/`] = `folder ${mode}`;
      for await (const entry of Deno.readDir(path)) {
        await visit(`${path}/${entry.name}`, name === "" ? entry.name : `${name}/${entry.name}`);
      }
    }
  };
  await visit(folder, "");
  return tree;
}
