import { sha256 } from "../../kernel/digest.ts";
import { applyTransaction } from "../../setup/write/apply_transaction.ts";
import type { Applied, FileChange, Transaction } from "../../setup/write/file_change.ts";
import { readTarget } from "../../setup/write/target.ts";

/** A transaction that can be undone after it is through. */
export interface Undoable {
  /** Carries it out. Errors: those of `applyTransaction`, nothing changed. */
  apply(): Promise<Applied>;
  /** Puts every file and folder back as it was before `apply`. Errors: the same. */
  takeBack(): Promise<void>;
}

interface Former {
  change: FileChange;
  bytes: Uint8Array | null;
  mode: number | null;
}

/** Remembers what a transaction replaces, so that it can be put back byte for byte. */
export async function undoable(
  transaction: Transaction,
  token: () => string,
): Promise<Undoable> {
  const files = await Promise.all(transaction.changes.map(formerFile));
  const folders = await Promise.all((transaction.emptied ?? []).map(formerFolder));
  let applied: Applied | undefined;
  return {
    apply: async () => applied = await applyTransaction(transaction, { token: token() }),
    takeBack: async () => {
      if (applied === undefined) return;
      await applyTransaction({
        ...transaction,
        changes: files.map(backwards).reverse(),
        // The innermost first.
        emptied: [...applied.made].reverse(),
      }, { token: token() });
      const modes = [...files.map(({ change, mode }) => ({ path: change.path, mode })), ...folders];
      for (const { path, mode } of modes) {
        if (mode === null || Deno.build.os === "windows") continue;
        await Deno.chmod(path, mode).catch(() => {
          // Of another user's file only that user may: its bytes are back, which matters more.
        });
      }
      applied = undefined;
    },
  };
}

async function formerFile(change: FileChange): Promise<Former> {
  const { bytes, info } = await readTarget(change.path);
  return { change, bytes, mode: bits(info) };
}

async function formerFolder(path: string): Promise<{ path: string; mode: number | null }> {
  return { path, mode: bits(await Deno.lstat(path).catch(() => undefined)) };
}

function bits(info: Deno.FileInfo | undefined): number | null {
  return info === undefined || info.mode === null ? null : info.mode & 0o7777;
}

function backwards({ change, bytes, mode }: Former): FileChange {
  return {
    path: change.path,
    before: change.after === null ? null : sha256(change.after),
    after: bytes,
    ...(mode === null ? {} : { mode }),
  };
}
