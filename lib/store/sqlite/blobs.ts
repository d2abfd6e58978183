import type { DatabaseSync } from "node:sqlite";
import { sha256 } from "../../kernel/digest.ts";

/** Compiles keeping bytes under their digest; bytes that are there already are not written. */
export function preparePutBlob(db: DatabaseSync) {
  const has = db.prepare("select 1 from blobs where digest = ?");
  const insert = db.prepare("insert or ignore into blobs (digest, bytes) values (?, ?)");
  return (bytes: Uint8Array): string => {
    const digest = sha256(bytes);
    if (!has.get(digest)) insert.run(digest, bytes);
    return digest;
  };
}

/** Compiles reading bytes by their digest. */
export function prepareGetBlob(db: DatabaseSync) {
  const select = db.prepare("select bytes from blobs where digest = ?");
  return (digest: string): Uint8Array | undefined => {
    const bytes = select.get(digest)?.bytes;
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
}
