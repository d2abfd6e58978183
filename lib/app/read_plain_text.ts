import { readPlainFile } from "./read_plain_file.ts";

/**
 * Reads a regular file of at most `mostBytes` as UTF-8. Throws the system's errors, and an `Error`
 * whose message is a reason for people.
 */
export async function readPlainText(path: string, mostBytes: number): Promise<string> {
  const { bytes, size } = await readPlainFile(path, mostBytes + 1);
  if (size > mostBytes) throw new Error(`it has ${size} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error("it is no text in UTF-8", { cause });
  }
}
