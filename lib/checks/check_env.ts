import type { ChildEnv } from "../process/child.ts";
import { dirname } from "@std/path";

/** What checks get of the user's environment; config has read it. */
export interface CheckSurroundings {
  /** The user's real home: toolchains keep their caches and settings there. */
  home: string;
  path: string;
  /** Values of those of `TOOLCHAIN_ENV_NAMES` that are set. */
  toolchains: Readonly<Record<string, string>>;
  /** Names that the user lets through to checks. */
  passNames?: readonly string[];
  /** Checks get the caller's environment as it is: no agent works, a person's commands run. */
  inherit?: boolean;
}

/** A hook that starts us names its own repository; a check's git must find the checkout's. */
const GIT_PLACE_NAMES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_PREFIX",
  "GIT_COMMON_DIR",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_QUARANTINE_PATH",
];

/**
 * The environment of one check. Nothing of the caller's session gets in by accident, and nothing in
 * it differs from one day to the next: a verdict must not depend on a locale, a time zone or on
 * what another check left in the temporary folder.
 *
 * `CI=true` is set on purpose: test runners then do not watch for changes, and do not write a
 * snapshot that is missing (which would let any output pass at its first run).
 * `ouroboros check`, where no agent works, asks for the caller's own environment instead.
 */
export function checkEnv(
  surroundings: CheckSurroundings,
  place: { scratch: string; tmp: string },
): ChildEnv {
  if (surroundings.inherit) return inheritedEnv(surroundings, place);
  return {
    values: {
      ...surroundings.toolchains,
      HOME: surroundings.home,
      PATH: surroundings.path,
      TMPDIR: place.tmp,
      TMP: place.tmp,
      TEMP: place.tmp,
      LC_ALL: "C.UTF-8",
      LANG: "C.UTF-8",
      TZ: "UTC",
      TERM: "dumb",
      CI: "true",
      GIT_TERMINAL_PROMPT: "0",
      // A git that a check starts finds the checkout's repository, and none above our own folder.
      GIT_CEILING_DIRECTORIES: dirname(place.scratch),
    },
    passNames: surroundings.passNames,
  };
}

function inheritedEnv(
  { path }: CheckSurroundings,
  place: { scratch: string; tmp: string },
): ChildEnv {
  return {
    values: {
      ...(path === "" ? {} : { PATH: path }),
      TMPDIR: place.tmp,
      TMP: place.tmp,
      TEMP: place.tmp,
      GIT_TERMINAL_PROMPT: "0",
      GIT_CEILING_DIRECTORIES: dirname(place.scratch),
    },
    inheritBut: GIT_PLACE_NAMES,
  };
}
