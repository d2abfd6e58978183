import type { OutsideLink } from "../kernel/outside_link.ts";

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

/**
 * What `apply` or `undo` did, or why it did nothing: paths where the user's files are in the way.
 * `undo` is "" where nothing was to be done (or for a dry run). `links`: of those paths, links that lead
 * out of the project.
 */
export type Applied =
  | { ok: true; paths: ChangedPath[]; undo: string; links?: OutsideLink[] }
  | { ok: false; overlaps: string[] };

/** What a worktree's files were recorded as. */
export interface Recorded {
  commit: ObjectId;
  tree: ObjectId;
  /** Against the parent. */
  changed: ChangedPath[];
  /** Ignored paths beside the carried ones (whole folders as one, at most 50): no part of the work. */
  ignored: string[];
  /** Folders in which somebody made a repository; their files were recorded as plain files. */
  nested: string[];
  /** Files of more than 512 MiB: in the commit as they are in the parent, or not at all. */
  tooLarge: string[];
  /** Folders that could not be read (too deep, or of somebody else): what is new there is left out. */
  unread: string[];
}

/** Options of a throw-away checkout. */
export interface CheckoutOptions {
  /**
   * Names a state of prepared, ignored files (a digest of what `prepare` depends on). A checkout
   * that was marked with the same key keeps its ignored files; without a key they always go.
   */
  keep?: string;
  /** The tree is somebody's work: what may have been built is told by its time from what was not. */
  work?: WorkOn;
}

/** What a tree is the work on. */
export interface WorkOn {
  base: ObjectId;
  /** Whether a path is not the work's to change: those files are newer than all others. */
  guards?(path: string): boolean;
}

/** A throw-away checkout. */
export interface Checkout {
  /** The project's folder in it. */
  path: string;
  /** Ignored files of the same `keep` key are still there: preparing again is not needed. */
  prepared: boolean;
  /**
   * Marks it as prepared for its `keep` key; to be called after a successful `prepare`. Not marked
   * where that left or changed a file that git does not ignore, beside the given ones: a clean
   * checkout would not have it. Errors: git_failed.
   */
  keep(given?: (path: string) => boolean): Promise<void>;
  /** Gives it back for the next tree. */
  release(): Promise<void>;
}

/** One file of a tree. */
export interface TreeFile {
  /** Relative to the project. */
  path: string;
  kind: "file" | "executable" | "link" | "submodule";
  /** Id of its bytes; of the target's text for a link. */
  id: ObjectId;
}

/** What is applied, and how. */
export interface ApplyOptions {
  from: ObjectId;
  to: ObjectId;
  /**
   * `worktree`: as uncommitted changes, index untouched. `commit`: the same, committed as the user
   * with their hooks and signing. `branch`: a new branch with one commit on HEAD, files untouched.
   */
  mode:
    | { kind: "worktree" }
    | { kind: "commit"; message: string }
    | { kind: "branch"; name: string; message?: string };
  dryRun?: boolean;
}

/** An `apply` that is recorded in the run's folder. */
export interface AppliedRecord {
  /** What `undo` takes. */
  token: string;
  /** UTC, ISO 8601. */
  at: string;
  /** `applying` is one that was cut off: `undo` takes back what it did. */
  state: "applying" | "applied" | "undone";
}

/** How ignored paths come into worktrees and checkouts. */
export interface CarrySpec {
  /** Paths relative to the project, as git does not hold them (`node_modules`). */
  paths: readonly string[];
}

/**
 * Every path that goes in or comes out is relative to the project, with "/" between; where the
 * project is a folder within a repository, a file beside it begins with "../". Paths of worktrees
 * and checkouts are those of the project's folder in them.
 *
 * One run's private repository, worktrees and checkouts: all below one folder of ours. The user's
 * files, index, refs, stash, hooks, config and reflog are only read until `apply`.
 * Errors: git_missing, git_failed, workspace_lost, workspace_unsupported, disk_full, not_writable.
 */
export interface RunWorkspace {
  /** Folder of ours that holds everything of this run. */
  readonly dir: string;
  /** The user's project folder (the seed's `workspace.dir`). */
  readonly project: string;
  /** Snapshot of the working tree as it is, or of `ref`; the run's branch begins there. */
  snapshot(options: { ref?: string }): Promise<BaseSnapshot>;
  /** A worktree for a criterion at `commit`, made or, when it survived, found again. */
  worktree(name: string, commit: ObjectId): Promise<{ path: string; fresh: boolean }>;
  /** Records a worktree's files as a commit of ours on top of `parent`; no hooks, no signing. */
  commit(
    name: string,
    options: { parent: ObjectId; message: string },
  ): Promise<Recorded>;
  /**
   * A commit on top of `parent` of a recorded tree, in which `paths` are those of `from`; what is not
   * there goes. The worktree's files follow when it is taken again at that commit.
   */
  putBack(
    name: string,
    options: {
      tree: ObjectId;
      from: ObjectId;
      paths: readonly string[];
      parent: ObjectId;
      message: string;
    },
  ): Promise<{ commit: ObjectId; tree: ObjectId }>;
  /** Moves a worktree onto another commit, with its uncommitted changes gone. */
  reset(name: string, commit: ObjectId): Promise<void>;
  /** A throw-away checkout of a tree; the same tree again gives a clean one, reused where possible. */
  checkout(tree: ObjectId, purpose: string, options?: CheckoutOptions): Promise<Checkout>;
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
  /** The same, with what each path is. */
  listEntries(tree: ObjectId): Promise<TreeFile[]>;
  changed(from: ObjectId, to: ObjectId): Promise<ChangedPath[]>;
  /** New or changed links that lead out of the project's repository, or out of its folder. */
  outsideLinks(from: ObjectId, to: ObjectId): Promise<OutsideLink[]>;
  /** Unified diff from base to the run's branch (or `to`), with binary parts. */
  diff(from: ObjectId, to: ObjectId): Promise<string>;
  /** Brings the run's result into the user's tree. */
  apply(options: ApplyOptions): Promise<Applied>;
  /** Takes back what an `apply` did; refused where files changed since. */
  undo(token: string, options?: { dryRun?: boolean }): Promise<Applied>;
  /** Every `apply` of this run, oldest first. */
  applied(): Promise<AppliedRecord[]>;
  /** Removes everything of this run below `dir`. */
  discard(): Promise<{ bytes: number }>;
}
