import { listRuntimes } from "../../app/list_runtimes.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { printable, table } from "../render/text.ts";

/** `ouroboros runtimes`: which agents there are, and which are here. */
export const runtimes: Command = {
  name: "runtimes",
  usage: "",
  summary: "Lists the agents that ouroboros can use, and which of them are on this machine.",
  options: { json: { help: "JSON on stdout, with what each can do" } },
  examples: ["ouroboros runtimes", "ouroboros runtimes --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const found = await listRuntimes(app);
    if (words.has("json")) {
      output.out(`${JSON.stringify(found)}\n`);
      return EXIT.done;
    }
    output.out(table(found.map((one) => [
      one.id,
      one.status,
      printable(one.version ?? ""),
      one.signIn,
      one.path ?? one.install ?? "",
    ])));
    return EXIT.done;
  },
};
