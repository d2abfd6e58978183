import { listSkills } from "../../app/list_skills.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { clip, table } from "../render/text.ts";

/** `ouroboros skills`: what is embedded. */
export const skills: Command = {
  name: "skills",
  usage: "",
  summary: "Lists the skills that are part of this program.",
  options: { json: { help: "JSON on stdout, with each file's digest" } },
  examples: ["ouroboros skills --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const bundles = await listSkills(app);
    output.out(
      words.has("json") ? `${JSON.stringify(bundles)}\n` : table(bundles.map((one) => [
        one.name,
        clip(one.description, Math.max(20, output.columns() - 20)),
      ])),
    );
    return EXIT.done;
  },
};
