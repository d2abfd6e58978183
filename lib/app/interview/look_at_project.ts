import type { Fact, ProjectFacts } from "../../engine/interview/events.ts";
import type { App } from "../app.ts";
import { lookCommands } from "./look_commands.ts";
import { lookConventions } from "./look_conventions.ts";
import { lookEntryPoints } from "./look_entry_points.ts";
import { lookGit } from "./look_git.ts";
import { lookLanguages } from "./look_languages.ts";
import { lookLine } from "./look_line.ts";
import { lookManifest } from "./look_manifest.ts";
import { lookManifests } from "./look_manifests.ts";
import { lookPaths } from "./look_paths.ts";
import { lookReader } from "./look_reader.ts";
import { type LookRepository, lookRepository } from "./look_repository.ts";

/** More than a person looks through before the first question. */
const MOST_FACTS = 20;
/** Paths stand in ids too; a person may have to type one. */
const MOST_ID_CHARS = 120;

/**
 * What a project shows of itself without a model: languages, manifests, entry points, commands, git
 * and conventions, at most {@link MOST_FACTS} of a line each, every one with the file that says so.
 * Reads names and some twenty small files, never all. Never throws: what cannot be read is left out.
 */
export async function lookAtProject(
  app: Pick<App, "git" | "clock" | "redact">,
  folder: string,
): Promise<ProjectFacts> {
  const root = await Deno.realPath(folder).catch(() => undefined);
  // An interview about a folder that is not there yet is one about something new.
  if (root === undefined) return { brownfield: false, facts: [] };
  const repository = await lookRepository(app.git, root);
  const looked = await lookPaths(root, repository);
  const listing = { paths: looked.paths, read: lookReader(root) };
  const languages = lookLanguages(looked);
  const found = await Promise.all([
    languages,
    lookManifests(listing),
    lookEntryPoints(listing),
    lookCommands(listing),
    repository ? [lookGit(repository, app.clock.now())] : [],
    lookConventions(listing),
  ]);
  return {
    brownfield: languages.length > 0 || listing.paths.some((path) => lookManifest(path)) ||
      holdsWork(repository),
    facts: cleaned(found.flat(), app.redact).slice(0, MOST_FACTS),
  };
}

/** What a repository begins with before there is anything in it. */
const BEGINNING =
  /^(?:README|LICEN[SC]E|COPYING|UNLICENSE|CHANGELOG)(?:[.-][\w.-]+)?$|^\.(?:git\w+|editorconfig)$/i;

/**
 * A commit tells of a project (of texts, of data) unless all it brought is what a hosting site makes
 * for a new repository: there is nothing yet that an answer could be about.
 */
function holdsWork(repository: LookRepository | undefined): boolean {
  return repository !== undefined && repository.head !== null &&
    (repository.tracked?.some((path) => !BEGINNING.test(path)) ?? true);
}

/** Facts as they may be shown: lines, without secrets of the environment, and no id twice. */
function cleaned(facts: readonly Fact[], redact: (text: string) => string): Fact[] {
  const known = new Map<string, Fact>();
  for (const fact of facts) {
    const id = lookLine(redact(fact.id), MOST_ID_CHARS);
    const text = lookLine(redact(fact.text));
    const source = fact.source === null ? null : lookLine(redact(fact.source));
    if (text !== "" && !known.has(id)) known.set(id, { ...fact, id, text, source });
  }
  return [...known.values()];
}
