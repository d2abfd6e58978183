import { OuroborosError } from "../kernel/error.ts";
import type { Captured, CaptureSpec, ChildEnd } from "../process/child.ts";

/** What a git process left. */
export interface GitResult {
  code: number;
  /** Raw: names in it may hold any byte but NUL. */
  stdout: Uint8Array;
  stderr: string;
}

/** How one git process is started. */
export interface GitCall {
  cwd: string;
  /** Written and closed; left out, stdin is at its end. */
  stdin?: Uint8Array | string;
  /** Added to the little that git always gets (PATH, HOME and the like); no other GIT_* name. */
  env?: Readonly<Record<string, string>>;
  /** More bytes on stdout than this are an error. */
  maxBytes?: number;
  /** Total time, milliseconds. Default: {@link GIT_TIMEOUT_MS}. */
  timeoutMs?: number;
  /** Aborting it ends the process. */
  cancel?: AbortSignal;
}

/**
 * Starts one git process and waits for it; an exit code other than 0 is a result, not an error.
 * The child must not inherit any `GIT_*` variable: a hook that starts us sets GIT_DIR.
 * Errors: git_missing, timed_out, output_limit, not_started, cancelled.
 */
export type GitRunner = (args: readonly string[], call: GitCall) => Promise<GitResult>;

/** Longest time for one git process: 50,000 cold files on a slow disk take well under it. */
export const GIT_TIMEOUT_MS = 5 * 60_000;

/** Output of one call when the caller names no limit: 400,000 paths of 600 bytes. */
export const GIT_MAX_BYTES = 256 * 1024 * 1024;

/** The part of the process room that git needs. */
export interface Capture {
  capture(spec: CaptureSpec): Promise<Captured>;
}

/**
 * Git over the process room. `env` holds PATH, HOME and what else git needs to find the user's
 * settings (XDG_CONFIG_HOME, SSH_AUTH_SOCK, GNUPGHOME); names that begin with GIT_ are left out.
 */
export function gitRunner(processes: Capture, env: Readonly<Record<string, string>>): GitRunner {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_/i.test(name)));
  return async (args, call) => {
    const maxBytes = call.maxBytes ?? GIT_MAX_BYTES;
    const timeoutMs = call.timeoutMs ?? GIT_TIMEOUT_MS;
    const ran = await processes.capture({
      argv: ["git", ...args],
      cwd: call.cwd,
      env: { values: { ...own, ...call.env } },
      ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
      ...(call.cancel === undefined ? {} : { cancel: call.cancel }),
      limits: { totalMs: timeoutMs, outputBytes: maxBytes, lineBytes: maxBytes },
      maxBytes,
      reapDescendants: false,
      label: "git",
    }).catch((error) => {
      throw asGitMissing(error);
    });
    if (ran.end.limit !== undefined) throw limitError(args, ran.end);
    if (ran.end.code === null || ran.end.reason === "cancelled") throw killedError(args, ran.end);
    return { code: ran.end.code, stdout: ran.stdout, stderr: ran.stderr };
  };
}

function asGitMissing(error: unknown): unknown {
  if (!(error instanceof OuroborosError) || error.code !== "program_missing") return error;
  return new OuroborosError({
    code: "git_missing",
    message: 'Start "git": it is not on the PATH',
    hint: "Install git, then run: ouroboros doctor",
    cause: error,
  });
}

function limitError(args: readonly string[], end: ChildEnd): OuroborosError {
  return new OuroborosError({
    code: end.limit === "output" || end.limit === "line" ? "output_limit" : "timed_out",
    message: `Run git "${gitVerb(args)}": ${end.why}`,
  });
}

function killedError(args: readonly string[], end: ChildEnd): OuroborosError {
  return new OuroborosError({
    code: end.reason === "cancelled" ? "cancelled" : "git_failed",
    message: `Run git "${gitVerb(args)}": ${end.why}`,
  });
}

/** The verb of a git command line, for messages: the first word that is no option of git's own. */
export function gitVerb(args: readonly string[]): string {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "-c" || arg === "-C") i++;
    else if (!arg.startsWith("-")) return arg;
  }
  return "";
}
