import { basename, join } from "@std/path";
import { isSecretName } from "../../workspace/default_excludes.ts";
import { readPlainFile } from "../read_plain_file.ts";

/** Of one file: a manifest is a few kilobytes, and one of megabytes is no manifest. */
const MOST_BYTES = 262_144;

/**
 * Reads texts below `folder` (an absolute real path), each once. Undefined for what is not there,
 * cannot be read, is binary, too large, a secret's name or reached through a symbolic link: a link
 * of a harmless name may lead to any file of the user's.
 */
export function lookReader(folder: string): (path: string) => Promise<string | undefined> {
  const texts = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const known = texts.get(path);
    if (known) return known;
    // Whatever the reason is, the project is told without this file.
    const text = readText(folder, path).catch(() => undefined);
    texts.set(path, text);
    return text;
  };
}

async function readText(folder: string, path: string): Promise<string | undefined> {
  const place = join(folder, path);
  if (isSecretName(basename(path)) || await Deno.realPath(place) !== place) return undefined;
  const { bytes, size } = await readPlainFile(place, MOST_BYTES);
  if (size > MOST_BYTES || bytes.includes(0)) return undefined;
  return new TextDecoder().decode(bytes);
}
