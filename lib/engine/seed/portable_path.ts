import { globProblem } from "../../kernel/path_glob.ts";

/** Bytes of a path that every file system of ours can hold. */
export const PATH_BYTES = 255;

const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * What is wrong with `path` as a path below the project that means the same on every system, or
 * null. `glob`: `* ? [ ] { } !` are allowed, as far as they cannot take for ever. A path into `.git` is refused: what it holds is
 * configuration that git runs.
 */
export function portablePathProblem(path: string, options: { glob?: boolean } = {}): string | null {
  if (path.trim() === "") return "must not be empty";
  if (new TextEncoder().encode(path).length > PATH_BYTES) {
    return `must have at most ${PATH_BYTES} bytes`;
  }
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) {
    return `must be relative to the project, is "${path}"`;
  }
  if (path.startsWith("~")) return `must be relative to the project: "~" is not expanded`;
  if (path.includes("\\")) return `must use "/" between folders`;
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return "must not hold control characters";
  const refused = (options.glob ? /[<>:"|]/ : /[<>:"|?*]/).exec(path);
  if (refused) return `must not hold "${refused[0]}": not every system allows it`;
  for (const segment of path.replace(/^(\.\/)+/, "").replace(/\/$/, "").split("/")) {
    if (segment === "") return `must not hold "//"`;
    if (segment === "..") return `must stay inside the project: ".." is not allowed`;
    if (segment.toLowerCase() === ".git") return `must not lead into ".git"`;
    if (segment !== "." && /[. ]$/.test(segment)) {
      return `must not have a part that ends in "." or a space`;
    }
    if (DEVICE.test(segment)) return `must not hold "${segment}": it names a device on Windows`;
  }
  return options.glob ? globProblem(path) : null;
}

/** A portable path in its one spelling: no `./` at the start or within, no `/` at the end. */
export function plainPath(path: string): string {
  const plain = path.split("/").filter((part) => part !== "." && part !== "").join("/");
  return plain === "" ? "." : plain;
}
