import { type ErrorParts, messageOf, OuroborosError } from "../../kernel/error.ts";
import { takenIdError } from "../journal_error.ts";
import { folderOf } from "./folder_of.ts";

/** SQLite's own words for a lock that another connection holds (node:sqlite gives no number). */
const BUSY = /\bdatabase (table )?is locked\b/i;

/** Whether `thrown` says that another connection holds the lock. */
export function isBusy(thrown: unknown): boolean {
  return BUSY.test(messageOf(thrown));
}

type Answer = Pick<ErrorParts, "code" | "message" | "hint" | "retryable">;

const RULES: readonly { match: RegExp; answer(path: string): Answer }[] = [
  {
    match: BUSY,
    answer: (path) => ({
      code: "journal_locked",
      message: `Write to the journal "${path}": another program holds its lock`,
      hint: `See who holds it: lsof "${path}"; then run the command again`,
      retryable: true,
    }),
  },
  {
    match: /database or disk is full|no space left|quota exceeded|ENOSPC|EDQUOT/i,
    answer: (path) => ({
      code: "disk_full",
      message: `Write to the journal "${path}": the disk is full`,
      hint: `Free some space, then run the command again: df -h "${folderOf(path)}"`,
      retryable: true,
    }),
  },
  {
    // Also what SQLite says when it cannot make its shared memory on a disk without space.
    match: /disk I\/O error/i,
    answer: (path) => ({
      code: "journal_unusable",
      message: `Use the journal "${path}": the disk is full or broken (disk I/O error)`,
      hint: `Look at the space that is left: df -h "${folderOf(path)}"`,
    }),
  },
  {
    match: /readonly database|read-only file system|permission denied|not permitted|EROFS|EACCES/i,
    answer: (path) => ({
      code: "not_writable",
      message: `Write to the journal "${path}": it may not be written`,
      hint: `Look at its owner and mode: ls -la "${folderOf(path)}"`,
    }),
  },
  {
    match: /file is not a database|malformed|database corruption/i,
    answer: (path) => ({
      code: "journal_unusable",
      message: `Read the journal "${path}": its content is damaged or is no journal`,
      hint: `Move it away, a new one is made at the next start: mv "${path}" "${path}.damaged"`,
    }),
  },
];

/** Any error of SQLite or the file system as an error of ours, with the cause kept. */
export function storeError(thrown: unknown, path: string): OuroborosError {
  if (thrown instanceof OuroborosError) return thrown;
  if (/UNIQUE constraint failed: events\.id/.test(messageOf(thrown))) return takenIdError();
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const rule = RULES.find(({ match }) => match.test(text));
  if (rule) return new OuroborosError({ ...rule.answer(path), cause: thrown });
  return new OuroborosError({
    code: "journal_unusable",
    message: `Use the journal "${path}": ${messageOf(thrown)}`,
    hint: `Look at the file and its folder: ls -la "${folderOf(path)}"`,
    cause: thrown,
  });
}
