import { failingAssertions } from "./assertions.ts";
import { textAt } from "./check_sources.ts";
import { comparedFiles } from "./compared_files.ts";
import type { ControlRuns, Finding } from "./control_runs.ts";
import { doseOf, namesOf, programs } from "./dose.ts";
import { handedIn } from "./handed_in.ts";
import { ownPaths } from "./own_paths.ts";
import { poisonable } from "./poison.ts";
import { outsideLinksText } from "../kernel/outside_link.ts";

/** What stands in a file that a check compares with, for a control. */
const OTHER_TEXT = "changed by a negative control\n";
/** Where nothing is. */
const NOWHERE = "/nonexistent/ouroboros-control";
/** No language can be read with it. */
const UNREADABLE = "\n)]}\n";
/** Assertions that are tried one by one. */
const MOST_ASSERTIONS = 3;
/** Files that one dose changes at the most, where the check does not name them. */
const MOST_TEXTS = 500;
/** Languages in which an empty program ends well. */
const EMPTY_ENDS_WELL = new Set(["shell", "Python", "JavaScript"]);

/**
 * What lies behind a link out of the project is in no recorded tree: whoever wrote it can change it
 * at any time, and nobody can look at it again. A pass that needs it shows nothing.
 */
export async function restsOnOutside(runs: ControlRuns): Promise<Finding | undefined> {
  const { covers } = ownPaths(runs.check);
  const links = (await runs.files()).links.filter(({ path }) => !covers(path));
  if (links.length === 0) return undefined;
  const dose = new Map(links.map(({ path }) => [path, { link: NOWHERE }]));
  if (!await runs.noticed(() => dose)) return undefined;
  const reason = `It passes only with what lies outside of the project: ${outsideLinksText(links)}`;
  return { state: "missed", reason, file: links[0]!.path };
}

/**
 * A check that reads sources only has to notice some that cannot be read: its own; where none is
 * known what the work changed, and where nothing was (a gate without a base) whatever there is.
 */
export async function readsSources(runs: ControlRuns): Promise<Finding | undefined> {
  let spoiled: readonly { path: string; text: string }[] = [];
  const { changed, paths } = await runs.files();
  const others = changed.length > 0 ? changed.map(({ path }) => path) : [...new Set(paths)];
  const noticed = await runs.noticed(async ({ checkout, sources }) => {
    const own = sources.filter((one) => one.own);
    spoiled = own.length > 0 ? own : await textsOf(checkout, others);
    return doseOf(spoiled, ({ text }) => text + UNREADABLE);
  });
  if (!noticed) return undefined;
  const reason = `It notices what cannot be read in ${namesOf(spoiled)}`;
  return { state: "full", reason, file: spoiled[0]!.path };
}

/** A check that wants a failure has to notice where there is none. */
export async function wantsFailure(runs: ControlRuns): Promise<Finding | undefined> {
  const plain = programs(runs.sources).filter((one) =>
    EMPTY_ENDS_WELL.has(one.poison.row.language)
  );
  if (plain.length === 0 || !await runs.noticed(() => doseOf(plain, () => ""))) return undefined;
  const reason = `It notices that ${namesOf(plain)} does not fail`;
  return { state: "full", reason, file: plain[0]!.path };
}

/** A check that compares has to notice another text in what it compares with. */
export async function comparesWith(runs: ControlRuns): Promise<Finding | undefined> {
  const { paths, changed } = await runs.files();
  const names = new Set(changed.map(({ path }) => path));
  const found = comparedFiles(runs.check, { paths, changed: names, dir: runs.options.dir });
  if (found.length === 0) return undefined;
  let files: { path: string; text: string }[] = [];
  const noticed = await runs.noticed(async ({ checkout }) => {
    files = await textsOf(checkout, found, { whatever: true });
    return doseOf(files, () => OTHER_TEXT);
  });
  if (noticed === undefined) return undefined;
  const file = files[0]!.path;
  return noticed
    ? { state: "full", reason: `It notices another text in ${namesOf(files)}`, file }
    : {
      state: "partial",
      reason: `It passes also when ${namesOf(files)} says something else`,
      file,
    };
}

/** Work in the test's own process can replace what the test compares with. */
export async function replacesAssertions(runs: ControlRuns): Promise<Finding | undefined> {
  const { sources } = runs;
  const known = new Map(sources.map((one) => [one.path, failingAssertions(one)]));
  const names = [...new Set([...known.values()].flat().map(({ name }) => name))];
  const withEach = (name: string, what: "failing" | "stopped") => () =>
    doseOf(
      sources,
      ({ path, text }) => known.get(path)!.find((one) => one.name === name)?.[what] ?? text,
    );
  for (const name of names.slice(0, MOST_ASSERTIONS)) {
    if (await runs.noticed(withEach(name, "failing")) !== false) continue;
    // A filtered run may not come there at all.
    if (!await runs.noticed(withEach(name, "stopped"))) continue;
    const file = sources.find((one) => known.get(one.path)!.some((of) => of.name === name))!.path;
    const reason = `It passes also when "${name}" in "${file}" must say no`;
    return { state: "partial", reason, file };
  }
  return undefined;
}

/** What the check builds by itself it needs from nobody. */
export async function needsHandedIn(runs: ControlRuns): Promise<Finding | undefined> {
  const { changed } = await runs.files();
  const files = handedIn(runs.check, { changed, dir: runs.options.dir });
  if (files.length === 0) return undefined;
  if (!await runs.noticed(() => new Map(files.map((path) => [path, null])))) return undefined;
  const names = namesOf(files.map((path) => ({ path })));
  const reason = `It passes only with ${names} as the work handed it in, and what builds it does ` +
    "not make it";
  return { state: "partial", reason, file: files[0] };
}

/** Texts of those paths that are files; without `whatever` of sources in a known language only. */
async function textsOf(
  checkout: string,
  paths: readonly string[],
  { whatever = false } = {},
): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for (const path of paths) {
    if (path.startsWith("../") || found.length >= MOST_TEXTS) continue;
    const text = await textAt(checkout, path);
    if (text !== undefined && (whatever || poisonable(path, text))) found.push({ path, text });
  }
  return found;
}
