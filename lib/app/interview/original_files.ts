import { join } from "@std/path";
import type { App } from "../app.ts";

/** A file of an interview that the Python system held. */
export interface OriginalFile {
  /** Its id there. */
  id: string;
  path: string;
}

const NAME = /^interview_(.+)\.json$/;

/** Where the Python system kept an interview of that id. */
export function originalPath({ paths }: Pick<App, "paths">, id: string): string {
  return join(paths.root, "data", `interview_${id}.json`);
}

/**
 * Files of interviews that the Python system held in our folder, the newest name first; none where
 * that folder is not there or may not be read.
 */
export async function originalFiles(app: Pick<App, "paths">): Promise<OriginalFile[]> {
  const found: OriginalFile[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(join(app.paths.root, "data"))) {
      const id = NAME.exec(name)?.[1];
      if (isFile && id !== undefined) found.push({ id, path: originalPath(app, id) });
    }
  } catch {
    // It is told of beside a list that does not depend on it.
    return [];
  }
  return found.sort((a, b) => (a.id < b.id ? 1 : -1));
}
