import { isAbsolute, join, toFileUrl } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";

/**
 * Where releases lie. install.sh and the workflow that publishes say the same; a test compares.
 * `OUROBOROS_RELEASES` names a mirror of it.
 */
export const RELEASES = "https://github.com/Q00/ouroboros/releases";

/** Stands in every file of this program, and in no other: whose file it is can be told by it. */
export const PROGRAM_MARK = "ouroboros:program-file:1";

/** The list of a release's SHA-256, in the form of `sha256sum`. */
export const CHECKSUMS = "checksums.txt";

/** The archive's name of a release for one target, as Deno calls targets. */
export function archiveName(target: string): string {
  return `ouroboros-${target}.tar.gz`;
}

/** Where one release's archive lies. */
export interface ReleasePlace {
  archive: URL;
  checksums: URL;
  /** Name in the list of checksums. */
  name: string;
}

/** The place of a version below the address of all releases. */
export function releasePlace(releases: URL, version: string, target: string): ReleasePlace {
  return placeIn(below(releases, `download/v${version}`), archiveName(target));
}

/** The file that holds the number of the latest release. */
export function latestVersionFile(releases: URL): URL {
  return below(releases, "latest/download/version.txt");
}

/**
 * What `--from` names: a release's folder or its archive, as a path or an address. Errors: usage
 * for another system's archive or an address that anyone can change on its way.
 */
export function placeFrom(text: string, options: { cwd: string; target: string }): ReleasePlace {
  const wanted = archiveName(options.target);
  const url = trustedAddress(text, options.cwd);
  if (!url.pathname.endsWith(".tar.gz")) return placeIn(url, wanted);
  const name = decodeURIComponent(url.pathname.replace(/.*\//, ""));
  if (name !== wanted) {
    throw new OuroborosError({
      code: "usage",
      message: name.startsWith("ouroboros-")
        ? `Update from "${name}": it is for another system, this one is "${options.target}"`
        : `Update from "${name}": not the name of a release's archive`,
      hint: `ouroboros update --from ${wanted}`,
    });
  }
  return placeIn(new URL(".", url), name);
}

/** An address or a path as a URL. Only https, files, and http on this machine. Errors: usage. */
export function trustedAddress(text: string, cwd: string): URL {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return toFileUrl(isAbsolute(text) ? text : join(cwd, text));
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = ["127.0.0.1", "localhost", "[::1]"];
  const trusted = url !== undefined && url.username === "" && url.password === "" &&
    (url.protocol === "https:" || (url.protocol === "file:" && url.host === "") ||
      (url.protocol === "http:" && here.includes(url.hostname)));
  if (!trusted) {
    throw new OuroborosError({
      code: "usage",
      message: `Update from "${text}": not an address that is trusted`,
      hint: "Use https, a file, or http on this machine",
    });
  }
  return url;
}

function placeIn(folder: URL, name: string): ReleasePlace {
  return { archive: below(folder, name), checksums: below(folder, CHECKSUMS), name };
}

function below(folder: URL, path: string): URL {
  const url = new URL(folder);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${path}`;
  return url;
}
