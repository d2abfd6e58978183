/** A source file of the program. */
export interface Source {
  /** From the project's root, with "/". */
  path: string;
  /** Its text with comments blanked out, line for line. */
  code: string;
}

const ROOT = new URL("../../", import.meta.url);

/** Every TypeScript file of `lib/`, and `main.ts` where it is there. */
export async function programSources(): Promise<Source[]> {
  const sources: Source[] = [];
  await collect("lib/", sources);
  const main = await Deno.readTextFile(new URL("main.ts", ROOT)).catch(() => undefined);
  if (main !== undefined) sources.push({ path: "main.ts", code: withoutComments(main) });
  return sources;
}

async function collect(folder: string, into: Source[]): Promise<void> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    const path = folder + entry.name;
    if (entry.isDirectory) await collect(`${path}/`, into);
    else if (entry.name.endsWith(".ts")) {
      into.push({ path, code: withoutComments(await Deno.readTextFile(new URL(path, ROOT))) });
    }
  }
}

/** Whole-line and block comments only: a "//" in a string stays, and so does what stands behind it. */
function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/^[ \t]*\/\/.*$/gm, "");
}
