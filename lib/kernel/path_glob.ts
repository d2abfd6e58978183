import { globToRegExp } from "@std/path";

/** Tells which paths a glob means. */
export interface PathGlob {
  /** Relative path, "/" between folders. */
  test(path: string): boolean;
}

/** Alternatives that one glob may stand for; `{a,b}{c,d}` stands for four. */
const MOST_ALTERNATIVES = 64;
/** In one part of a path: each more multiplies the time by its length. */
const MOST_STARS = 3;

/**
 * What makes a glob one that could take for ever on some path, as the end of a sentence; null for
 * one that cannot. An agent chooses the paths that it is held against.
 */
export function globProblem(glob: string): string | null {
  const alternatives = expandBraces(glob);
  if (alternatives === undefined) return `must stand for at most ${MOST_ALTERNATIVES} alternatives`;
  for (const part of alternatives.flatMap((one) => one.split("/"))) {
    if (/[*+]\(/.test(part)) return 'must not repeat a group, as in "*(a)"';
    const stars = part.match(/\*+|[?!]\(/g)?.length ?? 0;
    if (stars > MOST_STARS) return `must have at most ${MOST_STARS} "*" between two "/"`;
  }
  return null;
}

/**
 * A glob with `*`, `?`, `[a-z]`, `{a,b}` and `**` (any number of folders). Part by part, so that the
 * time grows with the length of the path, and never with its power.
 */
export function pathGlob(glob: string): PathGlob {
  const patterns = (expandBraces(glob) ?? [glob]).map((one) => one.split("/").map(partOf));
  return {
    test(path) {
      const parts = path.split("/");
      return patterns.some((pattern) => matches(pattern, parts));
    },
  };
}

type Part = "folders" | RegExp;

function partOf(part: string): Part {
  if (part === "**") return "folders";
  return globToRegExp(part.replace(/\*{2,}/g, "*"), { extended: true, globstar: true });
}

/** Which places of the pattern can be reached after each part of the path. */
function matches(pattern: readonly Part[], parts: readonly string[]): boolean {
  const last = pattern.length - 1;
  let reached = skipFolders(new Set([0]), pattern);
  for (const part of parts) {
    const next = new Set<number>();
    for (const place of reached) {
      const wanted = pattern[place];
      if (wanted === undefined) continue;
      if (wanted === "folders") {
        next.add(place);
        // At the end it stands for what lies in a folder, and not for the folder itself.
        if (place === last) next.add(place + 1);
      } else if (wanted.test(part)) next.add(place + 1);
    }
    if (next.size === 0) return false;
    reached = skipFolders(next, pattern);
  }
  return reached.has(pattern.length);
}

/** No folder at all is a number of folders too. */
function skipFolders(places: Set<number>, pattern: readonly Part[]): Set<number> {
  // A set gives what is added while it is gone through.
  for (const place of places) {
    if (pattern[place] === "folders" && place < pattern.length - 1) places.add(place + 1);
  }
  return places;
}

/** Every glob without braces that a glob stands for; undefined where those are too many. */
function expandBraces(glob: string): string[] | undefined {
  let done: string[] = [];
  let open = [glob];
  while (open.length > 0) {
    const next: string[] = [];
    for (const one of open) {
      const group = firstGroup(one);
      if (group === undefined) done = [...done, one];
      else next.push(...group.choices.map((choice) => group.before + choice + group.after));
      if (done.length + next.length > MOST_ALTERNATIVES) return undefined;
    }
    open = next;
  }
  return done;
}

/** The first `{a,b}`, by its outermost commas; braces that are not closed are letters. */
function firstGroup(
  glob: string,
): { before: string; choices: string[]; after: string } | undefined {
  let start = -1;
  let depth = 0;
  let cuts: number[] = [];
  for (let at = 0; at < glob.length; at++) {
    const letter = glob[at];
    if (letter === "[") {
      const end = glob.indexOf("]", at + 2);
      if (end > 0) at = end;
    } else if (letter === "{") {
      if (depth++ === 0) [start, cuts] = [at, [at]];
    } else if (letter === "," && depth === 1) cuts.push(at);
    else if (letter === "}" && depth > 0 && --depth === 0) {
      const ends = [...cuts.slice(1), at];
      return {
        before: glob.slice(0, start),
        choices: cuts.map((cut, index) => glob.slice(cut + 1, ends[index])),
        after: glob.slice(at + 1),
      };
    }
  }
  return undefined;
}
