import type { CommandInput } from "./check_input.ts";
import { commandParts } from "./command_parts.ts";
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
  const parts = commandParts(check.run).filter((part) => COMPARES.test(part));
  const named = namedPaths(parts.join("\n"), place.dir);
  return [...new Set([...own.given, ...place.paths])].filter((path) =>
    named.has(path) && (own.covers(path) || !place.changed.has(path))
  );
}
