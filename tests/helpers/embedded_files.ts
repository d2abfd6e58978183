/** A file inside of a compiled program. */
export interface EmbeddedFile {
  /** From the folder that was compiled, with forward slashes. */
  path: string;
  bytes: Uint8Array;
}

/** One entry of the index that `deno compile` puts before the files. */
type Entry =
  | { File: { n: string; o: [number, number] } }
  | { Dir: { n: string; e: Entry[] } }
  | { Symlink: { n: string } };

/** Begins what `deno compile` appends to its base. */
const MAGIC = "d3n0l4nd";

/** More than all that is ours: code and skills, without the base that it is appended to. */
const TAIL = 16_000_000;

/**
 * Every file inside of a compiled program, read from the file itself and not by the program. As
 * Deno 2.7 lays it out: an index in JSON, its length before it; then the length of all files, and
 * they one after the other.
 */
export async function embeddedFiles(program: string): Promise<EmbeddedFile[]> {
  const bytes = await tailOf(program);
  const text = new TextDecoder("latin1").decode(bytes);
  const start = /\[\{"(File|Dir)":\{"n":"/.exec(text)?.index ?? 0;
  if (start < 8) throw new Error(`${program} holds no index of files`);
  const length = readLength(bytes, start - 8);
  const index: Entry[] = JSON.parse(
    new TextDecoder().decode(bytes.subarray(start, start + length)),
  );
  const base = start + length + 8;
  const files: EmbeddedFile[] = [];
  const visit = (entries: readonly Entry[], folder: string) => {
    for (const entry of entries) {
      if ("Symlink" in entry) files.push({ path: `${folder}${entry.Symlink.n}@`, bytes: EMPTY });
      else if ("Dir" in entry) visit(entry.Dir.e, `${folder}${entry.Dir.n}/`);
      else {
        const { n, o: [at, size] } = entry.File;
        files.push({
          path: `${folder}${n}`,
          bytes: bytes.subarray(base + at, base + at + size),
        });
      }
    }
  };
  visit(index, "");
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** What `deno compile` appended, as text of one character a byte: for words that must not be there. */
export async function embeddedText(program: string): Promise<string> {
  const text = new TextDecoder("latin1").decode(await tailOf(program));
  return text.slice(text.lastIndexOf(MAGIC, text.search(/\[\{"(File|Dir)":/)));
}

const EMPTY = new Uint8Array();

async function tailOf(program: string): Promise<Uint8Array> {
  using file = await Deno.open(program);
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min(size, TAIL));
  await file.seek(-bytes.length, Deno.SeekMode.End);
  for (let at = 0; at < bytes.length;) {
    const read = await file.read(bytes.subarray(at));
    if (read === null) break;
    at += read;
  }
  return bytes;
}

function readLength(bytes: Uint8Array, at: number): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset + at, 8).getBigUint64(0, true));
}
