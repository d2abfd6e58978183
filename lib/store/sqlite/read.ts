import type { DatabaseSync } from "node:sqlite";
import type { StoredEvent } from "../../kernel/event.ts";
import { eventOf, type StoredRow } from "../stored_row.ts";

const COLUMNS = "position, stream, version, id, type, schema, at, data";

/** Compiles the read of one stream. */
export function prepareRead(db: DatabaseSync) {
  const select = db.prepare(
    `select ${COLUMNS} from events where stream = ? and version > ? order by version limit ?`,
  );
  return (stream: string, afterVersion: number, limit: number): StoredEvent[] =>
    select.all(stream, afterVersion, limit).map((row) => eventOf(row as unknown as StoredRow));
}
