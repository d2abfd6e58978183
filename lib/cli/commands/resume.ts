import { resumeRun } from "../../app/resume_run.ts";
import type { Command } from "../command.ts";
import { followRun } from "../follow_run.ts";
import { LIMIT_OPTIONS, limitsOf } from "./run.ts";

/** `ouroboros resume`: goes on where a run stopped. */
export const resume: Command = {
  name: "resume",
  usage: "[RUN]",
  summary:
    "Goes on with a run that was interrupted: what passed stays, the surviving work is used.",
  details: [
    "The newest run of this project, or the one named. Nothing that was finished is paid for again.",
  ],
  options: {
    yes: { short: "y", help: "Do not ask" },
    json: { help: "One JSON event a line on stdout" },
    ...LIMIT_OPTIONS,
  },
  examples: ["ouroboros resume", "ouroboros resume RUN --minutes 30"],
  positional: [0, 1],
  async run(context) {
    const { app, words } = context;
    const options = { limits: limitsOf(words), env: words.texts("env") };
    const done = await followRun(
      context,
      (hooks) => resumeRun(app, words.positional[0], options, hooks),
    );
    return done.exit;
  },
};
