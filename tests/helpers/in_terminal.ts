import { inDialogue } from "./dialogue.ts";

/** Runs a shell line in a pseudo-terminal of 133 columns, types `typed` into it, and gives back what it showed. */
export async function inTerminal(line: string, typed = ""): Promise<string> {
  const { shown } = await inDialogue(line, {
    // Once anything is shown: a terminal keeps what is typed before it is asked for.
    turns: typed === "" ? [] : [["", typed]],
    columns: 133,
    env: Deno.env.toObject(),
    cwd: Deno.cwd(),
  });
  return shown;
}

/** Whether this machine can make a pseudo-terminal for tests. */
export const CAN_MAKE_TERMINALS = Deno.build.os !== "windows" && (() => {
  try {
    return new Deno.Command("python3", { args: ["-c", "import pty"], stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
})();
