import { configKeys } from "../../config/config_keys.ts";
import { readKeyPath } from "../../config/key_path.ts";
import { inertKeys, originalKeyNote } from "../../config/original_keys.ts";
import { looksSecret, namesSecret } from "../../config/secret_like.ts";
import { unknownConfigKeys } from "../../config/unknown_config_keys.ts";
import { type Plain, valueAt } from "../../setup/edit/plain.ts";
import type { App } from "../app.ts";
import { type ConfigFile, openConfigFile } from "./config_file.ts";
import { answerOf, type ConfigAnswer } from "./config_get.ts";
import { requireKey } from "./config_key.ts";
import { placeOfKey } from "./config_problems.ts";

/** A key of the file that no setting comes from. */
export interface OtherKey {
  key: string;
  /** Null: it is a section or a list, or is not for other eyes. */
  value: string | number | boolean | null;
  /** Why it is there and not acted on, or what was probably meant. */
  note: string;
  line: number | null;
}

/** Every setting, and what else stands in the file. */
export interface ConfigListing {
  file: string;
  exists: boolean;
  keys: readonly ConfigAnswer[];
  /** Keys that this version does not know. */
  unknown: readonly OtherKey[];
  /** Keys of the Python original. */
  original: readonly OtherKey[];
}

/**
 * Every key that exists, of one section or of all. Errors: usage (no such section), those of
 * `getConfig` but not_found.
 */
export async function listConfig(app: App, section?: string): Promise<ConfigListing> {
  const within = (name: string) =>
    section === undefined || name === section || name.startsWith(`${section}.`);
  const keys = configKeys(app.registry).filter((key) => within(key.name));
  // A word that begins no key: told as for any other command, with what was meant.
  if (keys.length === 0) requireKey(app.registry, section!);
  const file = await openConfigFile(app);
  const { written } = file.parsed;
  const unknown = unknownConfigKeys(written, app.registry)
    .filter((one) => within(one.path))
    .map(({ path, message }) => other(file, path, message));
  const original = originalKeys(written).filter(within)
    .map((name) => other(file, name, originalKeyNote(readKeyPath(name) ?? []) ?? ""));
  return {
    file: file.path,
    exists: file.exists,
    keys: keys.map((key) => answerOf(app, key, file)),
    unknown,
    original,
  };
}

/** Keys that the Python original wrote, those that have another name now among them. */
function originalKeys(written: Readonly<Record<string, unknown>>): string[] {
  const { orchestrator } = written;
  const modes = typeof orchestrator === "object" && orchestrator !== null
    ? Object.keys(orchestrator).filter((key) => /(?:^|_)permission_mode$/.test(key))
    : [];
  return [...inertKeys(written), ...modes.map((key) => `orchestrator.${key}`)].sort();
}

function other(file: ConfigFile, key: string, note: string): OtherKey {
  const path = (readKeyPath(key) ?? []).map(String);
  const value = valueAt(file.reading?.value, path);
  const line = file.reading === undefined
    ? null
    : placeOfKey(key, { reading: file.reading, body: file.body }).line;
  return { key, value: showable(key, value), note, line };
}

function showable(key: string, value: Plain | undefined): string | number | boolean | null {
  if (namesSecret(key)) return null;
  if (typeof value === "string") return looksSecret(value) ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Where the configuration lies. */
export interface ConfigPlace {
  path: string;
  exists: boolean;
  /** The variable that decides. */
  from: "OUROBOROS_HOME" | "HOME";
}

/** Where the configuration lies, whatever it holds. */
export async function configPlace(app: App): Promise<ConfigPlace> {
  const { config: path, rootFrom: from } = app.paths;
  const info = await Deno.lstat(path).catch(() => undefined);
  return { path, exists: info !== undefined, from };
}
