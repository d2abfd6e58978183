/** A commit or tree in the run's private repository: 40 or 64 hex digits. */
export type ObjectId = string;

/** What the run starts from. */
export interface BaseSnapshot {
  /** Commit of ours whose tree is the user's tree as it was (or the named ref's). */
  commit: ObjectId;
  tree: ObjectId;
  /** The user's HEAD commit, null without one. */
  head: ObjectId | null;
  /** The user's branch name, null when detached or none. */
  branch: string | null;
  /** Paths that differ from HEAD in the snapshot: changed, new, deleted. */
  dirty: number;
  files: number;
  /** Things people should know: "submodule lib/x is taken as it is checked out", … */
  notices: string[];
}

/** One path that changed between two trees. */
export interface ChangedPath {
  path: string;
  kind: "added" | "modified" | "deleted" | "type";
}

/** Bringing an attempt into the run's branch. */
export type Integration =
  | { ok: true; head: ObjectId; tree: ObjectId }
  | { ok: false; conflicts: string[] };

/** What `apply` did, or why it did nothing. */
export type Applied =
  | { ok: true; paths: ChangedPath[]; undo: string }
  | { ok: false; overlaps: string[] };

/** How ignored paths come into worktrees and checkouts. */
export interface CarrySpec {
  /** Paths relative to the project, as git does not hold them (`node_modules`). */
  paths: readonly string[];
}

/**
 * One run's private repository, worktrees and checkouts: all below one folder of ours. The user's
 * files, index, refs, stash, hooks, config and reflog are only read until `apply`.
 * Errors: git_missing, git_failed, workspace_lost, workspace_unsupported, disk_full, not_writable.
 */
export interface RunWorkspace {
  /** Folder of ours that holds everything of this run. */
  readonly dir: string;
  /** The user's project folder (the seed's `workspace.dir`). */
  readonly project: string;
  /** Snapshot of the working tree as it is, or of `ref`. */
  snapshot(options: { ref?: string }): Promise<BaseSnapshot>;
  /** A worktree for a criterion at `commit`, made or, when it survived, found again. */
  worktree(name: string, commit: ObjectId): Promise<{ path: string; fresh: boolean }>;
  /** Records a worktree's files as a commit of ours on top of `parent`; no hooks, no signing. */
  commit(
    name: string,
    options: { parent: ObjectId; message: string },
  ): Promise<{ commit: ObjectId; tree: ObjectId; changed: ChangedPath[] }>;
  /** Moves a worktree onto another commit, with its uncommitted changes gone. */
  reset(name: string, commit: ObjectId): Promise<void>;
  /** A throw-away checkout of a tree; the same tree again gives a clean one, reused where possible. */
  checkout(tree: ObjectId, purpose: string): Promise<{ path: string; release(): Promise<void> }>;
  /** Brings `commit` (made on top of `base`) onto the run's branch, three-way. */
  integrate(commit: ObjectId, base: ObjectId): Promise<Integration>;
  /** Head of the run's branch. */
  head(): Promise<ObjectId>;
  /** Puts the run's branch on `commit`: the journal, not the ref, knows where the branch belongs. */
  moveHead(commit: ObjectId): Promise<void>;
  tree(commit: ObjectId): Promise<ObjectId>;
  /** Bytes of a file in a tree; undefined when it is not there. */
  readFile(tree: ObjectId, path: string): Promise<Uint8Array | undefined>;
  /** Paths of a tree. */
  listFiles(tree: ObjectId): Promise<string[]>;
  changed(from: ObjectId, to: ObjectId): Promise<ChangedPath[]>;
  /** Unified diff from base to the run's branch (or `to`), with binary parts. */
  diff(from: ObjectId, to: ObjectId): Promise<string>;
  /** Brings the run's result into the user's tree. */
  apply(
    options: {
      from: ObjectId;
      to: ObjectId;
      mode: { kind: "worktree" } | { kind: "commit"; message: string } | {
        kind: "branch";
        name: string;
      };
      dryRun?: boolean;
    },
  ): Promise<Applied>;
  /** Takes back what an `apply` did; refused where files changed since. */
  undo(token: string, options?: { dryRun?: boolean }): Promise<Applied>;
  /** Removes everything of this run below `dir`. */
  discard(): Promise<{ bytes: number }>;
}
