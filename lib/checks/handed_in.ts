import { join, normalize } from "@std/path";
import type { ChangedPath } from "../workspace/run_workspace.ts";
import type { CommandInput } from "./check_input.ts";
import { commandParts } from "./command_parts.ts";
import { namedPaths } from "./named_paths.ts";
import { ownPaths } from "./own_paths.ts";

/** Parts of a command that make files of others. */
const BUILDS =
  /\b(?:make|ninja|cmake|meson|bazel|cargo|gcc|g\+\+|cc|clang|rustc|javac|tsc|esbuild|rollup|webpack|vite|gradlew?|mvn|go build)\b|(?<![a-z])build/;
/** Folders in which builds leave what they make. */
const BUILT = /(?:^|\/)(?:target|dist|build|_build|out|output|obj|bin)\//;
/** In `bin`, too, people keep programs that they wrote. */
const WRITTEN = /(?:^|\/)bin\/[^/]*\.(?:[cm]?[jt]s|py|rb|sh|pl|php)$/;

/**
 * Files that the work hands in and that the check's own command should make: those that it names
 * after a part that builds, in a folder for what is built, and the targets that it gives to make.
 */
export function handedIn(
  check: Pick<CommandInput, "run" | "protect" | "files">,
  place: { changed: readonly ChangedPath[]; dir: string },
): string[] {
  const parts = commandParts(check.run);
  const first = parts.findIndex((part) => BUILDS.test(part));
  if (first < 0) return [];
  const named = namedPaths(parts.slice(first + 1).join("\n"), place.dir);
  const targets = new Set(
    parts.filter((part) => /^make\s/.test(part)).flatMap((part) =>
      part.split(/\s+/).slice(1).filter((word) => /^\w[^=]*$/.test(word))
        .map((word) => normalize(join(place.dir, word)))
    ),
  );
  const own = ownPaths(check);
  return place.changed.filter(({ path, kind }) =>
    kind !== "deleted" && !own.covers(path) &&
    (targets.has(path) || (named.has(path) && BUILT.test(path) && !WRITTEN.test(path)))
  ).map(({ path }) => path);
}
