import { doctor as examine } from "../../app/doctor.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { palette } from "../render/color.ts";
import { printable } from "../render/text.ts";

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
    if (words.has("json")) {
      output.out(`${JSON.stringify(report)}\n`);
      return EXIT.done;
    }
    const paint = palette(output.color);
    const marks = { ok: paint.good("ok  "), note: paint.unsure("note"), bad: paint.bad("bad ") };
    for (const section of report.sections) {
      output.out(`${paint.strong(section.title)}\n`);
      for (const finding of section.findings) {
        output.out(`  ${marks[finding.level]}  ${printable(finding.text)}\n`);
        if (finding.hint) output.out(`        ${paint.dim(printable(finding.hint))}\n`);
      }
    }
    return EXIT.done;
  },
};
