import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { ApplyParts } from "./apply.ts";
import { requireHead } from "./apply_commit.ts";
import { writeManifest } from "./applied_record.ts";
import { lineOf } from "./bytes.ts";
import { mergeTrees } from "./merge_trees.ts";
import { outsideLinks } from "./outside_links.ts";
import type { Applied, ApplyOptions, ChangedPath } from "./run_workspace.ts";
import { compareTrees } from "./tree_reads.ts";
import { outLinks } from "./tree_views.ts";
import { userGit } from "./user_git.ts";

/**
 * Puts the work on a new branch of the user's: one commit on top of HEAD that holds what the run
 * changed and nothing of the user's uncommitted changes. Their identity and signing are used; hooks
 * are not run, for they look at a working tree and none is involved. Errors: usage, conflict, git_failed.
 */
export async function makeBranch(
  parts: ApplyParts,
  options: ApplyOptions,
  name: string,
): Promise<Applied> {
  const { git, place, paths } = parts;
  const user = requireHead(parts, "Make a branch");
  const run = (args: string[], call: Parameters<typeof userGit>[3] = {}) =>
    userGit(parts.userGit, user.root, args, call);
  const valid = await run(["check-ref-format", "--branch", name], { ok: [0, 1, 128] });
  if (valid.code !== 0 || name.startsWith("@{")) {
    throw new OuroborosError({
      code: "usage",
      message: `Make the branch "${name}": not a name for one`,
    });
  }
  const taken = async (branch: string) => {
    const args = ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}`];
    return (await run(args, { ok: [0, 1] })).code === 0;
  };
  if (await taken(name)) {
    throw new OuroborosError({
      code: "conflict",
      message: `Make the branch "${name}": there is one already`,
      hint: `ouroboros apply RUN --branch ${await freeName(name, taken)}`,
    });
  }
  const merged = await mergeTrees(git, place, {
    base: options.from,
    ours: user.head,
    theirs: options.to,
  });
  if (!merged.ok) return { ok: false, overlaps: merged.conflicts.map((path) => paths.out(path)) };
  const changes = await compareTrees(git, place, { from: user.head, to: merged.tree });
  const result = changes.map(({ path, kind }): ChangedPath => ({ path: paths.out(path), kind }));
  if (changes.length === 0) return { ok: true, paths: [], undo: "" };
  const links = outLinks(await outsideLinks(git, place, changes), paths);
  if (options.dryRun) return { ok: true, paths: result, undo: "", links };
  const pack = await git(place, ["pack-objects", "--revs", "--stdout", "--quiet"], {
    stdin: `${merged.tree}\n^${user.head}\n`,
  });
  await run(["unpack-objects", "-q"], { stdin: pack.stdout });
  const sign = (await run(["config", "--type=bool", "commit.gpgSign"], { ok: [0, 1] })).stdout;
  const message = options.mode.kind === "branch" ? options.mode.message : undefined;
  const made = await run([
    "commit-tree",
    merged.tree,
    "-p",
    user.head,
    ...(lineOf(sign) === "true" ? ["-S"] : []),
    "-F",
    "-",
  ], { stdin: message ?? "Work of an Ouroboros run\n" });
  const commit = lineOf(made.stdout);
  await Deno.mkdir(join(parts.folder, parts.token), { recursive: true });
  const manifest = {
    schema: 1 as const,
    token: parts.token,
    at: parts.now.toISOString(),
    changes: [],
    madeFolders: [],
    branch: { name, commit },
  };
  await writeManifest(parts.folder, { ...manifest, state: "applying" });
  await run(["branch", "--no-track", name, commit]);
  await writeManifest(parts.folder, { ...manifest, state: "applied" });
  return { ok: true, paths: result, undo: parts.token, links };
}

/** A name like the one that is taken already. */
async function freeName(name: string, taken: (name: string) => Promise<boolean>): Promise<string> {
  let number = 2;
  while (number < 100 && await taken(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
