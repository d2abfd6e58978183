import { workHanded } from "../../app/resume_run.ts";
import type { Output } from "../../kernel/output.ts";
import { choiceOf } from "../choice.ts";
import type { Command, CommandContext } from "../command.ts";
import { followRun } from "../follow_run.ts";

const AGREED = ["asked", "flag", "not_asked"] as const;

/** `ouroboros run-worker`: what `--detach` starts; not for people. */
export const runWorker: Command = {
  name: "run-worker",
  usage: "RUN",
  summary: "Works on a run that the process above hands over, without a terminal.",
  options: {
    env: { value: "NAME", repeated: true, help: "Hand this variable on to agents and checks" },
    record: { value: "FILE", help: "Record what the agents do" },
    agreed: { value: "HOW", help: `How its plan was agreed to: ${AGREED.join(", ")}` },
    after: { value: "N", kind: "count", help: "Requests up to this one are not for this worker" },
  },
  examples: ["ouroboros run-worker RUN"],
  positional: [1, 1],
  async run(context) {
    const { words } = context;
    const input = {
      env: words.texts("env"),
      record: words.text("record"),
      requestsBefore: words.count("after") ?? 0,
      agreed: choiceOf(words, "agreed", AGREED),
    };
    const quiet = { ...context, output: logOutput(context) };
    const done = await followRun(
      quiet,
      ({ interrupt }) => workHanded(context.app, words.positional[0]!, input, interrupt),
    );
    return done.exit;
  },
};

/**
 * All of it is talk, into a log: a disk that is full may cost lines of it, and not the run. Known
 * secrets are taken out of what an agent says.
 */
function logOutput({ app, output }: CommandContext): Output {
  const err = (text: string) => output.err(app.redact(text));
  return { ...output, out: err, err };
}
