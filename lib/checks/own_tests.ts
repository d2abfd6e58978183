import { normalize } from "@std/path";
import type { CommandInput } from "./check_input.ts";
import { ownPaths } from "./own_paths.ts";

/** Ends of files that runners name as a module or a class: without one. */
const MODULE_ENDS = [".py", ".java", ".kt", ".groovy", ".scala", ".rb", ".php", ".cs"];

/**
 * Tells by a test's name whether its file is the check's own: protected, or given by it. Runners
 * write the path (vitest, Deno), the module (pytest) or the class (Maven, Gradle). Of a name without
 * either (Go, TAP) nothing can be told, and so it says no.
 */
export function ownTests(
  check: Pick<CommandInput, "protect" | "files">,
): (name: string) => boolean {
  const own = ownPaths(check);
  const literals = [...own.given, ...check.protect.map((path) => normalize(path))];
  return (name) =>
    name.split(" > ").some((part) => {
      // One word is a name, not a place: anybody may call a test so.
      if (!/[./]/.test(part)) return false;
      if (own.covers(part.replace(/^\.\//, "").replace(/::.*$/, ""))) return true;
      return modules(part).some((module) =>
        MODULE_ENDS.some((end) =>
          own.covers(`${module}${end}`) ||
          literals.some((path) => path.endsWith(`/${module}${end}`))
        )
      );
    });
}

/** `a.b.C` as the paths that may hold it, without their ends: `a`, `a/b`, `a/b/C`. */
function modules(part: string): string[] {
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(part)) return [];
  const words = part.replace(/\$.*$/, "").split(".");
  return words.map((_, index) => words.slice(0, index + 1).join("/"));
}
