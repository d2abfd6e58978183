import type { App } from "../app.ts";
import { ownFile } from "../update/own_file.ts";
import { messageOf } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { ownLauncher } from "./own_launcher.ts";

/** How a person removes the program itself: a command, or a sentence where there is none. */
export async function removalCommand(
  app: Pick<App, "self" | "environment">,
): Promise<string> {
  if (app.self.length > 1) return "Delete the checkout that it is in";
  const [name = app.self[0]] = await ownLauncher(app, { source: false });
  try {
    const { path, previous } = await ownFile(app.self);
    const kept = await Deno.lstat(previous).then(() => [previous], () => []);
    const files = [...new Set([name, path, ...kept])];
    return `rm ${files.map(shellWord).join(" ")}`;
  } catch (error) {
    // A package manager's, or another user's: the message says whose it is.
    return `Remove it as it was installed (${messageOf(error).replace(/^[^:]*: /, "")})`;
  }
}
