import type { NewEvent, StoredEvent } from "../kernel/event.ts";
import type { Journal } from "../store/journal.ts";

/** How many events are read at once: hundreds of attempts are a few such pages. */
const PAGE = 500;

/** All events of a stream, oldest first; none where there is no such stream. */
export async function readStream(journal: Journal, stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  while (true) {
    const page = await journal.read(stream, { afterVersion: events.length, limit: PAGE });
    events.push(...page);
    if (page.length < PAGE) return events;
  }
}

/**
 * A stream with one writer: appends are conditional on the version that was read and on the writer's
 * epoch, and what was appended is folded into `state` at once.
 */
export interface StreamLog<State, Stored, New> {
  readonly state: State;
  append(...events: New[]): Promise<Stored[]>;
}

/** What a stream is opened with. */
export interface StreamLogOptions<State, Stored> {
  stream: string;
  epoch: number;
  /** Applies one event, in place. */
  evolve(state: State, event: Stored): void;
  /** Sees every event after it is in the journal. */
  onAppend?(event: Stored): void;
}

/**
 * Opens a stream for writing. Errors of `append`: those of the journal; journal_fenced means that
 * another writer took over.
 */
export function openStreamLog<
  State extends { version: number },
  Stored extends StoredEvent,
  New extends NewEvent,
>(
  journal: Journal,
  state: State,
  options: StreamLogOptions<State, Stored>,
): StreamLog<State, Stored, New> {
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

  async function appendNow(events: New[]): Promise<Stored[]> {
    const stored = await journal.append(options.stream, events, {
      expectedVersion: state.version,
      epoch: options.epoch,
    }) as Stored[];
    for (const event of stored) {
      options.evolve(state, event);
      options.onAppend?.(event);
    }
    return stored;
  }
}
