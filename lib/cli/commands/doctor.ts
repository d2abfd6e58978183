import { doctor as examine } from "../../app/doctor.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { findingsText } from "../render/findings.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros doctor`: what is there, and what is missing. */
export const doctor: Command = {
  name: "doctor",
  usage: "",
  summary: "Says what was found, which paths are used and why, and what is missing.",
  details: ["Exits 0 on a machine where ouroboros can start, whatever else is missing."],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros doctor", "ouroboros doctor --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const report = await examine(app);
    output.out(
      words.has("json")
        ? `${JSON.stringify(report)}\n`
        : await typedText(app, findingsText(report, output)),
    );
    return EXIT.done;
  },
};
