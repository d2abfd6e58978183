import type { DatabaseSync } from "node:sqlite";
import type { StreamSummary } from "../journal.ts";
import { kindOf } from "./append.ts";

const COLUMNS = "stream, version, created_at as createdAt, updated_at as updatedAt";
const WANTED = "substr(stream, 1, length(:prefix)) = :prefix and created_position < coalesce(" +
  "(select created_position from streams where stream = :before), " +
  "case when :before is null then 9223372036854775807 else 0 end)";
const ORDER = "order by created_position desc limit :limit";

/** Compiles the list of streams, the latest created first; reads the summaries, never an event. */
export function prepareStreams(db: DatabaseSync) {
  const ofKind = db.prepare(
    `select ${COLUMNS} from streams where kind = :kind and ${WANTED} ${ORDER}`,
  );
  const ofAny = db.prepare(`select ${COLUMNS} from streams where ${WANTED} ${ORDER}`);
  return (prefix: string, limit: number, before: string | null): StreamSummary[] => {
    const common = { prefix, limit, before };
    // A prefix that holds the colon names one kind: its index gives the order at once.
    const rows = prefix.includes(":")
      ? ofKind.all({ ...common, kind: kindOf(prefix) })
      : ofAny.all(common);
    return rows.map((row) => ({ ...row }) as unknown as StreamSummary);
  };
}
