import { runStream } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";
import type { EmitProgress } from "./progress.ts";
import { openRunLog, readRunState, type RunLog } from "./run_log.ts";

/**
 * Makes this process the one writer of a run: whoever wrote before is fenced off by a higher epoch.
 * The state is read after the claim, so that nothing written before it is missed.
 */
export async function takeOver(
  journal: Journal,
  runId: string,
  options: { owner: string; emit?: EmitProgress },
): Promise<{ log: RunLog; epoch: number }> {
  const epoch = await journal.claim(runStream(runId), options.owner);
  const state = await readRunState(journal, runId);
  const log = openRunLog(journal, state, {
    epoch,
    onAppend: (event) => options.emit?.({ type: "event", event }),
  });
  return { log, epoch };
}

/** Refuses what makes no sense on a run whose files are gone. Errors: not_allowed. */
export function requireFiles(state: RunState): void {
  if (!state.discarded) return;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Use the files of run "${state.created.runId}": they were discarded`,
    hint: `ouroboros receipts ${state.created.runId}`,
  });
}
