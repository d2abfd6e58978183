import type { Clock } from "../../kernel/clock.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { NewEvent, StoredEvent } from "../../kernel/event.ts";
import { newId, type RandomBytes } from "../../kernel/id.ts";
import type { AppendOptions, Journal, StreamSummary } from "../journal.ts";
import { closedError, conflictError, fencedError, takenIdError } from "../journal_error.ts";
import { type Redact, redactBytes } from "../redact.ts";
import { dataText, eventOf, type StoredRow } from "../stored_row.ts";

/** What a journal in memory needs. */
export interface MemoryJournalOptions {
  clock: Clock;
  random: RandomBytes;
  /** Replaces known secrets before anything is kept. */
  redact?: Redact;
}

/** A journal that lives as long as the process: for tests and for runs that leave nothing behind. */
export function createMemoryJournal(options: MemoryJournalOptions): Journal {
  const rows: StoredRow[] = [];
  const byStream = new Map<string, StoredRow[]>();
  const owners = new Map<string, { epoch: number; owner: string }>();
  const ids = new Set<string>();
  const blobs = new Map<string, Uint8Array>();
  let closed = false;

  /** Runs `work` as an asynchronous store would: errors reject, nothing throws at the call. */
  // deno-lint-ignore require-await -- async turns what is thrown into a rejection, as documented
  const open = async <T>(work: () => T): Promise<T> => {
    if (closed) throw closedError();
    return work();
  };

  const append = (stream: string, events: readonly NewEvent[], conditions: AppendOptions) => {
    const present = byStream.get(stream) ?? [];
    const { expectedVersion, epoch } = conditions;
    const presentEpoch = owners.get(stream)?.epoch ?? 0;
    if (epoch !== undefined && epoch !== presentEpoch) {
      throw fencedError(stream, epoch, presentEpoch);
    }
    if (expectedVersion !== undefined && expectedVersion !== present.length) {
      throw conflictError(stream, expectedVersion, present.length);
    }
    const now = options.clock.now();
    const added = events.map((event, index): StoredRow => ({
      position: rows.length + index + 1,
      stream,
      version: present.length + index + 1,
      id: newId("evt", now, options.random),
      type: event.type,
      schema: event.schema,
      at: now.toISOString(),
      data: dataText(event, options.redact),
    }));
    const fresh = new Set(added.map((row) => row.id));
    const taken = fresh.size < added.length || added.some((row) => ids.has(row.id));
    if (taken) throw takenIdError();
    for (const id of fresh) ids.add(id);
    rows.push(...added);
    present.push(...added);
    if (present.length > 0) byStream.set(stream, present);
    return added.map(eventOf);
  };

  return {
    append: (stream, events, conditions = {}) => open(() => append(stream, events, conditions)),
    read: (stream, { afterVersion = 0, limit } = {}) =>
      open(() => events(byStream.get(stream)?.slice(afterVersion), limit)),
    readAll: ({ afterPosition, limit, prefix = "" }) =>
      open(() => {
        const wanted = rows.slice(afterPosition).filter((row) => row.stream.startsWith(prefix));
        return events(wanted, limit);
      }),
    streams: ({ prefix, limit, before }) =>
      open(() => {
        const names = [...byStream.keys()].reverse();
        const from = before === undefined ? 0 : names.indexOf(before) + 1 || names.length;
        return names.slice(from).filter((name) => name.startsWith(prefix)).slice(0, limit)
          .map((name) => summary(byStream.get(name)!));
      }),
    claim: (stream, owner) =>
      open(() => {
        const epoch = (owners.get(stream)?.epoch ?? 0) + 1;
        owners.set(stream, { epoch, owner });
        return epoch;
      }),
    owner: (stream) => open(() => owners.get(stream) ?? { epoch: 0, owner: null }),
    putBlob: (bytes) =>
      open(() => {
        const clean = options.redact ? redactBytes(bytes, options.redact) : bytes;
        const digest = sha256(clean);
        if (!blobs.has(digest)) blobs.set(digest, clean.slice());
        return digest;
      }),
    getBlob: (digest) => open(() => blobs.get(digest)?.slice()),
    head: () => open(() => rows.length),
    close: () => {
      closed = true;
      return Promise.resolve();
    },
  };
}

function events(rows: readonly StoredRow[] = [], limit = Infinity): StoredEvent[] {
  return rows.slice(0, limit).map(eventOf);
}

function summary(rows: readonly StoredRow[]): StreamSummary {
  const first = rows[0]!;
  const last = rows[rows.length - 1]!;
  return {
    stream: first.stream,
    version: last.version,
    createdAt: first.at,
    updatedAt: last.at,
  };
}
