import { join } from "@std/path";
import type { CommandInput } from "./check_input.ts";
import { commandParts } from "./command_parts.ts";
import { lstatOf } from "./inside.ts";
import { namedPaths } from "./named_paths.ts";
import { onlyReads } from "./only_reads.ts";
import { ownPaths } from "./own_paths.ts";
import { poisonable, type PoisonableText } from "./poison.ts";

/** A file of a check's own that can be made to fail. */
export interface CheckSource {
  /** Relative to the project. */
  path: string;
  text: string;
  poison: PoisonableText;
  /** The command names this very file. */
  named: boolean;
  /** Protected, a file of the check, or named: not merely in a folder that the command names. */
  own: boolean;
  /** Starts by itself: a shebang, or a shell's file. */
  startable: boolean;
}

/** Where sources are looked for. */
export interface SourcesPlace {
  /** The checkout, with the check's files and the protected ones in place. */
  checkout: string;
  /** Folder in which the command runs. */
  dir: string;
  /** Paths of the tree and of the base. */
  paths: readonly string[];
  /** Paths that the work changed. One that the command names may be the work itself. */
  changed: ReadonlySet<string>;
}

/** A longer source is data. */
const SOURCE_BYTES = 1024 * 1024;
const MOST_SOURCES = 2000;

/** The sources of a check that can be poisoned and that its command may run. */
export async function checkSources(
  check: Pick<CommandInput, "run" | "protect" | "files">,
  place: SourcesPlace,
): Promise<CheckSource[]> {
  const own = ownPaths(check);
  const command = runningParts(check.run);
  const words = namedPaths(command, place.dir);
  const found: CheckSource[] = [];
  for (const path of new Set([...own.given, ...place.paths])) {
    if (path.startsWith("../") || found.length >= MOST_SOURCES) continue;
    const mine = own.covers(path);
    const kept = mine || !place.changed.has(path);
    const named = kept && words.has(path);
    if (!mine && !named && !(kept && belowAny(path, words))) continue;
    const source = await sourceAt(place.checkout, path);
    if (source) found.push({ ...source, named, own: mine || named });
  }
  return related(found, command, words);
}

/** What stands in a file of a checkout; undefined where it is none, too long, or no text. */
export async function textAt(checkout: string, path: string): Promise<string | undefined> {
  const file = join(checkout, path);
  const info = await lstatOf(file);
  if (!info?.isFile || info.size > SOURCE_BYTES) return undefined;
  const text = await Deno.readTextFile(file);
  return text.includes("\0") ? undefined : text;
}

async function sourceAt(checkout: string, path: string) {
  const text = await textAt(checkout, path);
  const poison = text === undefined ? undefined : poisonable(path, text);
  if (text === undefined || !poison || (poison.functions === 0 && !poison.script)) return undefined;
  const startable = text.startsWith("#!") || poison.row.language === "shell";
  return { path, text, poison, startable };
}

/**
 * A command without those parts that only look at files: `test -f check.sh` names a script and does
 * not notice when it must fail.
 */
function runningParts(command: string): string {
  return commandParts(command)
    .filter((part) => /\$\(|`|<\(/.test(part) || !onlyReads(part)).join("\n");
}

function belowAny(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has(".")) return true;
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    if (folders.has(path.slice(0, at))) return true;
  }
  return false;
}

/** Commands that start whatever the project says. */
const INDIRECT =
  /\b(?:make|just|task|rake|tox|nox|bazel|ninja|meson|ctest|cmake|docker|podman|npm|npx|pnpm|yarn|bun|hatch|poetry|pre-commit)\b|(?:^|[\s;&|(])\.{1,2}\/\S/;

/**
 * Protected files that the command has nothing to do with are no sources of this check. Where it
 * names files, those are meant; where it names none, what its runner's language has.
 */
function related(
  sources: readonly CheckSource[],
  command: string,
  words: ReadonlySet<string>,
): CheckSource[] {
  const mains = sources.filter((one) => one.named);
  const said = [command, ...mains.filter((one) => one.startable).map((one) => one.text)].join("\n");
  return sources.filter((source) => {
    if (source.named || (belowAny(source.path, words) && !words.has("."))) return true;
    const name = source.path.slice(source.path.lastIndexOf("/") + 1);
    const stem = name.replace(/\.\w+$/, "");
    if (
      said.includes(name) ||
      (stem.length > 3 && new RegExp(`\\b${RegExp.escape(stem)}\\b`).test(said))
    ) {
      return true;
    }
    const { language, runners } = source.poison.row;
    if (mains.some((one) => one.poison.row.language === language)) return false;
    return runners.test(said) || INDIRECT.test(said);
  });
}
