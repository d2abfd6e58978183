import type { CheckSource } from "./check_sources.ts";

/**
 * What a checkout is given for one run of a control: new texts of files; null for none at all, or
 * a link to another place.
 */
export type Dose = ReadonlyMap<string, string | { link: string } | null>;

type Place = "head" | "end";

/** The first look: all test functions, or where there is none the programs, failing at once. */
export function firstDose(sources: readonly CheckSource[]): Dose {
  const tested = withFunctions(sources);
  return tested.length > 0 ? functions(tested, "head") : scripts(programs(sources), "head");
}

/** Sources that have test functions. */
export function withFunctions(sources: readonly CheckSource[]): CheckSource[] {
  return sources.filter((one) => one.poison.functions > 0);
}

/** Plain programs: those that the command names, else those that start by themselves, else all. */
export function programs(sources: readonly CheckSource[]): CheckSource[] {
  const plain = sources.filter((one) => one.own && one.poison.functions === 0 && one.poison.script);
  const named = plain.filter((one) => one.named);
  if (named.length > 0) return named;
  const startable = plain.filter((one) => one.startable);
  return startable.length > 0 ? startable : plain;
}

/** Each test function fails at its start, or at its end. */
export function functions(sources: readonly CheckSource[], at: Place): Dose {
  return doseOf(sources, (source) => source.poison.failingFunctions(at));
}

/** Each program fails at its start, or at its end. */
export function scripts(sources: readonly CheckSource[], at: Place): Dose {
  return doseOf(sources, (source) => source.poison.failingScript(at));
}

/** Sources with other texts; one whose text stays is left out, so that nothing is tried for it. */
export function doseOf<T extends { path: string; text: string }>(
  sources: readonly T[],
  textOf: (source: T) => string,
): Dose {
  return new Map(
    sources.map((source) => [source, textOf(source)] as const)
      .filter(([source, text]) => text !== source.text)
      .map(([source, text]) => [source.path, text]),
  );
}

/** Names sources for people: the first, and how many others there are. */
export function namesOf(sources: readonly { path: string }[]): string {
  const first = `"${sources[0]?.path}"`;
  if (sources.length <= 1) return first;
  return `${first} and ${sources.length - 1} other ${sources.length === 2 ? "file" : "files"}`;
}
