import { findRunOf } from "../../app/find_thing.ts";
import { handedWork, workName } from "../../app/host/handed_work.ts";
import { HOST_RUNTIME } from "../../app/host/host_runtime.ts";
import { type HostWork, hostWork } from "../../app/host/host_work.ts";
import { typedName } from "../../app/typed_name.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { asTyped } from "../as_typed.ts";
import type { Command } from "../command.ts";
import { runText } from "../render/run_view.ts";
import { printable } from "../render/text.ts";

/** `ouroboros attempt`: gives a criterion to whoever does it themselves, and takes their work in. */
export const attempt: Command = {
  name: "attempt",
  usage: "[RUN]",
  summary: "Hands out a criterion that you do yourself, and takes in what you did.",
  details: [
    `Of a run that was started with --runtime ${HOST_RUNTIME}: the newest of this project, or the ` +
    "one named. Prints the task and the folder to work in. What you hand in is recorded, checked " +
    "in a clean checkout and, if it does not hold, handed out again with what its check said. " +
    "Waits until there is something to do.",
    "Exit codes: 0 there is work; once nothing more is handed out, the one that the run has; 7 " +
    "Ctrl-C, which ends the waiting and nothing else.",
  ],
  options: {
    work: { value: "NAME", help: 'The work that you hand in, as it was handed out: "1#1"' },
    submit: { value: "TEXT", help: "What you did" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros attempt",
    "ouroboros attempt RUN --work '1#1' --submit \"It greets by name\"",
  ],
  positional: [0, 1],
  async run({ app, words, output, interrupt }) {
    const handed = handedWork(words.text("work"), words.text("submit"));
    const id = await findRunOf(app, words.positional[0]);
    const found = await hostWork(app, id, { handed, timeoutMs: Infinity, signal: interrupt });
    const { run, work, atRest } = found;
    const json = words.has("json");
    if (work) {
      output.out(
        json
          ? `${JSON.stringify({ run: run.runId, name: workName(work), ...work })}\n`
          : workText(work, { runId: run.runId, typed: await typedName(app) }),
      );
      return EXIT.done;
    }
    if (!atRest) return EXIT.cancelled;
    if (json) output.out(`${JSON.stringify({ run })}\n`);
    else {
      const name = await typedName(app);
      output.out(runText(run, { color: output.color, columns: output.columns(), name }));
    }
    return run.exit;
  },
};

function workText(work: HostWork, { runId, typed }: { runId: string; typed: string }): string {
  const name = shellWord(workName(work));
  const next = asTyped(`ouroboros attempt ${runId} --work ${name} --submit "…"`, typed);
  return [
    ...(work.before ? ["Handed out before: go on with it unless somebody else is at it.", ""] : []),
    ...work.prompt.split("\n").map(printable),
    "",
    `Next: ${next}`,
    "",
  ].join("\n");
}
