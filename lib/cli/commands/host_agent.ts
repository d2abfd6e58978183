import { hostAgent as wait } from "../../app/host/host_agent.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros host-agent`: what stands in an agent's place where a host works itself; not for people. */
export const hostAgent: Command = {
  name: "host-agent",
  usage: "FOLDER",
  summary: "Offers a try's work to the host, and waits until it is handed in.",
  options: {},
  examples: ["ouroboros host-agent FOLDER"],
  positional: [1, 1],
  async run({ app, words, output, interrupt }) {
    const prompt = await new Response(Deno.stdin.readable).text();
    const scratch = words.positional[0]!;
    const handed = await wait(app, { scratch, prompt, output, interrupt });
    return handed ? EXIT.done : EXIT.cancelled;
  },
};
