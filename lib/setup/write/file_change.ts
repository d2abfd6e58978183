/** One file of a plan: what it was when the plan was shown, and what it becomes. */
export interface FileChange {
  /** Absolute. */
  path: string;
  /** SHA-256 (hex) of the bytes that the plan was made from; null: there was no file. */
  before: string | null;
  /** The new bytes; null: the file goes. */
  after: Uint8Array | null;
  /** Permission bits of a file that is made (the user's umask applies); 0o644 when left out. */
  mode?: number;
}

/** A plan to be carried out as a whole. */
export interface Transaction {
  /** Our own folder, `~/.ouroboros`: what is needed to recover lies there meanwhile. */
  root: string;
  changes: readonly FileChange[];
  /** Folders that go, the innermost first, where they are empty when all files are done. */
  emptied?: readonly string[];
  /** Folders that are ours and must be no links, where they are there. */
  ours?: readonly string[];
}

/** What a transaction did. */
export interface Applied {
  /** Folders that were made, the outermost first. */
  made: readonly string[];
  /** Folders that went. */
  removed: readonly string[];
}
