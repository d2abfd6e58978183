/** A file of the project, by its path from the project's root with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

const ROOT = new URL("../../", import.meta.url);

/** Every file below `folder` whose name has one of the endings, in the order of their paths. */
export function sourceFiles(folder: string, endings: readonly string[] = [".ts"]): SourceFile[] {
  const found: SourceFile[] = [];
  for (const entry of Deno.readDirSync(new URL(`${folder}/`, ROOT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...sourceFiles(path, endings));
    if (entry.isFile && endings.some((ending) => entry.name.endsWith(ending))) {
      found.push({ path, text: Deno.readTextFileSync(new URL(path, ROOT)) });
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** What a TypeScript text imports and re-exports, types and lazy imports included. */
export function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** The path that a relative import of `from` means, from the project's root. */
export function resolveImport(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}
