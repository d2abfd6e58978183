import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../kernel/clock.ts";
import type { OuroborosError } from "../../kernel/error.ts";
import { newId, type RandomBytes } from "../../kernel/id.ts";
import type { Journal } from "../journal.ts";
import { closedError } from "../journal_error.ts";
import { type Redact, redactBytes } from "../redact.ts";
import { type AppendTools, prepareAppend } from "./append.ts";
import { prepareGetBlob, preparePutBlob } from "./blobs.ts";
import { prepareClaim, prepareOwner } from "./claim.ts";
import { connect } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { prepareFile } from "./prepare_file.ts";
import { prepareRead } from "./read.ts";
import { prepareReadAll } from "./read_all.ts";
import { giveReserve, keepReserve } from "./reserve.ts";
import { sameFile } from "./same_file.ts";
import { prepareStreams } from "./streams.ts";
import { createTurns, type TurnOptions, whileLocked } from "./turns.ts";

/** What a journal in a file needs. */
export interface SqliteJournalOptions {
  /** Absolute path of the file; it and its folder are made where they are missing. */
  path: string;
  clock: Clock;
  random: RandomBytes;
  /** How long a call waits for another process's lock, in milliseconds; default 5000. */
  timeoutMs?: number;
  /**
   * The same once a stream was claimed, which a worker does: what it has under way is worth a longer
   * wait; default two minutes.
   */
  workerTimeoutMs?: number;
  /** Replaces known secrets before anything is kept. */
  redact?: Redact;
}

/**
 * Opens the journal in a SQLite file (WAL, `synchronous = normal`: what was appended survives the
 * death of any process; the last moments before a power cut may be missing, never torn). Costs the
 * same for an empty and for a large file. A file that was removed or replaced since is not written
 * to: journal_unusable. Errors: those of {@link Journal}.
 */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<Journal> {
  const { path, clock, random, redact } = options;
  const { timeoutMs = 5000, workerTimeoutMs = 120_000 } = options;
  const turn = { path, clock, timeoutMs };
  prepareFile(path);
  const tools = {
    now: () => clock.now(),
    newEventId: (now: Date) => newId("evt", now, random),
    ...(redact ? { redact } : {}),
  };
  const { db, verbs } = await openDatabase(turn, tools).catch((thrown: OuroborosError) => {
    const noRoom = thrown.code === "disk_full" || thrown.code === "journal_unusable";
    if (!noRoom || !giveReserve(path)) throw thrown;
    return openDatabase(turn, tools);
  });
  keepReserve(path);
  let open = true;
  const inTurn = createTurns(turn);
  const whenOpen = <T>(work: () => T) => () => {
    if (!open) throw closedError();
    return work();
  };
  const here = sameFile(path);
  const whenHere = <T>(work: () => T) =>
    whenOpen(() => {
      here();
      return work();
    });
  const write = <T>(work: () => T) => inTurn(whenHere(work));
  const look = <T>(work: () => T) => whileLocked(turn, whenOpen(work));

  return {
    append: (stream, events, conditions = {}) =>
      write(() => verbs.append(stream, events, conditions)),
    read: (stream, { afterVersion = 0, limit = -1 } = {}) =>
      look(() => verbs.read(stream, afterVersion, limit)),
    readAll: ({ afterPosition, limit, prefix = "" }) =>
      look(() => verbs.readAll(afterPosition, limit, prefix)),
    streams: ({ prefix, limit, before = null }) => look(() => verbs.streams(prefix, limit, before)),
    async claim(stream, owner) {
      const epoch = await write(() => verbs.claim(stream, owner));
      turn.timeoutMs = Math.max(timeoutMs, workerTimeoutMs);
      return epoch;
    },
    // What a worker asks all the time: it is not to wait for its next event.
    owner: (stream) => whileLocked(turn, whenHere(() => verbs.owner(stream))),
    putBlob: (bytes) => write(() => verbs.putBlob(redact ? redactBytes(bytes, redact) : bytes)),
    getBlob: (digest) => look(() => verbs.getBlob(digest)),
    head: () => look(() => verbs.head()),
    close: () =>
      inTurn(() => {
        if (open) db.close();
        open = false;
      }),
  };
}

async function openDatabase(turn: TurnOptions, tools: AppendTools) {
  const db = await whileLocked(turn, () => connect(turn.path));
  try {
    const verbs = await whileLocked(turn, () => {
      migrate(db, turn.path);
      return prepareVerbs(db, tools);
    });
    return { db, verbs };
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function prepareVerbs(db: DatabaseSync, tools: AppendTools) {
  const newest = db.prepare("select max(position) as position from events");
  return {
    append: prepareAppend(db, tools),
    read: prepareRead(db),
    readAll: prepareReadAll(db),
    streams: prepareStreams(db),
    claim: prepareClaim(db),
    owner: prepareOwner(db),
    putBlob: preparePutBlob(db),
    getBlob: prepareGetBlob(db),
    head: () => Number(newest.get()?.position ?? 0),
  };
}
