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

/** The sources of the check's own and of the work's, as they lie in a checkout. */
export interface SourceWords {
  /** Path → a word for what lies there. */
  words: ReadonlyMap<string, string>;
  /** One that is already another one than in its tree, though nothing has run there. */
  already: string | undefined;
}

/**
 * Looks at the sources in a checkout that is ready for the command. `untouched`: no preparation ran in
 * it, so that each of them has to be what its tree has.
 */
export async function sourceWords(
  check: Pick<CommandInput, "protect" | "files">,
  { workspace, checkout, base, tree }: PutBackPlace,
  { untouched }: { untouched: boolean },
): Promise<SourceWords> {
  const own = ownPaths(check);
  const isMeant = (path: string) =>
    SOURCE.test(path) && !MADE.test(path) && !path.startsWith("../");
  const theirs = check.protect.length === 0
    ? []
    : (await workspace.listEntries(base)).filter(({ path }) => own.covers(path) && isMeant(path));
  const work = (tree === base ? [] : await workspace.changed(base, tree))
    .filter(({ path }) => !own.covers(path) && isMeant(path));
  const ours = work.length === 0 || !untouched ? [] : await workspace.listEntries(tree);
  const changed = new Set(work.map(({ path }) => path));
  const ids = new Map(
    [...theirs, ...ours.filter(({ path }) => changed.has(path))]
      .filter(({ path, kind }) => /^(?:file|executable)$/.test(kind) && !own.given.has(path))
      .map(({ path, id }) => [path, id]),
  );
  const given = [...own.given].filter(isMeant);
  const names = [...new Set([...given, ...theirs.map(({ path }) => path), ...changed])]
    .slice(0, MOST_FILES);
  const words = await Promise.all(names.map((path) => wordOf(join(checkout, path))));
  const same = await Promise.all(names.map(async (path) => {
    const id = untouched ? ids.get(path) : undefined;
    return id === undefined || await hasBytesOf(join(checkout, path), id);
  }));
  return {
    words: new Map(names.map((path, index) => [path, words[index]!])),
    already: names.find((_, index) => !same[index]),
  };
}

/**
 * The first source that is not what it was, now that the command has ended: what passed is not what
 * would be integrated. A process that the agent left behind could have written it, or the command.
 */
export async function rewrittenSource(
  { words, already }: SourceWords,
  checkout: string,
): Promise<string | undefined> {
  const after = await Promise.all([...words.keys()].map((path) => wordOf(join(checkout, path))));
  return already ?? [...words].find(([, word], index) => word !== after[index])?.[0];
}

async function wordOf(file: string): Promise<string> {
  const bytes = await bytesOf(file);
  return typeof bytes === "string" ? bytes : sha256(bytes);
}

/** A file's bytes; a word where there are none, or too many. */
async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer> | string> {
  const info = await lstatOf(file);
  if (!info?.isFile) return info === undefined ? "none" : "no file";
  if (info.size > MOST_BYTES) return `${info.size} bytes`;
  return await Deno.readFile(file).catch(() => "unreadable");
}

/** Whether a file is what git has by this id. What git itself writes otherwise counts as the same. */
async function hasBytesOf(file: string, id: string): Promise<boolean> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return true;
  const bytes = await bytesOf(file);
  if (typeof bytes === "string") return bytes.endsWith(" bytes");
  if (await blobId(bytes, id) === id) return true;
  const text = new TextDecoder().decode(bytes);
  // Another encoding, and words that git fills in.
  if (text.includes("\0") || text.includes("$Id")) return true;
  return await blobId(new TextEncoder().encode(text.replaceAll("\r\n", "\n")), id) === id;
}

async function blobId(bytes: Uint8Array<ArrayBuffer>, like: string): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = await new Blob([head, bytes]).bytes();
  const digest = await crypto.subtle.digest(like.length === 40 ? "SHA-1" : "SHA-256", whole);
  return new Uint8Array(digest).toHex();
}
