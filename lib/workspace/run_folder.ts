import { join } from "@std/path";

/** Where things lie in the folder of one run. */
export interface RunFolder {
  dir: string;
  /** The private bare repository. */
  gitDir: string;
  /** Indexes, one a working tree: outside of every folder that an agent or a check works in. */
  indexes: string;
  worktrees: string;
  checkouts: string;
  /** What `apply` changed in the user's tree, with the bytes of before. */
  applied: string;
  /** What the run folder is about; see RunFolderState. */
  state: string;
}

/** The places below a run's folder. */
export function runFolder(dir: string): RunFolder {
  return {
    dir,
    gitDir: join(dir, "git"),
    indexes: join(dir, "indexes"),
    worktrees: join(dir, "worktrees"),
    checkouts: join(dir, "checkouts"),
    applied: join(dir, "applied"),
    state: join(dir, "workspace.json"),
  };
}
