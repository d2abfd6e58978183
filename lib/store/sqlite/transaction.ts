import type { DatabaseSync } from "node:sqlite";

/** Runs `work` under the write lock, taken at once: all of it is kept, or nothing. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("begin immediate");
  try {
    const result = work();
    db.exec("commit");
    return result;
  } catch (thrown) {
    rollBack(db);
    throw thrown;
  }
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec("rollback");
  } catch {
    // SQLite has rolled back by itself (disk full, for one): what was thrown first says why.
  }
}
