import { isPlainList, isPlainMap, type Plain } from "./plain.ts";

/** Whose a host's entry for an MCP server is. */
export type EntryOwner =
  /** It starts exactly what we would register now. */
  | "ours"
  /** It starts a former launcher of ours, or this program from another place. */
  | "former"
  /** Anything else: it stays. */
  | "user";

/** Programs that fetch and start a Python package. */
const FETCHERS = ["uvx", "uv", "pipx"];

/**
 * Whose an entry is, by the words that it starts: `command` with `args` (most hosts) or `command`
 * as a list (OpenCode). `launcher` is our executable and its arguments.
 */
export function ownerOf(entry: Plain | undefined, launcher: readonly string[]): EntryOwner {
  const words = launcherWords(entry);
  if (words === undefined) return "user";
  if (words.length === launcher.length && words.every((word, at) => word === launcher[at])) {
    return "ours";
  }
  return isFormerLauncher(words) ? "former" : "user";
}

/** The words that an entry starts; undefined when it has another shape (a URL, a text, a list). */
export function launcherWords(entry: Plain | undefined): readonly string[] | undefined {
  if (!isPlainMap(entry)) return undefined;
  const [command, args] = [entry.get("command"), entry.get("args") ?? []];
  const words = isPlainList(command) ? command : [command, ...isPlainList(args) ? args : [null]];
  return words.every((word) => typeof word === "string") ? words : undefined;
}

/**
 * Whether words start the MCP server of this program or of the Python original: `uvx … ouroboros`,
 * `uv tool run …`, `pipx run …`, `ouroboros`, `python -m ouroboros`, each at any place.
 */
export function isFormerLauncher(words: readonly string[]): boolean {
  const serve = words.findIndex((word, at) => word === "mcp" && words[at + 1] === "serve");
  if (serve < 1) return false;
  const [program, ...rest] = [programName(words[0]!), ...words.slice(1, serve)];
  if (program === "ouroboros") return rest.length === 0;
  if (/^(python|pythonw|py)[\d.]*$/.test(program!)) {
    return rest.at(-1) === "ouroboros" && rest.at(-2) === "-m";
  }
  if (!FETCHERS.includes(program!)) return false;
  const last = rest.at(-1) ?? "";
  return programName(last) === "ouroboros" || /^ouroboros-ai(\[[^\]]*\])?(==.*)?$/.test(last);
}

function programName(word: string): string {
  return word.split(/[/\\]/).at(-1)!.replace(/\.exe$/i, "");
}
