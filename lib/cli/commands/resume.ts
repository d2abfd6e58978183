import { resumeRun } from "../../app/resume_run.ts";
import type { Command } from "../command.ts";
import { followRun } from "../follow_run.ts";
import { DETACH_OPTION, LIMIT_OPTIONS, limitsOf } from "./run.ts";

/** `ouroboros resume`: goes on where a run stopped. */
export const resume: Command = {
  name: "resume",
  usage: "[RUN]",
  summary:
    "Goes on with a run that was interrupted or cancelled: what passed stays, the surviving work is used.",
  details: [
    "The newest run of this project, or the one named. Nothing that was finished is paid for again.",
    "A run that a living process works on is left to it, also where that process is stopped. " +
    "--take-over ends it, with its agent, and goes on here; should it wake up all the same, it can " +
    "write nothing any more.",
  ],
  options: {
    yes: { short: "y", help: "Do not ask" },
    detach: DETACH_OPTION,
    "take-over": { help: "End the process that works on it, and go on here" },
    json: { help: "One JSON event a line on stdout" },
    ...LIMIT_OPTIONS,
  },
  examples: [
    "ouroboros resume",
    "ouroboros resume RUN --minutes 30",
    "ouroboros resume RUN --detach",
    "ouroboros resume RUN --take-over",
  ],
  decides: true,
  positional: [0, 1],
  async run(context) {
    const { app, words } = context;
    const options = {
      limits: limitsOf(words),
      env: words.texts("env"),
      detach: words.has("detach"),
      takeOver: words.has("take-over"),
    };
    const done = await followRun(
      context,
      (hooks) => resumeRun(app, words.positional[0], options, hooks),
    );
    return done.exit;
  },
};
