import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { compareVersions } from "./compare_versions.ts";
import { progressStream } from "./progress_stream.ts";
import { verifyChecksum } from "./update/checksum.ts";
import { download } from "./update/download.ts";
import { type OwnFile, ownFile } from "./update/own_file.ts";
import { isOurProgram, programTarget } from "./update/program_file.ts";
import { type HostRefresh, refreshHosts } from "./update/refresh_hosts.ts";
import {
  latestVersionFile,
  placeFrom,
  type ReleasePlace,
  releasePlace,
  RELEASES,
  trustedAddress,
} from "./update/release.ts";
import {
  removeQuietly,
  replaceProgram,
  requirePrevious,
  stageProgram,
  swapWithPrevious,
} from "./update/replace_file.ts";
import { removeLeft } from "./update/remove_left.ts";
import { unpackProgram } from "./update/unpack_program.ts";

/** What is wanted of an update. */
export interface UpdateOptions {
  /** A release's folder or archive, or the address of either; left out: the latest release. */
  from?: string;
  /** Only say whether there is a newer one. */
  check?: boolean;
  /** Only say what would be done. */
  dryRun?: boolean;
  interrupt: AbortSignal;
}

/** What an update reports on its way. */
export type UpdateProgress =
  | { step: "downloading"; address: string; bytes: number | null }
  | { step: "verified"; name: string; sha256: string };

/** How an update ended. */
export interface UpdateResult {
  outcome: "current" | "available" | "would replace" | "replaced" | "rolled back";
  /** The version that runs. */
  version: string;
  /** The version that is there, or that was put in place; null where that is not known yet. */
  to: string | null;
  /** The program's file; null where it was not looked at. */
  file: string | null;
  /** Where the replaced program is kept. */
  previous: string | null;
  /** What the new program made of the hosts on record; left out where there are none. */
  hosts?: HostRefresh;
}

/** A start of a new program for its version, in milliseconds; a first start can be slow. */
const START_MS = 60_000;
const ARCHIVE_BYTES = 400_000_000;
const LIST_BYTES = 1_000_000;

/**
 * Replaces the program by the latest release, or by the one in `from`: downloads, checks against
 * the published checksums, starts it once, puts it in place in one step and keeps the previous one.
 * Nothing is changed on any error: not_found, connection_failed, checksum_mismatch, unreadable,
 * not_allowed, not_writable, disk_full, usage, cancelled.
 */
export function update(
  app: App,
  options: UpdateOptions,
): AsyncGenerator<UpdateProgress, UpdateResult> {
  return progressStream((emit) => bringNew(app, { ...options, emit }));
}

/** Puts the program of before the last update back, and keeps the present one. Errors: not_found. */
export async function rollBack(app: App, options: { dryRun: boolean }): Promise<UpdateResult> {
  const own = await ownFile(app.self);
  await requirePrevious(own);
  const to = await versionOf(app, own.previous);
  const { path: file, previous } = own;
  const result = { version: app.version, to, file, previous };
  if (options.dryRun) return { outcome: "would replace", ...result };
  await swapWithPrevious(own);
  return { outcome: "rolled back", ...result, ...await withHosts(app, file) };
}

async function bringNew(
  app: App,
  options: UpdateOptions & { emit(progress: UpdateProgress): void },
): Promise<UpdateResult> {
  const { from, interrupt } = options;
  // Before the network is asked: there may be nothing to replace.
  const own = options.check ? undefined : await ownFile(app.self);
  const file = own?.path ?? null;
  const known = { version: app.version, file, previous: null };
  const target = Deno.build.target;
  let to: string | null = null;
  let place: ReleasePlace;
  if (from === undefined) {
    const address = app.environment.get("OUROBOROS_RELEASES") ?? RELEASES;
    const releases = trustedAddress(address, app.cwd);
    to = await latestVersion(releases, interrupt);
    const newer = compareVersions(to, app.version) > 0;
    if (!newer) return { outcome: "current", ...known, to };
    if (own === undefined) return { outcome: "available", ...known, to };
    place = releasePlace(releases, to, target);
  } else {
    place = placeFrom(from, { cwd: app.cwd, target });
  }
  if (own === undefined || options.dryRun) return { outcome: "would replace", ...known, to };
  const program = await fetchProgram(place, options);
  if (await sameAs(program, own.path)) return { outcome: "current", ...known, to: app.version };
  to = await install(app, own, { program, version: to, interrupt });
  const hosts = await withHosts(app, own.path, interrupt);
  return { outcome: "replaced", ...known, to, previous: own.previous, ...hosts };
}

async function withHosts(
  app: App,
  program: string,
  cancel?: AbortSignal,
): Promise<Pick<UpdateResult, "hosts">> {
  const hosts = await refreshHosts(app, program, cancel);
  return hosts === undefined ? {} : { hosts };
}

async function latestVersion(releases: URL, signal: AbortSignal): Promise<string> {
  const file = latestVersionFile(releases);
  const bytes = await download(file, { maxBytes: LIST_BYTES, signal });
  const text = new TextDecoder().decode(bytes).trim();
  if (/^\d[0-9A-Za-z.+-]*$/.test(text) && !text.includes("..")) return text;
  throw new OuroborosError({ code: "unreadable", message: `"${file}" holds no version` });
}

/** The program of a release, whole and for this system. */
async function fetchProgram(
  place: ReleasePlace,
  options: { interrupt: AbortSignal; emit(progress: UpdateProgress): void },
): Promise<Uint8Array> {
  const { interrupt: signal, emit } = options;
  const list = new TextDecoder().decode(
    await download(place.checksums, { maxBytes: LIST_BYTES, signal }),
  );
  const address = place.archive.href;
  const onStart = (bytes: number | null) => emit({ step: "downloading", address, bytes });
  const archive = await download(place.archive, { maxBytes: ARCHIVE_BYTES, signal, onStart });
  const { name } = place;
  const sha256 = await verifyChecksum(archive as Uint8Array<ArrayBuffer>, { list, name });
  emit({ step: "verified", name, sha256 });
  const program = await unpackProgram(archive, "ouroboros");
  const target = programTarget(program);
  if (target === Deno.build.target && isOurProgram(program)) return program;
  throw new OuroborosError({
    code: "unreadable",
    message: target !== undefined && target !== Deno.build.target
      ? `Take "${name}": the program in it is for another system ("${target}")`
      : `Take "${name}": what is in it is not this program`,
  });
}

/** Stages, starts and places a program; gives the version that it says. */
async function install(
  app: App,
  own: OwnFile,
  options: { program: Uint8Array; version: string | null; interrupt: AbortSignal },
): Promise<string> {
  await removeLeft(own, app.clock.now().getTime());
  const staged = await stageProgram(own, options.program);
  try {
    const version = await versionOf(app, staged, options.interrupt);
    if (options.version !== null && version !== options.version) {
      throw new OuroborosError({
        code: "not_started",
        message: `Take version "${options.version}": the program says that it is "${version}"`,
      });
    }
    await replaceProgram(own, staged);
    return version;
  } finally {
    await removeQuietly(staged);
  }
}

/** The version that a program says when it is started. Errors: not_started, cancelled. */
async function versionOf(app: App, path: string, cancel?: AbortSignal): Promise<string> {
  const { end, stdout, stderr } = await app.processes.capture({
    argv: [path, "--version"],
    cwd: app.paths.home,
    env: { values: app.environment.pick(["HOME", "PATH", "TMPDIR"]) },
    limits: { totalMs: START_MS, outputBytes: 100_000, lineBytes: 10_000 },
    label: "the new program's --version",
    ...(cancel === undefined ? {} : { cancel }),
  });
  const printed = new TextDecoder().decode(stdout).trim();
  const version = /^ouroboros (\d\S*)$/.exec(printed)?.[1];
  if (end.reason === "completed" && version !== undefined) return version;
  if (end.reason === "cancelled") {
    throw new OuroborosError({ code: "cancelled", message: "Update: interrupted" });
  }
  const said = (stderr.trim() || printed).split("\n")[0] ?? "";
  throw new OuroborosError({
    code: "not_started",
    message: `Start "${path}": it does not run on this system${said === "" ? "" : `: ${said}`}`,
  });
}

async function sameAs(bytes: Uint8Array, path: string): Promise<boolean> {
  if ((await Deno.stat(path)).size !== bytes.length) return false;
  const present = await Deno.readFile(path);
  // A loop: a function called for each of 100 million bytes takes seconds.
  for (let at = 0; at < bytes.length; at++) if (present[at] !== bytes[at]) return false;
  return true;
}
