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

/** How many events are read at once; a run of hundreds of attempts is a few such pages. */
const PAGE = 500;

/** All events of a run. Errors: not_found. */
export async function readRunEvents(journal: Journal, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  while (true) {
    const page = await journal.read(runStream(runId), {
      afterVersion: events.length,
      limit: PAGE,
    });
    events.push(...page as RunEvent[]);
    if (page.length < PAGE) break;
  }
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

/**
 * A run's stream with one writer: appends are conditional on the version that was read and on the
 * writer's epoch, and what was appended is folded into `state` at once.
 */
export interface RunLog {
  readonly state: RunState;
  append(...events: NewRunEvent[]): Promise<RunEvent[]>;
}

/**
 * Opens a run for writing. `onAppend` sees every event after it is in the journal.
 * Errors of `append`: those of the journal; journal_fenced means that another worker took over.
 */
export function openRunLog(
  journal: Journal,
  state: RunState,
  options: { epoch: number; onAppend?(event: RunEvent): void },
): RunLog {
  let last: Promise<unknown> = Promise.resolve();
  return {
    state,
    append(...events) {
      // One after the other: each is conditional on the version that the one before it made.
      const appended = last.then(() => appendNow(events));
      last = appended.catch(() => {
        // Told to whoever appended; the next one finds out for itself.
      });
      return appended;
    },
  };

  async function appendNow(events: NewRunEvent[]): Promise<RunEvent[]> {
    const stored = await journal.append(runStream(state.created.runId), events, {
      expectedVersion: state.version,
      epoch: options.epoch,
    }) as RunEvent[];
    for (const event of stored) {
      evolve(state, event);
      options.onAppend?.(event);
    }
    return stored;
  }
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
