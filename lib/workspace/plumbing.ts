import { join } from "@std/path";
import { type ErrorCode, OuroborosError } from "../kernel/error.ts";
import { fileError } from "./file_error.ts";
import { GIT_MAX_BYTES, type GitResult, type GitRunner, gitVerb } from "./git_runner.ts";
import { lstatIfAny } from "./not_found.ts";

/** Which repository, working tree and index a git process works on. Always named, never found. */
export interface Place {
  gitDir: string;
  workTree?: string;
  index?: string;
}

/** A working tree with its own index. */
export type WorkingPlace = Required<Place>;

/** Options of one plumbing call. */
export interface PlumbingCall {
  stdin?: Uint8Array | string;
  /** Exit codes that are answers. Default: 0 only. */
  ok?: readonly number[];
  env?: Readonly<Record<string, string>>;
  maxBytes?: number;
  /** `-c` settings, `name=value`. */
  config?: readonly string[];
  /**
   * Writes objects without a look at the user's: git gives an object that it would write and that is
   * there already a new modification time, in the user's object store too. `unless_text`: looks all
   * the same where line ends are guessed, for that takes the file's last known bytes.
   */
  apart?: "always" | "unless_text";
  /** Lets pathspec magic through; without it every path is taken literally. */
  magic?: boolean;
}

/** Runs git on a {@link Place}. Errors: those of the runner, git_failed, disk_full, not_writable, workspace_lost. */
export type Plumbing = (
  place: Place,
  args: readonly string[],
  call?: PlumbingCall,
) => Promise<GitResult>;

/**
 * Set on every call, over whatever a repository's own config says. Agents run as the same user and
 * may write config where they work; nothing that starts a program may come from there.
 */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.splitIndex=false",
  "core.safecrlf=false",
  "core.quotePath=false",
  "index.sparse=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "commit.gpgSign=false",
  "advice.detachedHead=false",
].flatMap((setting) => ["-c", setting]);

/** Object folder of a private repository that borrows from nobody. */
export function ownObjects(gitDir: string): string {
  return join(gitDir, "own-objects");
}

/** Who makes our own commits. */
const IDENTITY = { name: "Ouroboros", email: "ouroboros@localhost" };

const OWN_ENV: Readonly<Record<string, string>> = {
  // The user's global and system config stay out: what matters of them (line ends, ignore files)
  // is copied into the private repository's config, and aliases, filters and signing are not.
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_NO_LAZY_FETCH: "1",
  GIT_AUTHOR_NAME: IDENTITY.name,
  GIT_AUTHOR_EMAIL: IDENTITY.email,
  GIT_COMMITTER_NAME: IDENTITY.name,
  GIT_COMMITTER_EMAIL: IDENTITY.email,
  LC_ALL: "C",
};

/** A lock of ours that is this old belongs to a git process that was killed. */
const STALE_LOCK_MS = 3000;

/**
 * Git calls that depend on nothing but their arguments: no discovery, no global config, no hooks.
 * `ownDir` is the folder in which a left-behind `*.lock` may be removed; `guessesText` says that the
 * project's settings let git guess which files are text.
 */
export function createPlumbing(
  git: GitRunner,
  ownDir: string,
  options: { guessesText?: boolean } = {},
): Plumbing {
  const run = async (place: Place, args: readonly string[], call: PlumbingCall) => {
    const env: Record<string, string> = { ...OWN_ENV, GIT_DIR: place.gitDir };
    if (place.workTree !== undefined) env.GIT_WORK_TREE = place.workTree;
    if (place.index !== undefined) env.GIT_INDEX_FILE = place.index;
    if (call.apart === "always" || (call.apart === "unless_text" && !options.guessesText)) {
      env.GIT_OBJECT_DIRECTORY = ownObjects(place.gitDir);
    }
    if (!call.magic) env.GIT_LITERAL_PATHSPECS = "1";
    const own = (call.config ?? []).flatMap((setting) => ["-c", setting]);
    const cwd = place.workTree ?? place.gitDir;
    return await git([...SETTINGS, ...own, ...args], {
      cwd,
      env: { ...env, ...call.env },
      ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
      maxBytes: call.maxBytes ?? GIT_MAX_BYTES,
    }).catch(async (error) => {
      throw await lstatIfAny(cwd) === undefined ? folderLost(args, cwd, error) : error;
    });
  };
  return async (place, args, call = {}) => {
    const ok = call.ok ?? [0];
    let result = await run(place, args, call);
    if (ok.includes(result.code)) return result;
    const lock = /Unable to create '(.+\.lock)': File exists/.exec(result.stderr)?.[1];
    if (lock?.startsWith(ownDir) && await outlive(lock)) {
      result = await run(place, args, call);
      if (ok.includes(result.code)) return result;
    }
    throw await saidDiskFull(ownDir, result) ? diskFull(args, result) : gitError(args, result);
  };
}

/** Waits until a lock is gone or stale, and removes it then. */
async function outlive(lock: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      const { mtime } = await Deno.lstat(lock);
      if (Date.now() - (mtime?.getTime() ?? 0) > STALE_LOCK_MS) {
        await Deno.remove(lock);
        return true;
      }
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return true;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function folderLost(args: readonly string[], folder: string, cause: unknown): OuroborosError {
  return new OuroborosError({
    code: "workspace_lost",
    message: `Run git "${gitVerb(args)}": the folder "${folder}" is gone`,
    hint: "Start a new run: ouroboros run SEED",
    cause,
  });
}

/** As much as is written to find out whether a disk is full. */
const PROBE_BYTES = 1024 * 1024;

/** Git says "unable to write file" for any reason: a full disk shows when one writes to it. */
async function saidDiskFull(ownDir: string, result: GitResult): Promise<boolean> {
  if (!/unable to write|write error|short write/i.test(result.stderr)) return false;
  const probe = join(ownDir, `.probe-${crypto.randomUUID()}`);
  try {
    await Deno.writeFile(probe, new Uint8Array(PROBE_BYTES));
    return false;
  } catch (error) {
    return fileError("Write", probe, error).code === "disk_full";
  } finally {
    await Deno.remove(probe).catch(() => {});
  }
}

function diskFull(args: readonly string[], result: GitResult): OuroborosError {
  const stderr = `${result.stderr.trim()}: No space left on device`;
  return gitError(args, { ...result, stderr });
}

/** The error for a git process that failed: its code from what git wrote. */
export function gitError(args: readonly string[], result: GitResult): OuroborosError {
  const said = result.stderr.trim();
  const last = said.split("\n").at(-1) || `exit code ${result.code}`;
  const [code, hint] = classify(said);
  return new OuroborosError({
    code,
    message: `Run git "${gitVerb(args)}": ${last}`,
    ...(hint === undefined ? {} : { hint }),
    cause: new Error(said),
  });
}

function classify(said: string): [ErrorCode, string?] {
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    return ["disk_full", "Free some space, then run the same command again"];
  }
  if (/not a git repository|does not exist.*objects|unable to normalize alternate/i.test(said)) {
    return ["workspace_lost", "The run's private repository is gone; start a new run"];
  }
  if (
    /bad object|unable to read (tree|sha1 file)|missing (blob|tree)|cannot read object|failed to unpack tree/i
      .test(said)
  ) {
    return [
      "workspace_lost",
      "Objects that the run borrows are gone from the repository (git gc?); start a new run",
    ];
  }
  if (/Permission denied|Read-only file system|insufficient permission/.test(said)) {
    return ["not_writable"];
  }
  return ["git_failed"];
}
