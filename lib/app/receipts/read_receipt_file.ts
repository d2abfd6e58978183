import { resolve } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";

/** A bundle of a project's files may be large; more than this is not read into memory. */
const MOST_BYTES = 2_000_000_000;

/**
 * Bytes of an exported file; undefined where the word names no file, so that it may be a run.
 * Errors: usage ("-"), unreadable, not_found (it looks like a file and is none).
 */
export async function readReceiptFile(cwd: string, word: string): Promise<Uint8Array | undefined> {
  if (word === "-") {
    throw new OuroborosError({
      code: "usage",
      message: 'Read the receipts "-": they are read from a file, not from stdin',
      hint: "cat > receipts.tar && ouroboros receipts replay receipts.tar",
    });
  }
  const path = resolve(cwd, word);
  const info = await Deno.stat(path).catch(() => undefined);
  // A folder may be called as the end of a run's id is.
  if (info?.isDirectory && /^\w{4,}$/.test(word)) return undefined;
  if (info !== undefined && !info.isFile) {
    throw new OuroborosError({
      code: "unreadable",
      message: `Read the receipts "${word}": it is ${
        info.isDirectory ? "a folder" : "no regular file"
      }`,
      hint: "Give the file that was exported: ouroboros receipts export RUN receipts.tar",
    });
  }
  if (info === undefined) {
    if (!/[/.]/.test(word)) return undefined;
    throw new OuroborosError({
      code: "not_found",
      message: `Read the receipts "${word}": there is no such file`,
      hint: "ls *.tar",
    });
  }
  if (info.size > MOST_BYTES) {
    throw new OuroborosError({
      code: "unreadable",
      message: `Read the receipts "${word}": it has ${info.size} bytes, the limit is ${MOST_BYTES}`,
    });
  }
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new OuroborosError({
      code: "unreadable",
      message: `Read the receipts "${word}": ${messageOf(error)}`,
      cause: error,
    });
  }
}
