import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { FileSide } from "./file_side.ts";
import { isNotFound } from "./not_found.ts";
import type { AppliedRecord } from "./run_workspace.ts";

/** One path of an `apply`. */
export interface AppliedChange {
  /** Relative to the top folder. */
  path: string;
  kind: "added" | "modified" | "deleted" | "type";
  before: FileSide | null;
  after: FileSide | null;
  /** Modification time of before, milliseconds. */
  mtimeMs?: number;
}

/** What an `apply` did, kept with the bytes of before until the run is discarded. */
export interface AppliedManifest extends AppliedRecord {
  schema: 1;
  changes: AppliedChange[];
  /** Folders that were not there before. */
  madeFolders: string[];
  /** The commit that was made in the user's repository, and what HEAD was before. */
  commit?: { before: string; after: string };
  /** The branch that was made. */
  branch?: { name: string; commit: string };
}

/** Where the bytes of before lie: one numbered file a change. */
export function beforeFile(folder: string, token: string, number: number): string {
  return join(folder, token, "before", String(number));
}

/** Writes a manifest in one step. */
export async function writeManifest(folder: string, manifest: AppliedManifest): Promise<void> {
  const path = join(folder, manifest.token, "manifest.json");
  await Deno.writeTextFile(path + ".new", JSON.stringify(manifest), { mode: 0o600 });
  await Deno.rename(path + ".new", path);
}

/** Reads a manifest. Errors: not_found. */
export async function readManifest(folder: string, token: string): Promise<AppliedManifest> {
  try {
    if (!/^[0-9a-z-]{1,64}$/.test(token)) throw new Deno.errors.NotFound();
    return JSON.parse(await Deno.readTextFile(join(folder, token, "manifest.json")));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new OuroborosError({
      code: "not_found",
      message: `Find what "${token}" applied: this run has no such record`,
    });
  }
}

/** All manifests of a run, oldest first. */
export async function readManifests(folder: string): Promise<AppliedManifest[]> {
  const found: AppliedManifest[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      const manifest = await readManifest(folder, entry.name).catch(() => undefined);
      if (manifest !== undefined) found.push(manifest);
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return found.sort((a, b) => a.at < b.at ? -1 : 1);
}
