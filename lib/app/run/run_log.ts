import { evolve, foldRun } from "../../engine/run/evolve.ts";
import {
  type NewRunEvent,
  requestStream,
  type RunEvent,
  runStream,
} from "../../engine/run/events.ts";
import type { RunRequestEvent } from "../../engine/run/requests.ts";
import type { RunState } from "../../engine/run/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";
import { openStreamLog, readStream, type StreamLog } from "../stream_log.ts";

/** All events of a run. Errors: not_found. */
export async function readRunEvents(journal: Journal, runId: string): Promise<RunEvent[]> {
  const events = await readStream(journal, runStream(runId)) as RunEvent[];
  if (events.length > 0) return events;
  throw new OuroborosError({
    code: "not_found",
    message: `Find the run "${runId}": the journal has none of that id`,
    hint: "ouroboros runs",
  });
}

/** A run's present state. Errors: not_found. */
export async function readRunState(journal: Journal, runId: string): Promise<RunState> {
  const state = foldRun(await readRunEvents(journal, runId));
  if (state) return state;
  throw new OuroborosError({
    code: "journal_unusable",
    message: `Read the run "${runId}": its first event is not "run.created"`,
  });
}

/** A run's stream with one writer. */
export type RunLog = StreamLog<RunState, RunEvent, NewRunEvent>;

/** Opens a run for writing; see {@link openStreamLog}. */
export function openRunLog(
  journal: Journal,
  state: RunState,
  options: { epoch: number; onAppend?(event: RunEvent): void },
): RunLog {
  const stream = runStream(state.created.runId);
  return openStreamLog(journal, state, { ...options, stream, evolve });
}

/** How often a worker looks for requests, in milliseconds. */
const POLL_MS = 150;

/**
 * Watches a run's requests, and whether it still has this writer, until `until` aborts. `after`: the
 * version of the last request that was already handled. Errors of the journal end the watch and
 * reject; so does another writer's claim (journal_fenced), after which nothing done here counts.
 */
export async function watchRequests(
  journal: Journal,
  runId: string,
  options: {
    after: number;
    /** This writer's epoch. */
    epoch: number;
    until: AbortSignal;
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
    onRequest(request: RunRequestEvent): void;
  },
): Promise<void> {
  let after = options.after;
  while (!options.until.aborted) {
    const { epoch, owner } = await journal.owner(runStream(runId));
    if (epoch > options.epoch) throw takenOver(runId, owner);
    const requests = await journal.read(requestStream(runId), { afterVersion: after });
    for (const request of requests as RunRequestEvent[]) {
      after = request.version;
      options.onRequest(request);
    }
    await options.sleep(POLL_MS, options.until);
  }
}

function takenOver(runId: string, owner: string | null): OuroborosError {
  return new OuroborosError({
    code: "journal_fenced",
    message: `Work on run "${runId}": it was taken over${owner === null ? "" : ` by ${owner}`}`,
    hint: `ouroboros status ${runId}`,
  });
}
