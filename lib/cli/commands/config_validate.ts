import { problemLine } from "../../app/config/config_file.ts";
import { type ConfigReport, validateConfig } from "../../app/config/config_validate.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Output } from "../../kernel/output.ts";
import type { Command } from "../command.ts";
import { counted, printable } from "../render/text.ts";

/** `ouroboros config validate`: every problem with its place. */
export const configValidate: Command = {
  name: "config validate",
  usage: "[FILE]",
  summary: "Says what is wrong in the configuration, with line and column; exits 1 if anything is.",
  details: ["Looks at the file alone: variables that count before it play no part."],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros config validate", "ouroboros config validate team-config.yaml"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const report = await validateConfig(app, words.positional[0]);
    if (words.has("json")) output.out(`${JSON.stringify(report)}\n`);
    else show(report, output);
    return report.valid ? EXIT.done : EXIT.failed;
  },
};

function show(report: ConfigReport, output: Output): void {
  const { file, problems, warnings, original } = report;
  for (const problem of problems) {
    output.err(printable(`Error: ${problemLine(file, problem)}\n  Fix: ${problem.fix}\n`));
  }
  for (const { key, message, line, column } of warnings) {
    const place = line === null ? file : `${file}:${line}:${column}`;
    output.err(printable(`Warning: ${place}: ${key} ${message}\n`));
  }
  if (original.length > 0) {
    output.err(printable(
      `Note: kept and not acted on, from the earlier Python program: ${original.join(", ")}\n`,
    ));
  }
  if (!report.exists) output.out(`There is no ${file}: all settings have their defaults\n`);
  else if (report.valid) output.out(`${file} is valid\n`);
  else output.err(`${counted(problems.length, "problem")} in ${file}\n`);
}
