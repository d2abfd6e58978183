import { DatabaseSync } from "node:sqlite";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { folderOf } from "./folder_of.ts";
import { fileSystemMagic, networkFileSystem } from "./network_file_system.ts";

/** How long one call waits inside SQLite for a lock; it blocks this thread, so it is short. */
export const BUSY_SLICE_MS = 20;

/** A -wal file is cut back to this many bytes after a checkpoint. */
const WAL_BYTES_KEPT = 16 * 1024 * 1024;

/** Opens the file in WAL mode; throws journal_unusable where WAL cannot be had. */
export function connect(path: string, magic = fileSystemMagic(path)): DatabaseSync {
  const network = magic === undefined ? undefined : networkFileSystem(magic);
  if (network) throw noWal(path, `it lies on a network file system (${network})`);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: BUSY_SLICE_MS });
    const mode = db.prepare("pragma journal_mode = wal").get()?.journal_mode;
    if (mode !== "wal") throw noWal(path, `its file system gives no shared memory (${mode})`);
    db.exec(`
      pragma synchronous = normal;
      pragma journal_size_limit = ${WAL_BYTES_KEPT};
      pragma trusted_schema = off;
    `);
    return db;
  } catch (thrown) {
    db?.close();
    if (/unable to open|disk I\/O error/i.test(messageOf(thrown))) tryFolder(path);
    throw thrown;
  }
}

/** As much as SQLite's shared memory takes at first. */
const PROBE_BYTES = 32 * 1024;

/**
 * SQLite says no more than "unable to open" or "disk I/O error": making a file beside it shows
 * whether the folder or a full disk is the reason, and throws the system's own error then.
 */
function tryFolder(path: string): void {
  const probe = Deno.makeTempFileSync({ dir: folderOf(path), prefix: ".probe-" });
  try {
    Deno.writeFileSync(probe, new Uint8Array(PROBE_BYTES));
  } finally {
    Deno.removeSync(probe);
  }
}

function noWal(path: string, why: string): OuroborosError {
  return new OuroborosError({
    code: "journal_unusable",
    message: `Open the journal "${path}": ${why}`,
    hint: "Point OUROBOROS_HOME at a folder on a local disk",
  });
}
