import { acceptCriterion } from "../../app/accept_criterion.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros accept`: a person decides. */
export const accept: Command = {
  name: "accept",
  usage: "RUN CRITERION",
  summary: "Closes a criterion by your own judgement; it is listed apart from what passed.",
  options: {
    reason: { value: "TEXT", help: "Why; needed, goes into the receipt" },
    json: { help: "JSON on stdout" },
  },
  examples: ['ouroboros accept 4k2m9x7q 2 --reason "read the text, it is right"'],
  positional: [2, 2],
  async run({ app, words, output }) {
    const [word = "", criterion = ""] = words.positional;
    const reason = words.text("reason") ?? "";
    const run = await acceptCriterion(app, word, { criterion, reason });
    output.out(
      words.has("json")
        ? `${JSON.stringify(run)}\n`
        : `Criterion ${criterion} of run ${run.id} is accepted by ${app.userName}\n`,
    );
    return EXIT.done;
  },
};
