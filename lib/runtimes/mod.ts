import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { OuroborosError } from "../kernel/error.ts";
import { capabilityTable } from "./_parts/capability_table.ts";
import type { RuntimeDefinition } from "./definition.ts";
import * as registered from "./registry.ts";

export { defineRuntime, effectivePermission, installedSkillNames } from "./definition.ts";
export { runtimePage } from "./_parts/runtime_page.ts";
export { hostPlaces } from "./_parts/host_places.ts";
export type { HostPlaces, HostSurroundings } from "./_parts/host_places.ts";
export type * from "./definition.ts";
export { validateDefinition } from "./_parts/validate_definition.ts";

/** The id of a runtime in this program: an exported name of `registry.ts`. */
export type RuntimeId = keyof typeof registered;

/** Everything that is derived from a list of runtimes. Nothing else in the program lists them. */
export interface Registry {
  /** In the order of their ids. */
  readonly all: readonly RuntimeDefinition[];
  readonly ids: readonly string[];
  /** By id or alias, in any letter case. */
  find(name: string): RuntimeDefinition | undefined;
  /** At most three ids that the word may have meant, the nearest first. */
  nearest(name: string): string[];
  /** Like `find`; throws OuroborosError unknown_runtime, naming the nearest. */
  require(name: string): RuntimeDefinition;
  /** Names of variables that the program must be able to read, for `--allow-env`; sorted, unique. */
  allowedEnvNames(): string[];
  /** Names of variables that no runtime is handed; sorted, unique. */
  withheldEnvNames(): string[];
  /** Keys of the configuration, one for each runtime that is a program of its own. */
  configKeys(): string[];
  /** What each runtime can do and what confines it, as Markdown. */
  capabilityTable(): string;
}

/**
 * A registry over `definitions`. Throws OuroborosError internal when two of them claim one name.
 */
export function createRegistry(definitions: readonly RuntimeDefinition[]): Registry {
  const all = [...definitions].sort((a, b) => a.id < b.id ? -1 : 1);
  const byName = new Map<string, RuntimeDefinition>();
  for (const definition of all) {
    for (const name of [definition.id, ...definition.aliases]) {
      const word = name.toLowerCase();
      if (byName.has(word)) {
        throw new OuroborosError({
          code: "internal",
          message: `Cannot register "${definition.id}": the name "${name}" is taken`,
        });
      }
      byName.set(word, definition);
    }
  }
  const ids = all.map((definition) => definition.id);
  const find = (name: string) => byName.get(name.trim().toLowerCase());
  const nearest = (name: string) => nearestIds(name, byName);
  return {
    all,
    ids,
    find,
    nearest,
    require(name) {
      const found = find(name);
      if (found) return found;
      const near = nearest(name);
      throw new OuroborosError({
        code: "unknown_runtime",
        message: `Unknown runtime "${name}"`,
        hint: near.length > 0
          ? `Did you mean ${near.map((id) => `"${id}"`).join(" or ")}? All: ${ids.join(", ")}`
          : `Choose one of: ${ids.join(", ")}`,
      });
    },
    allowedEnvNames: () => sortedUnique(all.flatMap(readNames)),
    withheldEnvNames: () => sortedUnique(all.flatMap((definition) => definition.env.withhold)),
    configKeys: () =>
      all.filter((definition) => definition.binary.kind === "external")
        .map((definition) => `${definition.id}_cli_path`),
    capabilityTable: () => capabilityTable(all),
  };
}

/** The runtimes of this program. */
export const REGISTRY: Registry = createRegistry(Object.values(registered));

function readNames(definition: RuntimeDefinition): string[] {
  return [
    ...definition.env.pass,
    ...(definition.placement?.home.env ? [definition.placement.home.env] : []),
    ...(definition.binary.kind === "external" ? definition.binary.signIn.env : []),
  ];
}

function sortedUnique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** Names further away than this are guesses, not mistakes in typing. */
function farthest(name: string): number {
  return Math.max(2, Math.ceil(name.length / 2));
}

function nearestIds(name: string, byName: ReadonlyMap<string, RuntimeDefinition>): string[] {
  const word = name.trim().toLowerCase();
  const left = new Set(byName.keys());
  const near: string[] = [];
  while (left.size > 0 && near.length < 3) {
    const closest = closestString(word, [...left]);
    left.delete(closest);
    if (levenshteinDistance(word, closest) > farthest(word)) break;
    const id = byName.get(closest)?.id;
    if (id !== undefined && !near.includes(id)) near.push(id);
  }
  return near;
}
