import type { GitRunner } from "./git_runner.ts";
import { findUserRepository, readUser } from "./user_repository.ts";

/**
 * Whether the user's git holds `path` (relative to the project's folder), or a file below it; no where
 * the project is in no repository. Errors: workspace_unsupported, git_failed.
 */
export async function isTracked(git: GitRunner, project: string, path: string): Promise<boolean> {
  const user = await findUserRepository(git, await Deno.realPath(project));
  if (user === undefined) return false;
  // Magic words before the path: its own characters mean nothing but themselves.
  const spec = `:(top,literal)${user.prefix}${path}`;
  return await readUser(git, user, ["ls-files", "--", spec]) !== "";
}
