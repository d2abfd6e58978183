import { WINDOWS_ENV } from "../kernel/windows_env.ts";
import type { Registry } from "../runtimes/mod.ts";

/**
 * Variables that this program itself reads; a name may end in `*`. With the registry's names and
 * the toolchains' names they are all that the compiled program can see of its environment.
 */
export const OWN_ENV_NAMES = [
  // Ours. `_OUROBOROS_*` is the chain of programs that started one another.
  "OUROBOROS_*",
  "_OUROBOROS_*",
  // Who and where.
  "HOME",
  "USER",
  "LOGNAME",
  "PATH",
  "SHELL",
  "TMPDIR",
  "TZ",
  "XDG_*",
  // The terminal and the words on it.
  "TERM",
  "COLORTERM",
  "TERM_PROGRAM",
  "NO_COLOR",
  "FORCE_COLOR",
  "COLUMNS",
  "LINES",
  "LANG",
  "LC_*",
  "CI",
  // Where a pipeline shows remarks and a summary.
  "GITHUB_ACTIONS",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_WORKSPACE",
  // What git signs a person's commit with.
  "SSH_AUTH_SOCK",
  "GNUPGHOME",
  // What a person edits and pages with.
  "VISUAL",
  "EDITOR",
  "PAGER",
  // Windows.
  "USERPROFILE",
  "SystemRoot",
  "PATHEXT",
  "COMSPEC",
  "APPDATA",
  "LOCALAPPDATA",
  "TEMP",
  "TMP",
] as const;

/** What the program may know of its environment. */
export interface Environment {
  /** The value; undefined when it is not set, blank, not readable or not Unicode. */
  get(name: string): string | undefined;
  /** Those of the names that are set, blank or not; a name may end in `*`. For a child's environment. */
  pick(names: readonly string[]): Record<string, string>;
}

/** The environment of this process. The only reader of `Deno.env`; no file is ever read for it. */
export function readEnvironment(): Environment {
  return {
    get: (name) => settled(readOne(name)),
    pick: (names) => {
      const exact = names.filter((name) => !name.endsWith("*"));
      const picked: Record<string, string> = {};
      if (exact.length < names.length) Object.assign(picked, pickFrom(readAll(), names));
      for (const name of exact) {
        const value = readOne(name);
        if (value !== undefined) picked[name] = value;
      }
      return picked;
    },
  };
}

/** An environment of given values, with the rules of the real one. */
export function fixedEnvironment(values: Readonly<Record<string, string>>): Environment {
  return {
    get: (name) => settled(Object.hasOwn(values, name) ? filled(name, values[name]) : undefined),
    pick: (names) => pickFrom(values, names),
  };
}

/**
 * All names that the compiled program is permitted to read, sorted and unique: ours, those of every
 * runtime, and `more` (the toolchains' names, which checks are handed).
 */
export function readableEnvNames(registry: Registry, more: readonly string[] = []): string[] {
  return [...new Set([...OWN_ENV_NAMES, ...registry.allowedEnvNames(), ...more])].sort();
}

/** The chain of programs that started one another, and where our own folder is. */
const FORWARDED = ["OUROBOROS_HOME", "_OUROBOROS_CHAIN", "_OUROBOROS_DEPTH", "_OUROBOROS_WORKER"];

/**
 * Variables that a host hands to our server by name, so that agents can be reached from there:
 * those of every runtime and the chain's; sorted, whole names only.
 */
export function forwardedEnvNames(registry: Registry, os: typeof Deno.build.os): string[] {
  const left = new Set([
    ...registry.withheldEnvNames(),
    ...(os === "windows" ? [] : WINDOWS_ENV),
  ]);
  return [...new Set([...FORWARDED, ...registry.allowedEnvNames()])]
    .filter((name) => !name.endsWith("*") && !left.has(name)).sort();
}

/**
 * A host that fills in `${NAME}` in what it hands to its servers leaves that text where NAME is not
 * set (Hermes, Claude Code): a variable that holds its own placeholder is not set.
 */
function filled(name: string, value: string | undefined): string | undefined {
  return value === `\${${name}}` ? undefined : value;
}

function settled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

function pickFrom(
  values: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const wanted = (name: string) =>
    names.some((one) => one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name);
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) =>
      wanted(name) && filled(name, value) !== undefined
    ),
  );
}

function readOne(name: string): string | undefined {
  try {
    return filled(name, Deno.env.get(name));
  } catch {
    // Not permitted, not a possible name, or no Unicode: for us it is not there.
    return undefined;
  }
}

function readAll(): Record<string, string> {
  try {
    return Deno.env.toObject();
  } catch {
    // Without `--ignore-env`, listing needs the permission to read everything.
    return {};
  }
}
