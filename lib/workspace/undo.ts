import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { type AppliedManifest, readManifest, writeManifest } from "./applied_record.ts";
import { keptFolders } from "./apply.ts";
import { binaryOf, lineOf } from "./bytes.ts";
import { removeFile, takeSteps, temporaryName } from "./file_changes.ts";
import { fileError } from "./file_error.ts";
import type { GitRunner } from "./git_runner.ts";
import type { ProjectPaths } from "./project_paths.ts";
import type { Applied, ChangedPath } from "./run_workspace.ts";
import { planUndo } from "./undo_plan.ts";
import { literalSpecs, userGit } from "./user_git.ts";

const GOES_ON = "ouroboros undo RUN, which goes on from there";

/** What an `undo` is done with. */
export interface UndoParts {
  userGit: GitRunner;
  /** The user's top folder. */
  root: string;
  paths: ProjectPaths;
  /** `<run>/applied`. */
  folder: string;
}

/**
 * Takes back what an `apply` did, byte for byte, or nothing where files changed since. Also for one
 * that was cut off half way. Errors: not_found, conflict, disk_full, not_writable, git_failed.
 */
export async function undoWork(
  parts: UndoParts,
  token: string,
  options: { dryRun?: boolean } = {},
): Promise<Applied> {
  const { root, folder, paths } = parts;
  const manifest = await readManifest(folder, token);
  if (manifest.state === "undone") return { ok: true, paths: [], undo: token };
  const plan = await planUndo(root, folder, manifest);
  const out = (path: string) => paths.out(binaryOf(path));
  if (plan.changed.length > 0) return { ok: false, overlaps: plan.changed.map(out) };
  const kinds = { added: "deleted", deleted: "added", modified: "modified", type: "type" } as const;
  const result = manifest.changes.map(({ path, kind }): ChangedPath => ({
    path: out(path),
    kind: kinds[kind],
  }));
  await refuseMoved(parts, manifest);
  if (options.dryRun) return { ok: true, paths: result, undo: token };
  try {
    // One that was cut off left at most one, in one of these folders.
    const left = new Set(manifest.changes.map(({ path }) => temporaryName(path, token)));
    for (const path of left) removeFile(join(root, path));
    await takeSteps(plan.steps, {
      root,
      token,
      prunable: manifest.madeFolders,
      keep: keptFolders(parts),
    });
  } catch (error) {
    const failed = fileError("Undo the changes in", root, error);
    throw new OuroborosError({
      code: failed.code,
      message: `${failed.message}; what was taken back until then stays so`,
      hint: failed.code === "not_writable"
        ? `${failed.hint}; then: ${GOES_ON}`
        : failed.hint ?? GOES_ON,
      cause: failed,
    });
  }
  await undoCommit(parts, manifest);
  await writeManifest(folder, { ...manifest, state: "undone" });
  return { ok: true, paths: result, undo: token };
}

/** A commit or branch of ours that somebody built upon stays. */
async function refuseMoved(parts: UndoParts, manifest: AppliedManifest): Promise<void> {
  const { commit, branch } = manifest;
  if (commit !== undefined && await idOf(parts, "HEAD") !== commit.after) {
    throw new OuroborosError({
      code: "conflict",
      message: `Undo the commit "${commit.after.slice(0, 12)}": HEAD is elsewhere now`,
      hint: `git revert ${commit.after}`,
    });
  }
  if (branch === undefined) return;
  const now = await idOf(parts, `refs/heads/${branch.name}`);
  if (now === "" || now === branch.commit) return;
  throw new OuroborosError({
    code: "conflict",
    message: `Undo the branch "${branch.name}": it has moved on, and what was committed to it ` +
      "since would be lost",
    hint: `To look: git log ${branch.commit.slice(0, 12)}..${branch.name}; ` +
      `to keep it under another name: git branch --move ${branch.name} ${branch.name}-kept, ` +
      "then undo again",
  });
}

async function undoCommit(parts: UndoParts, manifest: AppliedManifest): Promise<void> {
  const { commit, branch } = manifest;
  const run = (args: string[], stdin?: string) =>
    userGit(parts.userGit, parts.root, args, stdin === undefined ? {} : { stdin });
  if (commit !== undefined) {
    await run(["update-ref", "-m", "ouroboros undo", "HEAD", commit.before, commit.after]);
    const specs = literalSpecs(manifest.changes.map((change) => change.path));
    const from = ["--pathspec-from-file=-", "--pathspec-file-nul"];
    await run(["reset", "--quiet", ...from, commit.before], specs);
  }
  // Refused by git while it is checked out somewhere.
  if (branch !== undefined && await idOf(parts, `refs/heads/${branch.name}`) !== "") {
    await run(["branch", "--quiet", "--delete", "--force", branch.name]);
  }
}

async function idOf(parts: UndoParts, name: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", name];
  return lineOf((await userGit(parts.userGit, parts.root, args, { ok: [0, 1] })).stdout);
}
