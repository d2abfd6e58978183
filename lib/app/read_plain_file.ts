/** A regular file's first bytes, and how many it has in all. */
export interface PlainFile {
  bytes: Uint8Array;
  /** Of the whole file. */
  size: number;
}

/**
 * Reads a regular file, at most `mostBytes` of it. Anything else is refused before it is opened: a
 * pipe that nobody writes to would be waited for without end. Throws the system's errors, and an
 * `Error` whose message is a reason for people.
 */
export async function readPlainFile(path: string, mostBytes: number): Promise<PlainFile> {
  const info = await Deno.stat(path);
  if (!info.isFile) throw new Error(info.isDirectory ? "it is a folder" : "it is no regular file");
  using file = await openFile(path);
  const bytes = new Uint8Array(Math.min(mostBytes, Math.max(info.size, SMALLEST)));
  let length = 0;
  while (length < bytes.length) {
    const read = await file.read(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return { bytes: bytes.slice(0, length), size: Math.max(info.size, length) };
}

/** A file may grow between the look at it and its reading; one of the system's own says 0. */
const SMALLEST = 65_536;

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    // Files of the system (/dev, /proc) are closed to this program, in words that help nobody.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new Error("it is a file of the system, which this program does not read");
  }
}
