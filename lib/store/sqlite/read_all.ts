import type { DatabaseSync } from "node:sqlite";
import type { StoredEvent } from "../../kernel/event.ts";
import { eventOf, type StoredRow } from "../stored_row.ts";

const COLUMNS = "position, stream, version, id, type, schema, at, data";

/** Compiles the read of all streams after a position, narrowed by a prefix of their names. */
export function prepareReadAll(db: DatabaseSync) {
  // Followers stand near the end: walking on from their position is the cheap order.
  const select = db.prepare(
    `select ${COLUMNS} from events where position > :after ` +
      "and substr(stream, 1, length(:prefix)) = :prefix order by position limit :limit",
  );
  return (after: number, limit: number, prefix: string): StoredEvent[] =>
    select.all({ after, limit, prefix }).map((row) => eventOf(row as unknown as StoredRow));
}
