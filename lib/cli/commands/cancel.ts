import { cancelRun } from "../../app/cancel_run.ts";
import { abandonInterview } from "../../app/interview/abandon_interview.ts";
import type { EndedHolder } from "../../app/interview/interview_holder.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";

/** `ouroboros cancel`: ends a run, from any terminal. */
export const cancel: Command = {
  name: "cancel",
  usage: "[RUN | INTERVIEW]",
  summary: "Ends a run: its agent and all that it started are stopped. Or abandons an interview.",
  details: [
    "The newest run of this project, or the one named. What was done so far stays: see diff and " +
    "apply, and resume, which goes on with it. A run that had ended already is left as it is.",
    "An interview, by its id, is abandoned: it ends without a seed, and what was said is kept. " +
    "A process that is at it is ended, with the agent that it asked.",
  ],
  options: {
    reason: { value: "TEXT", help: "Why; goes into the record" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros cancel", 'ouroboros cancel RUN --reason "wrong branch"'],
  decides: true,
  positional: [0, 1],
  async run({ app, words, output }) {
    const [word] = words.positional;
    if (word?.startsWith("interview_")) {
      const reason = words.text("reason") ?? "";
      const { interview, ended } = await abandonInterview(app, word, { by: "person", reason });
      if (words.has("json")) output.out(`${JSON.stringify({ interview, ended })}\n`);
      else output.out(`Interview ${interview.interviewId} is abandoned${endText(ended)}\n`);
      return EXIT.done;
    }
    const { run, alreadyEnded } = await cancelRun(app, words.positional[0], {
      reason: words.text("reason") ?? "",
    });
    if (words.has("json")) output.out(`${JSON.stringify({ run, alreadyEnded })}\n`);
    else if (alreadyEnded) output.out(`Run ${run.runId} had ended already: ${run.state}\n`);
    else output.out(`Run ${run.runId} is cancelled\n`);
    return EXIT.done;
  },
};

/** What became of the process that was at an interview. */
function endText(ended: EndedHolder | null): string {
  if (ended === null) return "";
  const { pid, isGone } = ended;
  return isGone
    ? `; process ${pid}, which worked on it, is ended`
    : `; process ${pid}, which worked on it, could not be ended from here: kill ${pid}`;
}
