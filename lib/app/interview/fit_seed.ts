import { isGlob } from "@std/path";
import type { Suggestion } from "../../checks/detect.ts";
import type { CheckDocument, SeedDocument } from "../../engine/seed/seed_document.ts";
import { portablePathProblem } from "../../engine/seed/portable_path.ts";
import { overlaps } from "../../engine/seed/relate_criteria.ts";
import { pathGlob } from "../../kernel/path_glob.ts";

/** What is known of the project that a seed is for. */
export interface SeedSurroundings {
  /** Paths of the project's files. */
  paths: readonly string[];
  /** What probably checks it, one for each kind that it is. */
  tools: readonly Suggestion[];
  /** Ignored paths that the tools need and that are there. */
  carry: readonly string[];
}

/** More files one by one say nothing to a person. */
const MOST_NAMED = 20;
/** As many as a seed may name. */
const MOST_CARRIED = 100;
/** Names of scripts that look and change nothing. */
const LOOKS = /(?:^|[/._-])(?:tests?|specs?|checks?|verify)(?:[/._-]|$)/i;

/**
 * A seed with what the project itself tells: the tests that its checks start are protected where the
 * seed names none, and what git does not hold is carried, or prepared where it is not there. What the
 * work brings is never protected.
 */
export function fitSeed(document: SeedDocument, around: SeedSurroundings): SeedDocument {
  const entries = document.acceptance_criteria ?? [];
  const brought = entries.flatMap((one) =>
    typeof one === "string" ? [] : [one.artifacts ?? []].flat()
  );
  const criteria = entries.map((one) => {
    if (typeof one === "string" || one.check === undefined || typeof one.check === "string") {
      return one;
    }
    const checks = [one.check].flat().map((check) =>
      typeof check === "string" ? check : guarded(check, around, brought)
    );
    return { ...one, check: checks.length === 1 ? checks[0]! : checks };
  });
  const { metadata, ...head } = document;
  return {
    ...head,
    acceptance_criteria: criteria,
    ...(document.workspace ? {} : workspaceOf(around, runsOf(criteria))),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function guarded(
  check: CheckDocument,
  around: SeedSurroundings,
  brought: readonly string[],
): CheckDocument {
  if (check.run === undefined || check.protect !== undefined) return check;
  const given = Object.keys(check.files ?? {});
  const isThere = (path: string) =>
    given.includes(path) || around.paths.some((one) => one === path || one.startsWith(`${path}/`));
  const words = namedPaths(check.run);
  const named = words.flat();
  const missing = words.filter((paths) => !paths.some(isThere)).flat()
    .filter((path) => /[./]/.test(path));
  const own = around.tools.flatMap((tool) => testsOf(tool, { run: check.run!, named, around }))
    .flatMap(({ glob, files }) => {
      // The work brings a test of its own: only those that are there can be put back.
      const brings = [...brought, ...missing].some((path) => overlaps(glob, path));
      return brings ? files.filter((file) => mayName(file, brought)).slice(0, MOST_NAMED) : glob;
    });
  const scripts = named.filter((path) =>
    around.paths.includes(path) && LOOKS.test(path) && mayName(path, brought) &&
    !own.some((glob) => pathGlob(glob).test(path))
  );
  const protect = [...new Set([...own, ...scripts])].filter((path) => !given.includes(path));
  return protect.length === 0 ? check : { ...check, protect };
}

/** Globs of a kind's tests of which the project has some, where the command starts any of them. */
function testsOf(
  tool: Suggestion,
  { run, named, around }: { run: string; named: readonly string[]; around: SeedSurroundings },
): { glob: string; files: readonly string[] }[] {
  const found = tool.protect.map((glob) => {
    const pattern = pathGlob(glob);
    return { glob, files: around.paths.filter((path) => pattern.test(path)) };
  }).filter((one) => one.files.length > 0)
    // A folder of tests holds what they read too.
    .toSorted((a, b) => Number(a.glob.startsWith("**")) - Number(b.glob.startsWith("**")));
  const started = run.includes(tool.check) ||
    found.some(({ files }) =>
      files.some((file) => named.some((path) => file === path || file.startsWith(`${path}/`)))
    );
  if (!started) return [];
  // One glob that says all is enough.
  return found.filter(({ files }, index) =>
    !found.some((other, at) =>
      at !== index && files.every((file) => other.files.includes(file)) &&
      (other.files.length > files.length || at < index)
    )
  );
}

/** Whether a file can be named by itself: the work does not bring it, and a seed can hold its name. */
function mayName(path: string, brought: readonly string[]): boolean {
  return !isGlob(path) && portablePathProblem(path) === null &&
    !brought.some((one) => overlaps(path, one));
}

/** What each word of a command may mean as a path: itself, and a module of Python. */
function namedPaths(run: string): string[][] {
  const words = run.split(/[\s'"`;|&()<>$=]+/).map((word) => word.replace(/^\.\//, ""))
    .filter((word) => /^[\w@][\w./@+-]*$/.test(word));
  return words.map((word) => {
    const path = word.replace(/\/+$/, "");
    if (word.includes("/") || !/^\w+(?:\.\w+)+$/.test(word)) return [path];
    // `tests.test_new` and `tests.test_new.NewCase.test_it`.
    const parts = word.split(".");
    return [path, ...parts.map((_, at) => `${parts.slice(0, at + 1).join("/")}.py`).slice(1)];
  });
}

/** Command lines of all checks. */
function runsOf(criteria: NonNullable<SeedDocument["acceptance_criteria"]>): string[] {
  return criteria.flatMap((one) => typeof one === "string" ? [] : [one.check ?? []].flat())
    .flatMap((check) => typeof check === "string" ? [check] : check.run ?? []);
}

function workspaceOf(
  around: SeedSurroundings,
  runs: readonly string[],
): Pick<SeedDocument, "workspace"> {
  const { tools, carry } = around;
  // What a seed cannot hold is carried all the same, as long as it names nothing.
  const holds = carry.every((path) => portablePathProblem(path) === null);
  if (carry.length > MOST_CARRIED || !holds) return {};
  if (carry.length > 0) return { workspace: { carry: [...carry] } };
  // What no check needs would only be one more thing that can fail.
  const prepare = tools.find((tool) =>
    tool.prepare &&
    runs.some((run) => testsOf(tool, { run, named: namedPaths(run).flat(), around }).length > 0)
  )?.prepare;
  if (!prepare) return {};
  return { workspace: { prepare: { run: prepare.run, when: [...prepare.when] } } };
}
