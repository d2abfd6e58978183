import { dirname, join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";

/** The file of the program that runs, and what lies beside it. */
export interface OwnFile {
  /** Behind all links. */
  path: string;
  folder: string;
  /** What was there before the last update. */
  previous: string;
  /** Permission bits. */
  mode: number;
}

/** Folders of package managers: what they installed, they replace. */
const MANAGERS: readonly (readonly [RegExp, string, string])[] = [
  [/\/nix\/store\//, "Nix", "nix profile upgrade ouroboros"],
  [/\/Cellar\//, "Homebrew", "brew upgrade ouroboros"],
  [/\/node_modules\//, "npm", "npm update -g ouroboros"],
  [/^\/snap\//, "snap", "snap refresh ouroboros"],
];

/**
 * The file that an update replaces. Errors: not_allowed when the program runs from source, when a
 * package manager or another user owns its file, and on Windows, where a running file stays.
 */
export async function ownFile(self: readonly [string, ...string[]]): Promise<OwnFile> {
  if (self.length > 1) throw refusal("it runs from source", "git pull");
  if (Deno.build.os === "windows") {
    throw refusal("Windows does not replace a running program", "download the archive by hand");
  }
  let path: string;
  let info: Deno.FileInfo;
  try {
    path = await Deno.realPath(self[0]);
    info = await Deno.lstat(path);
  } catch (error) {
    throw refusal(`its file "${self[0]}" is not there any more (${messageOf(error)})`);
  }
  for (const [pattern, name, command] of MANAGERS) {
    if (pattern.test(path)) throw refusal(`"${path}" was installed by ${name}`, command);
  }
  const user = Deno.uid();
  if (info.uid !== user) {
    throw refusal(`"${path}" belongs to another user (${info.uid}, you are ${user})`);
  }
  const folder = dirname(path);
  return {
    path,
    folder,
    previous: join(folder, "ouroboros.previous"),
    mode: (info.mode ?? 0o755) & 0o777,
  };
}

function refusal(why: string, hint?: string): OuroborosError {
  const message = `Update this program: ${why}`;
  return new OuroborosError({ code: "not_allowed", message, ...(hint ? { hint } : {}) });
}
