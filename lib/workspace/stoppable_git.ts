import type { GitRunner } from "./git_runner.ts";

/** A git that is ended by a signal until work of its kind is done. */
export interface StoppableGit {
  git: GitRunner;
  /** From here on each call comes to its own end: what was begun is written down and put away. */
  settle(): void;
}

/**
 * Git for looking at files that may be many: whoever asks for an end has it at once, and not when the
 * last file is read. Errors: those of the runner, cancelled.
 */
export function stoppableGit(git: GitRunner, cancel: AbortSignal): StoppableGit {
  let settled = false;
  return {
    git: (args, call) => git(args, settled ? call : { ...call, cancel }),
    settle() {
      settled = true;
    },
  };
}
