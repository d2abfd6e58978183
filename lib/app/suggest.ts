import { join } from "@std/path";
import { detectChecks, type Suggestion } from "../checks/detect.ts";
import type { Seed } from "../engine/seed/seed.ts";
import type { GitRunner } from "../workspace/git_runner.ts";
import { isTracked } from "../workspace/is_tracked.ts";
import { readPlainFile } from "./read_plain_file.ts";

/** Folders that tools fill: their names count, what is in them does not. */
const FILLED = new Set(
  "node_modules .git .hg .venv venv target dist build vendor __pycache__ .cache .tox .gradle".split(
    " ",
  ),
);
const MOST_PATHS = 20_000;
const DEEPEST = 8;

/**
 * What a project probably needs, from its names. What git holds is in every checkout, and so is
 * neither carried nor prepared. Errors: workspace_unsupported, git_failed.
 */
export async function suggestFor(git: GitRunner, project: string): Promise<Suggestion[]> {
  const paths: string[] = [];
  await list(project, "", paths, 0);
  const found = await detectChecks({
    paths,
    read: (path) => readText(join(project, path)).catch(() => undefined),
  });
  return await Promise.all(found.map((one) => withoutHeld(git, project, one)));
}

async function withoutHeld(
  git: GitRunner,
  project: string,
  { prepare, ...suggestion }: Suggestion,
): Promise<Suggestion> {
  const carry: string[] = [];
  for (const path of suggestion.carry) {
    if (!await isTracked(git, project, path)) carry.push(path);
  }
  const needed = prepare !== undefined && carry.length === suggestion.carry.length;
  return { ...suggestion, carry, ...(needed ? { prepare } : {}) };
}

/** Of what is read for a guess: a project's files are anybody's. */
const MOST_BYTES = 1_000_000;

async function readText(path: string): Promise<string> {
  return new TextDecoder().decode((await readPlainFile(path, MOST_BYTES)).bytes);
}

async function list(root: string, folder: string, paths: string[], depth: number): Promise<void> {
  const entries: Deno.DirEntry[] = [];
  for await (const entry of Deno.readDir(join(root, folder))) entries.push(entry);
  // Files first: what a folder is shows at its top.
  entries.sort((a, b) =>
    Number(a.isDirectory) - Number(b.isDirectory) || (a.name < b.name ? -1 : 1)
  );
  for (const { name, isDirectory } of entries) {
    if (paths.length >= MOST_PATHS) return;
    const path = folder === "" ? name : `${folder}/${name}`;
    paths.push(path);
    if (!isDirectory || FILLED.has(name) || depth + 1 >= DEEPEST) continue;
    // A folder that may not be read is none of the project's tests.
    await list(root, path, paths, depth + 1).catch(() => {});
  }
}

/**
 * Ignored paths to copy into worktrees and checkouts: the seed's own list, or, where it has none,
 * those of `known` (else of {@link suggestFor}) that are there. The plan shows them.
 */
export async function suggestedCarry(
  git: GitRunner,
  project: string,
  seed: Pick<Seed, "workspace">,
  known?: readonly Suggestion[],
): Promise<readonly string[]> {
  const { carry: own, carryNone, prepare } = seed.workspace;
  if (own.length > 0 || carryNone || prepare) return own;
  const folder = join(project, seed.workspace.dir);
  const carry: string[] = [];
  for (const { carry: paths } of known ?? await suggestFor(git, folder).catch(() => [])) {
    for (const path of paths) {
      const info = await Deno.stat(join(folder, path)).catch(() => undefined);
      const relative = seed.workspace.dir === "." ? path : `${seed.workspace.dir}/${path}`;
      if (info && !carry.includes(relative)) carry.push(relative);
    }
  }
  return carry;
}

/**
 * What the plan says of things that the seed leaves open and the project seems to have: a check
 * where nothing decides, files to protect, a preparation. A line each.
 */
export function suggestionNotices(
  seed: Pick<Seed, "criteria" | "workspace">,
  suggestions: readonly Suggestion[],
): string[] {
  const { carry, carryNone, prepare } = seed.workspace;
  const commands = seed.criteria.flatMap((one) =>
    one.checks.flatMap((check) => check.kind === "command" ? [check] : [])
  );
  const open = seed.criteria.some((one) => one.checks.length === 0 && !one.exemption);
  const notices: string[] = [];
  for (const found of suggestions) {
    const seems = `This seems to be a ${found.kind} project`;
    if (open) notices.push(`${seems}: "${found.check}" may be the check that is missing`);
    const used = commands.filter((one) => one.run.includes(found.check));
    if (used.length === 0) continue;
    if (found.protect.length > 0 && used.every((one) => one.protect.length === 0)) {
      const globs = found.protect.map((glob) => `"${glob}"`).join(", ");
      notices.push(
        `The work may change the tests of "${found.check}"; protect them with protect: [${globs}]`,
      );
    }
    if (found.prepare && !prepare && !carryNone && carry.length === 0) {
      notices.push(`${seems}; a fresh checkout may need workspace.prepare: "${found.prepare.run}"`);
    }
  }
  return notices;
}
