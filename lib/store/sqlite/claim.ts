import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./transaction.ts";

/** Compiles taking a stream over: under the write lock, so that two claimers get two epochs. */
export function prepareClaim(db: DatabaseSync) {
  const raise = db.prepare(
    "insert into claims (stream, epoch, owner) values (?, 1, ?) " +
      "on conflict (stream) do update set epoch = epoch + 1, owner = excluded.owner " +
      "returning epoch",
  );
  // Alone, the statement would give its row before it is kept, and node:sqlite says nothing when
  // keeping it fails (a full disk): the commit of a transaction does.
  return (stream: string, owner: string): number =>
    inTransaction(db, () => Number(raise.get(stream, owner)?.epoch));
}

/** Compiles the question who owns a stream. */
export function prepareOwner(db: DatabaseSync) {
  const select = db.prepare("select epoch, owner from claims where stream = ?");
  return (stream: string): { epoch: number; owner: string | null } => {
    const row = select.get(stream);
    return row ? { epoch: Number(row.epoch), owner: String(row.owner) } : { epoch: 0, owner: null };
  };
}
