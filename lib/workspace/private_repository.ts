import { join } from "@std/path";
import { ownObjects, type Place } from "./plumbing.ts";
import { configText, contentSettings } from "./content_settings.ts";
import type { GitSettings, UserRepository } from "./user_repository.ts";
import { isNotFound } from "./not_found.ts";

/** The branch in the private repository that passed work is integrated onto. */
export const RUN_BRANCH = "refs/heads/run";

/** What a private repository is made from. */
export interface PrivateRepositoryParts {
  /** Where it goes: `<run folder>/git`. */
  gitDir: string;
  /** The user's repository, if the project has one. */
  user: UserRepository | undefined;
  settings: GitSettings;
  /** Ignore patterns of ours, one a line (folders of ours below the user's root). */
  excludes: readonly string[];
}

/**
 * Makes the run's bare repository, or brings an existing one up to date with the user's settings.
 * It borrows the user's objects by `alternates` and writes its own ones here, so that the user's
 * object store is only read. Errors: those of the files.
 */
export async function makePrivateRepository(
  parts: PrivateRepositoryParts,
): Promise<Place> {
  const { gitDir, user } = parts;
  const format = user?.objectFormat ?? "sha1";
  try {
    await Deno.stat(join(gitDir, "HEAD"));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // What makes a folder a repository (gitrepository-layout): these, `objects`, and the config below.
    await Deno.mkdir(join(gitDir, "refs", "heads"), { recursive: true });
    await Deno.mkdir(join(gitDir, "objects", "pack"), { recursive: true });
    await Deno.writeTextFile(join(gitDir, "HEAD"), `ref: ${RUN_BRANCH}\n`);
  }
  await Deno.mkdir(join(gitDir, "info"), { recursive: true });
  await Deno.mkdir(join(gitDir, "objects", "info"), { recursive: true });
  await Deno.mkdir(ownObjects(gitDir), { recursive: true });
  await Deno.writeTextFile(join(gitDir, "config"), privateConfig(format, parts.settings));
  await Deno.writeTextFile(
    join(gitDir, "objects", "info", "alternates"),
    alternatesText([
      ownObjects(gitDir),
      ...(user === undefined ? [] : [join(user.commonDir, "objects")]),
    ]),
  );
  const info = user && join(user.commonDir, "info");
  const excludes = info && await readOptional(join(info, "exclude")) || "";
  await Deno.writeTextFile(
    join(gitDir, "info", "exclude"),
    [excludes.trimEnd(), ...parts.excludes, ""].join("\n"),
  );
  if (user && info) {
    await copyOptional(join(info, "attributes"), join(gitDir, "info", "attributes"));
    await copyOptional(join(user.gitDir, "info", "sparse-checkout"), sparseFile(gitDir));
    await copyOptional(join(user.commonDir, "shallow"), join(gitDir, "shallow"));
  }
  return { gitDir };
}

function privateConfig(format: string, settings: GitSettings): string {
  return configText([
    ["core.repositoryformatversion", format === "sha256" ? "1" : "0"],
    ...(format === "sha256" ? [["extensions.objectformat", format] as const] : []),
    ["core.bare", "true"],
    ["core.filemode", "true"],
    ["gc.auto", "0"],
    ...contentSettings(settings),
  ]);
}

/** Place of the sparse-checkout patterns in a git folder. */
export function sparseFile(gitDir: string): string {
  return join(gitDir, "info", "sparse-checkout");
}

/** An alternates file: one object folder a line, quoted as git reads it. */
export function alternatesText(folders: readonly string[]): string {
  return folders.map((folder) => `${/[\n"]/.test(folder) ? cQuoted(folder) : folder}\n`).join("");
}

function cQuoted(path: string): string {
  const inner = path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `"${inner}"`;
}

/**
 * Whether git guesses which files of the project are text (`core.autocrlf`, `text=auto`), and then
 * looks at what a file was before it converts line ends.
 */
export async function guessesText(
  settings: GitSettings,
  root: string,
  user: UserRepository | undefined,
): Promise<boolean> {
  if (["true", "input"].includes(settings.get("core.autocrlf")?.toLowerCase() ?? "")) return true;
  const own = user === undefined ? [] : [join(user.commonDir, "info", "attributes")];
  const texts = await Promise.all([join(root, ".gitattributes"), ...own].map(readOptional));
  return texts.some((text) => text !== undefined && /\btext=auto\b/.test(text));
}

/** The text of a file, undefined where there is none. */
export async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Copies a file, or removes an old copy where the source is no longer there. */
export async function copyOptional(from: string, to: string): Promise<boolean> {
  try {
    await Deno.copyFile(from, to);
    return true;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  await Deno.remove(to).catch((error) => {
    if (!isNotFound(error)) throw error;
  });
  return false;
}
