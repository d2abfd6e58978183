import { undoRun } from "../../app/apply_run.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { applyText } from "./apply.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros undo`: takes an apply back. */
export const undo: Command = {
  name: "undo",
  usage: "[RUN]",
  summary: "Takes the last apply of a run back; refused where files changed since.",
  options: {
    "dry-run": { help: "Say what would change" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros undo"],
  decides: unlessGiven("dry-run"),
  positional: [0, 1],
  async run({ app, words, output }) {
    const result = await undoRun(app, words.positional[0], { dryRun: words.has("dry-run") });
    output.out(
      words.has("json") ? `${JSON.stringify(result)}\n` : await typedText(app, applyText(result)),
    );
    return EXIT.done;
  },
};
