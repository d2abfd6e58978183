import { basename, dirname } from "@std/path";
import type { App } from "../app.ts";
import { OWN_NAME, typedName } from "../typed_name.ts";

/**
 * What is to be typed so that the bare name leads to this program, as every skill types it, in one
 * line; undefined where it does already, or where this program has another name. The present shell
 * alone is meant: files of shells are never edited, and are not ours to choose among.
 */
export async function pathAdvice(
  app: Pick<App, "self" | "environment">,
): Promise<string | undefined> {
  const [file] = app.self;
  if (basename(file) !== OWN_NAME || await typedName(app) === OWN_NAME) return undefined;
  const home = app.environment.get("HOME");
  const folder = dirname(file);
  const [start, rest] = home && folder.startsWith(`${home}/`)
    ? ["$HOME", folder.slice(home.length)]
    : ["", folder];
  // In double quotes these keep their meaning.
  return `export PATH="${start}${rest.replaceAll(/[\\"$`]/g, "\\$&")}:$PATH"`;
}
