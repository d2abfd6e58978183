import { isGlob } from "@std/path";
import { pathGlob } from "../kernel/path_glob.ts";

/** Tells whether a path of a tree is protected. Paths are relative to the project's root. */
export interface ProtectedPaths {
  covers(path: string): boolean;
  /** Whether a link at this path could stand for a folder with protected files. */
  mayLieBelow(link: string): boolean;
}

/** The protected paths of a check. A pattern without wildcards also stands for all below it. */
export function protectedPaths(globs: readonly string[]): ProtectedPaths {
  const cleaned = globs.map((glob) => glob.replace(/^(?:\.\/)+/, "").replace(/\/+$/, ""));
  const forms = cleaned.map(pathGlob);
  const plain = cleaned.filter((glob) => !isGlob(glob));
  const prefixes = cleaned.map(literalFolder);
  return {
    covers: (path) =>
      forms.some((form) => form.test(path)) || plain.some((glob) => path.startsWith(`${glob}/`)),
    mayLieBelow: (link) =>
      prefixes.some((prefix) => prefix === link || prefix.startsWith(`${link}/`)),
  };
}

/** The folders that a glob names before its first wildcard. */
function literalFolder(glob: string): string {
  const parts = glob.split("/");
  const wild = parts.findIndex((part) => isGlob(part));
  return parts.slice(0, wild < 0 ? parts.length : wild).join("/");
}
