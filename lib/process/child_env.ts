import type { ChildEnv } from "./child.ts";
import { SYSTEM_PATH, SYSTEM_SHELL } from "./system_command.ts";

/** What is really given to the system for a child. */
export interface Launch {
  program: string;
  args: string[];
  env: Record<string, string>;
  clearEnv: boolean;
}

/**
 * A shell that inherits our whole environment, works out by awk which names must not go on, and
 * hands over to `env -u`, which drops them and becomes the program. Only names stand in an argv.
 * `env -u` rather than `unset`: a shell cannot unset what is no name for it (`npm.config`,
 * `BASH_FUNC_x%%`), and bash sets `_` anew for each command.
 * $1: names to keep, separated by blanks; a trailing `*` stands for any ending.
 */
const PASS_SCRIPT = String.raw`
drop=$(PATH=${SYSTEM_PATH} awk 'BEGIN {
  count = split(ARGV[1], keep, " ")
  for (name in ENVIRON) {
    if (name ~ /\n/) exit 3
    kept = 0
    for (i = 1; i <= count; i++) {
      if (name == keep[i]) kept = 1
      size = length(keep[i]) - 1
      if (substr(keep[i], size + 1) == "*" && substr(name, 1, size) == substr(keep[i], 1, size)) kept = 1
    }
    if (!kept) print name
  }
}' "$1") || { echo "ouroboros: the names of the environment cannot be listed" >&2; exit 126; }
shift
set -f
IFS='
'
for name in $drop _; do set -- -u "$name" "$@"; done
PATH_OF_ENV=/usr/bin/env
[ -x "$PATH_OF_ENV" ] || PATH_OF_ENV=/bin/env
exec "$PATH_OF_ENV" "$@"
`;

/**
 * Builds program, arguments and environment of a child: exactly `env.values` and `ours`, and of our
 * own environment the names in `env.passNames` (or all but `env.inheritBut`), without reading one.
 */
export function childLaunch(
  argv: readonly [string, ...string[]],
  env: ChildEnv,
  ours: Readonly<Record<string, string>>,
): Launch {
  const values = { ...env.values, ...ours };
  const [program, ...args] = argv;
  if (env.inheritBut !== undefined) return inheriting(argv, env.inheritBut, values);
  const names = (env.passNames ?? []).filter((name) => PASSABLE.test(name));
  if (names.length === 0 || Deno.build.os === "windows") {
    return { program, args, env: values, clearEnv: true };
  }
  const keep = [...Object.keys(values).filter((name) => PASSABLE.test(name)), ...names].join(" ");
  return {
    program: SYSTEM_SHELL,
    // `env` would take a program with "=" in its path for a variable.
    args: [
      "-c",
      PASS_SCRIPT,
      "sh",
      keep,
      ...(program.includes("=") ? VIA_SHELL : []),
      program,
      ...args,
    ],
    env: values,
    clearEnv: false,
  };
}

/** `env -u` rather than a listing: what we may not read cannot be copied, only handed on. */
function inheriting(
  argv: readonly [string, ...string[]],
  but: readonly string[],
  values: Readonly<Record<string, string>>,
): Launch {
  const [program, ...args] = argv;
  const env = { ...values };
  if (Deno.build.os === "windows" || but.length === 0) {
    return { program, args, env, clearEnv: false };
  }
  return {
    program: "/usr/bin/env",
    args: [
      ...but.filter((name) => PASSABLE.test(name)).flatMap((name) => ["-u", name]),
      ...(program.includes("=") ? VIA_SHELL : []),
      program,
      ...args,
    ],
    env,
    clearEnv: false,
  };
}

const VIA_SHELL = [SYSTEM_SHELL, "-c", 'exec "$0" "$@"'];
const PASSABLE = /^[^\s=*]+\*?$/;
