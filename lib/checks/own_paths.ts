import { normalize } from "@std/path";
import type { CommandInput } from "./check_input.ts";
import { protectedPaths } from "./protected_paths.ts";

/** Which paths are a check's own, and so not the work's. All are relative to the project. */
export interface OwnPaths {
  /** Files that the check gives. */
  given: ReadonlySet<string>;
  /** Whether a path is given or protected. */
  covers(path: string): boolean;
}

/** The paths of a check's own files. */
export function ownPaths(check: Pick<CommandInput, "protect" | "files">): OwnPaths {
  const given = new Set(Object.keys(check.files).map((path) => normalize(path)));
  const guarded = protectedPaths(check.protect);
  return { given, covers: (path) => given.has(path) || guarded.covers(path) };
}
