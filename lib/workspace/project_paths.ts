import { OuroborosError } from "../kernel/error.ts";
import { binaryOf, textOf } from "./bytes.ts";

/**
 * Paths in and out. Outside of this room every path is relative to the project with "/" between;
 * where the project is a folder within a repository, a file beside it begins with "../", as git
 * itself shows it. Inside, paths are relative to the top folder, as git stores them.
 */
export interface ProjectPaths {
  /** The project's folder below the top: "" or "packages/api/". */
  readonly prefix: string;
  /** Project path of a stored one (a binary string). Bytes that are not UTF-8 become U+FFFD. */
  out(stored: string): string;
  /** Stored path (text) of a project path. Errors: usage, where it leaves the repository. */
  in(path: string): string;
}

/** Paths of a project below `prefix`. */
export function projectPaths(prefix: string): ProjectPaths {
  const depth = prefix.split("/").length - 1;
  return {
    prefix,
    out(stored) {
      const path = textOf(stored);
      if (path.startsWith(prefix)) return path.slice(prefix.length);
      let shared = 0;
      const parts = prefix.split("/");
      const own = path.split("/");
      while (shared < depth && shared < own.length - 1 && own[shared] === parts[shared]) shared++;
      return "../".repeat(depth - shared) + own.slice(shared).join("/");
    },
    in(path) {
      const parts: string[] = [];
      let inside = path !== "" && !path.startsWith("/");
      for (const part of (prefix + path).split("/")) {
        if (part === "..") inside = inside && parts.pop() !== undefined;
        else if (part !== "" && part !== ".") parts.push(part);
      }
      if (inside) return parts.join("/");
      throw new OuroborosError({
        code: "usage",
        message: `Use the path "${path}": it leaves the project's repository`,
      });
    },
  };
}

/** Whether the name survives as text: file calls take text, so other names only git can touch. */
export function isUtf8Name(stored: string): boolean {
  return binaryOf(textOf(stored)) === stored;
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + "/");
}
