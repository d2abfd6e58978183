import type { DatabaseSync } from "node:sqlite";
import { OuroborosError } from "../../kernel/error.ts";
import { inTransaction } from "./transaction.ts";
import { MIGRATIONS } from "./migrations.ts";

/** "OURO": tells a journal of ours from any other SQLite file. */
const APPLICATION_ID = 0x4f55524f;

/**
 * Brings the schema to the newest version that this program knows; all steps or none. Refuses a
 * journal that a newer program wrote, and a database that is no journal of ours.
 */
export function migrate(db: DatabaseSync, path: string): void {
  if (versionOf(db, path) === MIGRATIONS.length) return;
  inTransaction(db, () => {
    // Looked at again under the lock: another process may have done it meanwhile.
    for (const step of MIGRATIONS.slice(versionOf(db, path))) db.exec(step);
    db.exec(`pragma application_id = ${APPLICATION_ID}`);
    db.exec(`pragma user_version = ${MIGRATIONS.length}`);
  });
}

function versionOf(db: DatabaseSync, path: string): number {
  const version = pragma(db, "user_version");
  const application = pragma(db, "application_id");
  const empty = version === 0 && application === 0 &&
    db.prepare("select 1 from sqlite_schema limit 1").get() === undefined;
  if (application !== APPLICATION_ID && !empty) {
    throw new OuroborosError({
      code: "journal_unusable",
      message: `Open the journal "${path}": it is a database of another program`,
      hint: `Move it away, then run the command again: mv "${path}" "${path}.old"`,
    });
  }
  if (version > MIGRATIONS.length) {
    throw new OuroborosError({
      code: "journal_unusable",
      message:
        `Open the journal "${path}": a newer ouroboros wrote it (schema ${version}, this one ` +
        `knows ${MIGRATIONS.length})`,
      hint: "Install the newest ouroboros, or point OUROBOROS_HOME at another folder",
    });
  }
  return version;
}

function pragma(db: DatabaseSync, name: "user_version" | "application_id"): number {
  return Number(db.prepare(`pragma ${name}`).get()?.[name] ?? 0);
}
