import { OuroborosError } from "../../kernel/error.ts";
import { inForeground } from "../../process/foreground.ts";
import type { App } from "../app.ts";

/** What a shell ends with where it finds no such program. */
const NOT_FOUND = 127;

/** The command line of the user's editor; undefined where VISUAL and EDITOR name none. */
export function editorOf({ environment }: Pick<App, "environment">): string | undefined {
  return environment.get("VISUAL") ?? environment.get("EDITOR");
}

/**
 * Opens an editor on a file and waits until it is closed. Errors: program_missing, not_started,
 * cancelled (it ended with an error, which is how an editor says that nothing is to be taken).
 */
export async function openEditor(editor: string, file: string, cwd: string): Promise<void> {
  const code = await inForeground({ command: editor, words: [file], cwd, label: editor });
  if (code === 0) return;
  if (code === NOT_FOUND) {
    throw new OuroborosError({
      code: "program_missing",
      message: `Start the editor "${editor}": there is no such program`,
      hint: "export EDITOR=nano",
    });
  }
  throw new OuroborosError({
    code: "cancelled",
    message: `Edit "${file}": the editor "${editor}" ended with exit code ${code}`,
  });
}
