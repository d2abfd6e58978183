import { runDemo } from "../../app/demo.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { followRun } from "../follow_run.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros demo`: everything, with a recording in place of an agent. */
export const demo: Command = {
  name: "demo",
  usage: "",
  summary: "Shows a run from start to end on a small project of its own: no agent, no network.",
  details: [
    "A recorded agent works on three criteria. One fails its check, is told why and passes; one is " +
    "claimed done and refused by its check. Exits 0 when the demo went as it should.",
  ],
  options: {
    keep: { help: "Keep the project's folder" },
    json: { help: "One JSON event a line on stdout" },
  },
  examples: ["ouroboros demo"],
  positional: [0, 0],
  async run(context): Promise<ExitCode> {
    const { app, output, words } = context;
    const json = words.has("json");
    const shown = await runDemo(app, {
      keep: words.has("keep"),
      width: output.columns(),
      say: (text) => json ? undefined : output.err(`${text}\n`),
      // The run's own folder is not where a command without more words looks.
      follow: async (start) => (await followRun(context, start, { next: false })).run,
    });
    if (!json) output.out(await typedText(app, shown.text));
    return shown.asExpected ? EXIT.done : EXIT.failed;
  },
};
