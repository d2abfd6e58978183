import type { CommandInput } from "./check_input.ts";
import { namedPaths } from "./named_paths.ts";
import { ownPaths } from "./own_paths.ts";

/** Programs that hold one text against another. */
const COMPARES = /^(?:diff|cmp|comm)\s/;

/** Files of a check's own against which its command holds something. */
export function comparedFiles(
  check: Pick<CommandInput, "run" | "protect" | "files">,
  place: { paths: readonly string[]; changed: ReadonlySet<string>; dir: string },
): string[] {
  const own = ownPaths(check);
  const parts = check.run.split(/&&|\|\||[;|\n]/).map((part) => part.trim());
  const named = namedPaths(parts.filter((part) => COMPARES.test(part)).join("\n"), place.dir);
  return [...new Set([...own.given, ...place.paths])].filter((path) =>
    named.has(path) && (own.covers(path) || !place.changed.has(path))
  );
}
