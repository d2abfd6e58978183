import { replayAgent as play } from "../../app/replay_agent.ts";
import type { ExitCode } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros replay-agent`: what an embedded runtime starts; not for people. */
export const replayAgent: Command = {
  name: "replay-agent",
  usage: "RECORDING CRITERION ATTEMPT",
  summary: "Plays one recorded attempt in the working folder, as an agent would have done it.",
  options: {
    answer: { value: "N", kind: "count", help: "Play answer N to a question, not an attempt" },
  },
  examples: ["ouroboros replay-agent recording.json 1 1"],
  positional: [3, 3],
  async run({ app, words, output, interrupt }) {
    const [recording = "", criterion = "", attempt = ""] = words.positional;
    const answer = words.count("answer");
    const code = await play(app, {
      recording,
      criterion,
      attempt,
      ...(answer === undefined ? {} : { answer }),
      output,
      interrupt,
    });
    return code as ExitCode;
  },
};
