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
}

/**
 * The environment of one check. Nothing of the caller's session gets in by accident, and nothing in
 * it differs from one day to the next: a verdict must not depend on a locale, a time zone or on
 * what another check left in the temporary folder.
 *
 * `CI=true` is set on purpose: test runners then do not watch for changes, and do not write a
 * snapshot that is missing (which would let any output pass at its first run).
 * `ouroboros check`, where no agent works, does not come through here.
 */
export function checkEnv(
  surroundings: CheckSurroundings,
  place: { scratch: string; tmp: string },
): ChildEnv {
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
