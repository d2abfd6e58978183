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
}

/**
 * Starts one git process and waits for it; an exit code other than 0 is a result, not an error.
 * The child must not inherit any `GIT_*` variable: a hook that starts us sets GIT_DIR.
 * Errors: git_missing, timed_out, output_limit, not_started.
 */
export type GitRunner = (args: readonly string[], call: GitCall) => Promise<GitResult>;
