import type { DatabaseSync } from "node:sqlite";
import type { NewEvent, StoredEvent } from "../../kernel/event.ts";
import type { AppendOptions } from "../journal.ts";
import { conflictError, fencedError } from "../journal_error.ts";
import { dataText, eventOf, type StoredRow } from "../stored_row.ts";
import type { Redact } from "../redact.ts";
import { inTransaction } from "./transaction.ts";

/** What an append needs beside the database. */
export interface AppendTools {
  now(): Date;
  newEventId(now: Date): string;
  redact?: Redact;
}

/** Compiles the append: conditions, events and the stream's summary in one transaction. */
export function prepareAppend(db: DatabaseSync, tools: AppendTools) {
  const versionOf = db.prepare("select version from streams where stream = ?");
  const epochOf = db.prepare("select epoch from claims where stream = ?");
  const insert = db.prepare(
    "insert into events (stream, version, id, type, schema, at, data) values (?, ?, ?, ?, ?, ?, ?)",
  );
  const create = db.prepare(
    "insert into streams (stream, kind, version, created_position, created_at, updated_at) " +
      "values (?, ?, ?, ?, ?, ?)",
  );
  const advance = db.prepare("update streams set version = ?, updated_at = ? where stream = ?");

  return (stream: string, events: readonly NewEvent[], conditions: AppendOptions) => {
    // Encoded before the lock is taken: others wait for the shortest time.
    const texts = events.map((event) => dataText(event, tools.redact));
    return inTransaction(db, (): StoredEvent[] => {
      const version = Number(versionOf.get(stream)?.version ?? 0);
      refuse(stream, conditions, version, () => Number(epochOf.get(stream)?.epoch ?? 0));
      const now = tools.now();
      const at = now.toISOString();
      const rows = events.map((event, index): StoredRow => {
        const data = texts[index]!;
        const { type, schema } = event;
        const row = { stream, version: version + index + 1, id: tools.newEventId(now) };
        const added = insert.run(row.stream, row.version, row.id, type, schema, at, data);
        return { ...row, position: Number(added.lastInsertRowid), type, schema, at, data };
      });
      const first = rows[0];
      const last = rows[rows.length - 1];
      if (first && last && version === 0) {
        create.run(stream, kindOf(stream), last.version, first.position, at, at);
      } else if (last) {
        advance.run(last.version, at, stream);
      }
      return rows.map(eventOf);
    });
  };
}

/** A stream's name up to its first colon; the whole name where there is none. */
export function kindOf(stream: string): string {
  const colon = stream.indexOf(":");
  return colon < 0 ? stream : stream.slice(0, colon);
}

function refuse(
  stream: string,
  { expectedVersion, epoch }: AppendOptions,
  version: number,
  presentEpoch: () => number,
): void {
  if (epoch !== undefined) {
    const present = presentEpoch();
    if (present !== epoch) throw fencedError(stream, epoch, present);
  }
  if (expectedVersion !== undefined && expectedVersion !== version) {
    throw conflictError(stream, expectedVersion, version);
  }
}
