import type { GitSettings } from "./user_repository.ts";

/**
 * Settings of the user's that decide which bytes stand for a file, or which files count. They are
 * copied into the private repository; nothing else of the user's config is ever in force there.
 * `filter.*` stays out on purpose: filters (Git LFS, git-crypt) are programs, and files behind one
 * are taken as they lie on disk instead.
 */
const COPIED = new Set([
  "core.autocrlf",
  "core.eol",
  "core.filemode",
  "core.symlinks",
  "core.ignorecase",
  "core.precomposeunicode",
  "core.protecthfs",
  "core.protectntfs",
  "core.longpaths",
  "core.excludesfile",
  "core.attributesfile",
  "core.checkstat",
  "core.trustctime",
  "core.sparsecheckout",
  "core.sparsecheckoutcone",
]);

/** The settings to copy, in the order in which git lists them. */
export function contentSettings(settings: GitSettings): [name: string, value: string][] {
  return [...settings].filter(([name]) => COPIED.has(name));
}

/** A git config file from `section.name` settings. */
export function configText(settings: Iterable<readonly [string, string]>): string {
  let text = "";
  for (const [name, value] of settings) {
    const dot = name.indexOf(".");
    const quoted = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    text += `[${name.slice(0, dot)}]\n\t${name.slice(dot + 1)} = "${quoted}"\n`;
  }
  return text;
}

/** A pattern for git's ignore files that means exactly this path (from the root, with "/"). */
export function literalPattern(path: string): string {
  const escaped = path.replace(/[\\*?[\]]/g, "\\$&").replace(/ $/, "\\ ");
  return `/${escaped}`;
}
