import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { AppliedChange } from "./applied_record.ts";
import { lineOf } from "./bytes.ts";
import { isNotFound } from "./not_found.ts";
import type { SnapshotParts } from "./base_snapshot.ts";
import { compareTrees, type TreeChange } from "./tree_reads.ts";
import type { UserRepository } from "./user_repository.ts";
import { literalSpecs, userGit } from "./user_git.ts";

/** The user's repository where a commit can be put on its HEAD. Errors: workspace_unsupported. */
export function requireHead(
  parts: SnapshotParts,
  what: string,
): UserRepository & { head: string } {
  const { user } = parts;
  if (user !== undefined && user.head !== null) return { ...user, head: user.head };
  throw new OuroborosError({
    code: "workspace_unsupported",
    message: `${what} in "${parts.place.workTree}": ` +
      (user === undefined ? "it is no git repository" : "its repository has no commit yet"),
    hint: "ouroboros apply RUN, which changes the files and leaves committing to you",
  });
}

/**
 * Paths of the work that hold changes of the user's which are in no commit (before this run or since):
 * committing the files would commit those too.
 */
export async function uncommitted(
  parts: SnapshotParts,
  work: { tree: string; changes: readonly TreeChange[] },
): Promise<string[]> {
  const { head } = requireHead(parts, "Commit");
  const own = await compareTrees(parts.git, parts.place, { from: head, to: work.tree });
  const dirty = new Set(own.map((change) => change.path));
  return work.changes.map((change) => change.path).filter((path) => dirty.has(path));
}

/**
 * Commits exactly these files as the user: their identity, signing and hooks; what else they have
 * staged stays staged. A hook that says no leaves the index as it was. Errors: git_failed.
 */
export async function commitFiles(
  parts: SnapshotParts,
  changes: readonly AppliedChange[],
  message: string,
): Promise<{ before: string; after: string }> {
  const user = requireHead(parts, "Commit");
  const index = join(user.gitDir, "index");
  const kept = await readIndex(index);
  const from = ["--pathspec-from-file=-", "--pathspec-file-nul"];
  const run = (args: string[], stdin?: string) =>
    userGit(parts.userGit, user.root, args, stdin === undefined ? {} : { stdin });
  try {
    const added = changes.filter((change) => change.kind === "added").map((each) => each.path);
    if (added.length > 0) await run(["add", "--force", ...from], literalSpecs(added));
    const all = literalSpecs(changes.map((change) => change.path));
    await run(["commit", "--quiet", "--message", message, "--only", ...from], all);
  } catch (error) {
    if (kept !== undefined) await putBackIndex(index, kept);
    throw error;
  }
  return { before: user.head, after: lineOf((await run(["rev-parse", "HEAD"])).stdout) };
}

interface KeptIndex {
  bytes: Uint8Array;
  mtimeMs: number;
}

async function readIndex(index: string): Promise<KeptIndex | undefined> {
  try {
    const { mtime } = await Deno.stat(index);
    return { bytes: await Deno.readFile(index), mtimeMs: mtime?.getTime() ?? 0 };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Puts an index back in one step, not younger than it was: git looks twice at files that are not
 * older than the index.
 */
async function putBackIndex(index: string, kept: KeptIndex): Promise<void> {
  const temporary = `${index}.ouroboros`;
  await Deno.writeFile(temporary, kept.bytes);
  const seconds = Math.floor(kept.mtimeMs / 1000);
  await Deno.utime(temporary, seconds, seconds);
  await Deno.rename(temporary, index);
}
