import { isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { Environment } from "./environment.ts";

/** Every place that the program uses, absolute. Nothing is made by asking for them. */
export interface Paths {
  /** The user's home folder. */
  home: string;
  /** Our own folder: `OUROBOROS_HOME`, or `.ouroboros` in the home folder. */
  root: string;
  /** Why `root` is what it is; one of the two names, for `doctor`. */
  rootFrom: "OUROBOROS_HOME" | "HOME";
  config: string;
  journal: string;
  /** Private repositories and worktrees, one folder a run. */
  runs: string;
  tmp: string;
  /** Locks by which agents at work on this machine are counted, and starts of runs wait for each other. */
  slots: string;
  recordings: string;
  /** What lets a client of the server on HTTP in. */
  mcpToken: string;
  /** Database of the Python system; only ever read. */
  originalDatabase: string;
}

/**
 * Paths from `HOME` and `OUROBOROS_HOME`. Throws `not_configured` when the home folder is not known
 * or one of them is not absolute: a folder that depends on where one stands would lose runs.
 */
export function resolvePaths(environment: Environment): Paths {
  const home = environment.get("HOME") ?? environment.get("USERPROFILE");
  if (home === undefined) {
    throw new OuroborosError({
      code: "not_configured",
      message: "Cannot tell the home folder: HOME is not set, or is not UTF-8",
      hint: 'export HOME="$(cd ~ && pwd)"',
    });
  }
  mustBeAbsolute("HOME", home);
  const moved = environment.get("OUROBOROS_HOME");
  const root = moved === undefined ? join(home, ".ouroboros") : expandHome(moved, home);
  mustBeAbsolute("OUROBOROS_HOME", root);
  return {
    home,
    root,
    rootFrom: moved === undefined ? "HOME" : "OUROBOROS_HOME",
    config: join(root, "config.yaml"),
    journal: join(root, "journal.db"),
    runs: join(root, "runs"),
    tmp: join(root, "tmp"),
    slots: join(root, "slots"),
    recordings: join(root, "recordings"),
    mcpToken: join(root, "mcp-token"),
    originalDatabase: join(root, "ouroboros.db"),
  };
}

/** Below it nothing can be made: whoever uses a path of ours all the same is told so. */
const NO_HOME = "/nonexistent";

/** Paths where a home folder may be missing and no path of ours is used. */
export function withoutHome(environment: Environment): Paths {
  try {
    return resolvePaths(environment);
  } catch {
    const get = (name: string) => name === "HOME" ? NO_HOME : undefined;
    return resolvePaths({ ...environment, get });
  }
}

/** `~` and `~/…` with the home folder in place of the tilde; other text as it is. */
export function expandHome(path: string, home: string): string {
  if (path === "~") return home;
  return path.startsWith("~/") ? join(home, path.slice(2)) : path;
}

function mustBeAbsolute(name: string, path: string): void {
  if (isAbsolute(path)) return;
  throw new OuroborosError({
    code: "not_configured",
    message: `Cannot use ${name}: "${path}" is not an absolute path`,
    hint: `export ${name}="$PWD/${path.replace(/^\.\//, "")}"`,
  });
}
