import { join } from "@std/path";
import { sha256 } from "../kernel/digest.ts";
import type { CommandInput } from "./check_input.ts";
import { lstatOf } from "./inside.ts";
import { ownPaths } from "./own_paths.ts";
import type { PutBackPlace } from "./put_back.ts";

/** Files that somebody writes, and no run of tests. */
const SOURCE =
  /\.(?:py|pyi|[cm]?[jt]sx?|vue|svelte|go|rs|c|h|cc|cpp|hpp|sh|bash|bats|java|kt|rb|php|pl|pm|lua|swift|cs)$/i;
/** Where a build leaves what it makes, and what is made of other files. */
const MADE =
  /(?:^|\/)(?:dist|build|out|target|bin|obj|coverage|generated|__generated__|__snapshots__|vendor|node_modules)\/|(?:\.(?:gen|generated|min|pb|g)\.|_pb2(?:_grpc)?\.)/i;
/** More files, or longer ones, are not looked at. */
const MOST_FILES = 500;
const MOST_BYTES = 256 * 1024;

/** A word for each source of the check's own and of the work's, as they lie in a checkout. */
export type SourceWords = ReadonlyMap<string, string>;

/** Looks at the sources in a checkout that is ready for the command. */
export async function sourceWords(
  check: Pick<CommandInput, "protect" | "files">,
  { workspace, checkout, base, tree }: PutBackPlace,
): Promise<SourceWords> {
  const own = ownPaths(check);
  const theirs = check.protect.length === 0
    ? []
    : (await workspace.listEntries(base)).filter(({ path }) => own.covers(path));
  const work = tree === base ? [] : await workspace.changed(base, tree);
  const paths = [...own.given, ...[...theirs, ...work].map(({ path }) => path)]
    .filter((path) => SOURCE.test(path) && !MADE.test(path) && !path.startsWith("../"));
  const names = [...new Set(paths)].slice(0, MOST_FILES);
  const words = await Promise.all(names.map((path) => wordOf(join(checkout, path))));
  return new Map(names.map((path, index) => [path, words[index]!]));
}

/**
 * The first source that is not what it was, now that the command has ended: what passed is not what
 * would be integrated. A process that the agent left behind could have written it, or the command.
 */
export async function rewrittenSource(
  before: SourceWords,
  checkout: string,
): Promise<string | undefined> {
  const after = await Promise.all([...before.keys()].map((path) => wordOf(join(checkout, path))));
  return [...before].find(([, word], index) => word !== after[index])?.[0];
}

async function wordOf(file: string): Promise<string> {
  const info = await lstatOf(file);
  if (!info?.isFile) return info === undefined ? "none" : "no file";
  if (info.size > MOST_BYTES) return `${info.size} bytes`;
  return sha256(await Deno.readFile(file).catch(() => new Uint8Array()));
}
