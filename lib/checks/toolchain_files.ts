import { join, relative } from "@std/path";
import { sha256 } from "../kernel/digest.ts";
import { TOOLCHAIN_FILES } from "./toolchain_names.ts";

/** Folders that a variable of the user moves. */
const MOVED: Readonly<Record<string, string>> = {
  ".cargo": "CARGO_HOME",
  ".rustup": "RUSTUP_HOME",
  ".gradle": "GRADLE_USER_HOME",
};

/** A larger file is known by its size and time. */
const READ_BYTES = 256 * 1024;
/** Names of a folder that are looked at. */
const MOST_NAMES = 500;
/** The same of a folder of PATH: an attempt could push a name beyond the last one that is looked at. */
const MOST_PROGRAMS = 5_000;
/** Folders of PATH that are looked at. */
const MOST_FOLDERS = 50;
/** Version managers write a program of this size anew as often as they like. */
const SMALL_BYTES = 4_096;

/** What is there of the toolchains' files: a word for each that says whether it is the same. */
export type ToolchainFiles = Readonly<Record<string, string>>;

/** Where the toolchains' files lie. */
export interface ToolchainPlace {
  home: string;
  /** Values of those of `TOOLCHAIN_ENV_NAMES` that are set. */
  toolchains: Readonly<Record<string, string>>;
  /** Programs that replace themselves: agents, and we. */
  spare: readonly string[];
  /** The checks' PATH: its folders in the home folder are looked at, too. */
  path: string;
}

/** Looks at the toolchains' files; what cannot be read is known as that. */
export async function toolchainFiles(place: ToolchainPlace): Promise<ToolchainFiles> {
  if (place.home === "") return {};
  const found: Record<string, string> = {};
  await Promise.all(TOOLCHAIN_FILES.map(async (name) => {
    const word = await wordOf(pathOf(name, place), place.spare);
    if (word !== undefined) found[name] = word;
  }));
  for (const name of foldersOfPath(place)) {
    found[name] = await programsIn(join(place.home, name), place.spare);
  }
  return found;
}

/**
 * Names of those that came, went or changed between two looks. A folder of PATH that only one of them
 * looked at says nothing: another worker of the run may have another PATH.
 */
export function changedToolchainFiles(before: ToolchainFiles, after: ToolchainFiles): string[] {
  const known = new Set(TOOLCHAIN_FILES);
  const both = Object.keys(before).filter((name) => !known.has(name) && name in after);
  return [...TOOLCHAIN_FILES, ...both].filter((name) => before[name] !== after[name]);
}

/** Names from the home folder, of what no name above stands for. */
function foldersOfPath({ home, path }: ToolchainPlace): string[] {
  const names = path.split(":").filter((one) => one.startsWith("/"))
    .map((one) => relative(home, one))
    .filter((name) => name !== "" && name !== ".." && !name.startsWith("../"));
  return [...new Set(names)].filter((name) => !TOOLCHAIN_FILES.includes(name))
    .slice(0, MOST_FOLDERS);
}

/** A word for the programs of a folder; there is one for no folder, too, as an attempt can make it. */
async function programsIn(folder: string, spare: readonly string[]): Promise<string> {
  try {
    // A name that begins with a dot is a package manager's, of what it is about to put there.
    const names = (await namesIn(folder, MOST_PROGRAMS))
      .filter((name) => !spare.includes(name) && !name.startsWith("."));
    const words = await Promise.all(names.map(async (name) => {
      return `${name} ${await programWord(join(folder, name))}`;
    }));
    return sha256(words.join("\n"));
  } catch (error) {
    return error instanceof Error ? error.name : "unreadable";
  }
}

async function programWord(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (!info?.isFile) return info === undefined ? "nothing" : "folder";
  const small = info.size <= SMALL_BYTES
    ? await Deno.readFile(path).catch(() => undefined)
    : undefined;
  if (small !== undefined) return `${info.mode} ${sha256(small)}`;
  return `${info.mode} ${info.ino} ${info.size} bytes, ${info.mtime?.toISOString() ?? "no time"}`;
}

function pathOf(name: string, { home, toolchains }: ToolchainPlace): string {
  const [folder = ""] = name.split("/");
  const moved = toolchains[MOVED[folder] ?? ""];
  return moved === undefined ? join(home, name) : join(moved, name.slice(folder.length));
}

async function wordOf(path: string, spare: readonly string[]): Promise<string | undefined> {
  try {
    // Through links: many keep these files elsewhere.
    const info = await Deno.stat(path);
    if (info.isDirectory) {
      const names = path.endsWith("/.local/lib") ? await startFiles(path) : await namesIn(path);
      const kept = names.filter((name) => !spare.includes(name));
      const words = await Promise.all(kept.map(async (name) => {
        return `${name} ${await sizeAndTime(join(path, name))}`;
      }));
      return sha256(words.join("\n"));
    }
    return info.isFile && info.size <= READ_BYTES
      ? sha256(await Deno.readFile(path))
      : await sizeAndTime(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    // A folder without permission, a link to itself: the same as long as it stays so.
    return error instanceof Error ? error.name : "unreadable";
  }
}

async function sizeAndTime(path: string): Promise<string> {
  // A link to nothing is there, too.
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined) return "nothing";
  // Its own time moves with every cache in it.
  if (!info.isFile) return "folder";
  return `${info.size} bytes, ${info.mtime?.toISOString() ?? "no time"}`;
}

async function namesIn(path: string, most = MOST_NAMES): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(path)) names.push(name);
  return names.sort().slice(0, most);
}

/** What each Python loads by itself of the user's own packages. */
async function startFiles(lib: string): Promise<string[]> {
  const found: string[] = [];
  for (const version of await namesIn(lib)) {
    if (!/^python\d/.test(version)) continue;
    // A Python without packages of the user's has no such folder.
    const names = await namesIn(join(lib, version, "site-packages")).catch(() => []);
    const own = names.filter((name) => /\.pth$|^(?:user|site)customize\.py$/.test(name));
    found.push(...own.map((name) => `${version}/site-packages/${name}`));
  }
  return found;
}
