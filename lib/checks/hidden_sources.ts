import { join } from "@std/path";
import type { CommandInput } from "./check_input.ts";
import { protectedPaths } from "./protected_paths.ts";

/** What of a hidden check lies in the project, where agents get every file. */
export interface HiddenSources {
  /** Files that its command runs and that are its own, not the work's: it is not hidden. */
  own: string[];
  /** Files that it names or protects, of which only a person can tell whose they are. */
  readable: string[];
}

/** Names that files of checks have, and files of products do not. */
const LIKE_A_CHECK = /(?:^|[/._-])(?:tests?|specs?|checks?|hidden|verify|expected)(?:[/._-]|$)/i;

/**
 * Looks for a hidden check's sources among the files of the base. What its command names and
 * protects, or what is named like a test, is the check's own; an artifact of the work never is.
 */
export function hiddenSources(
  check: Pick<CommandInput, "run" | "protect" | "files">,
  project: { files: readonly string[]; dir: string; artifacts: readonly string[] },
): HiddenSources {
  const there = new Set(project.files);
  const given = new Set(Object.keys(check.files));
  const isWork = (path: string) =>
    project.artifacts.some((one) => one === "." || path === one || path.startsWith(`${one}/`));
  const paths = protectedPaths(check.protect);
  const named = wordsOf(check.run)
    .flatMap((word) => [word, `${word.replaceAll(".", "/")}.py`])
    .map((word) => join(project.dir, word).replaceAll("\\", "/"))
    .filter((path) => there.has(path) && !given.has(path) && !isWork(path));
  const own = [...new Set(named)].filter((path) => paths.covers(path) || LIKE_A_CHECK.test(path));
  const kept = project.files.filter((path) => !path.startsWith("../") && paths.covers(path));
  const readable = [...named, ...kept].filter((path) => !own.includes(path) && !given.has(path));
  return { own, readable: [...new Set(readable)] };
}

/** The words of a command line that may be paths, whatever stands around them. */
function wordsOf(command: string): string[] {
  return command.split(/[\s"'`;|&()<>=,]+/).filter((word) => word !== "" && !word.startsWith("-"));
}
