import { acceptCriterion } from "../../app/accept_criterion.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { RunProgress } from "../../app/run/progress.ts";
import type { RunView } from "../../app/run/views.ts";
import type { Command } from "../command.ts";
import { progressView } from "../render/run_progress.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros accept`: a person decides. */
export const accept: Command = {
  name: "accept",
  usage: "RUN CRITERION",
  summary: "Closes a criterion by your own judgement; it is listed apart from what passed.",
  details: [
    "Its work, that of the last try that changed something, comes onto the run's branch, so that " +
    "apply brings it too; what held before is checked again there. Where it conflicts with that, or " +
    "breaks it, or no try changed anything, nothing is accepted and you are told why.",
  ],
  options: {
    reason: { value: "TEXT", help: "Why; needed, goes into the receipt" },
    "without-work": { help: "Only close it: its work is not brought in" },
    json: { help: "JSON on stdout" },
  },
  examples: ['ouroboros accept RUN 2 --reason "read the text, it is right"'],
  decides: true,
  positional: [2, 2],
  async run({ app, words, output, interrupt }) {
    const [word = "", criterion = ""] = words.positional;
    const json = words.has("json");
    const view = progressView(output, { json: false, nowMs: () => app.clock.monotonicMs() });
    let run: RunView;
    try {
      run = await acceptCriterion(app, word, {
        criterion,
        reason: words.text("reason") ?? "",
        withoutWork: words.has("without-work"),
        cancel: interrupt,
        ...(json ? {} : { emit: (progress) => tellsMore(progress) && view.show(progress) }),
      });
    } finally {
      if (!json) view.clear();
    }
    output.out(
      json ? `${JSON.stringify(run)}\n` : await typedText(app, acceptText(run, criterion)),
    );
    return EXIT.done;
  },
};

/** The acceptance itself is what the command says at its end. */
function tellsMore(progress: RunProgress): boolean {
  return progress.type !== "event" || progress.event.type !== "criterion.accepted";
}

function acceptText(run: RunView, id: string): string {
  const own = run.criteria.find((one) => one.id === id);
  if (own?.acceptedBy === null || own === undefined) {
    return `Asked the worker of run ${run.runId}: it takes criterion ${id} in after its present ` +
      `step; see: ouroboros status ${run.runId}\n`;
  }
  const work = own.withoutWork ? ", without its work" : "";
  const next = run.changed && !run.applied && !own.withoutWork
    ? `; ouroboros apply ${run.runId}`
    : "";
  const open = run.unblocked.length > 0
    ? `ouroboros resume ${run.runId} works on: ${run.unblocked.join(", ")}\n`
    : "";
  return `Criterion ${id} of run ${run.runId} is accepted by ${own.acceptedBy}${work}${next}\n${open}`;
}
