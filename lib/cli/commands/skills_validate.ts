import { type SkillReport, validateSkills } from "../../app/validate_skills.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { printable } from "../render/text.ts";

/** `ouroboros skills validate`: bundles of a person's own. */
export const skillsValidate: Command = {
  name: "skills validate",
  usage: "[FOLDER …]",
  summary: "Judges bundles by the Agent Skills specification; 1 when one is not valid.",
  details: [
    'FOLDER holds a SKILL.md. Left out: your own bundles in ~/.ouroboros/skills, which "ooo NAME" ' +
    "finds beside those of this program.",
  ],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros skills validate ./my-skill"],
  positional: [0, 100],
  async run({ app, words, output, deliveries }): Promise<ExitCode> {
    const reports = await validateSkills(app, words.positional, await deliveries.toolTable());
    if (words.has("json")) output.out(`${JSON.stringify(reports)}\n`);
    else output.out(reports.map(reportText).join("") || "No bundles of your own\n");
    return reports.some((one) => one.errors.length > 0) ? EXIT.failed : EXIT.done;
  },
};

function reportText({ name, errors, advice }: SkillReport): string {
  const verdict = errors.length === 0 ? "is valid" : "is not valid";
  const lines = [
    `${name} ${verdict}`,
    ...errors.map((one) => `  ${one}`),
    ...advice.map((one) => `  Advice: ${one}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}
