import { OuroborosError } from "../../kernel/error.ts";
import { readTarHeader, TAR_BLOCK as BLOCK, tarRoom } from "../tar_header.ts";

/** One plain file of an archive. */
export interface TarFile {
  /** At most 100 bytes of ASCII, parts with "/" between. */
  name: string;
  bytes: Uint8Array;
}

/**
 * An archive of plain files in the ustar form, which every tar reads. Owners, times and modes are
 * always the same, so that the same files give the same bytes.
 */
export function writeTar(files: readonly TarFile[]): Uint8Array<ArrayBuffer> {
  const total = files.reduce((sum, { bytes }) => sum + BLOCK + tarRoom(bytes.length), 2 * BLOCK);
  const archive = new Uint8Array(total);
  let at = 0;
  for (const { name, bytes } of files) {
    archive.set(headerOf(name, bytes.length), at);
    archive.set(bytes, at + BLOCK);
    at += BLOCK + tarRoom(bytes.length);
  }
  return archive;
}

function headerOf(name: string, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  put(name, 0);
  put(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100);
  put(`${octal(size, 11)}\0${octal(0, 11)}\0`, 124);
  put("        ", 148);
  put("0", 156);
  put("ustar\x0000", 257);
  put(`${octal(header.reduce((sum, byte) => sum + byte, 0), 6)}\0 `, 148);
  return header;
}

/**
 * The files of an archive, by name, in order. Anything that {@link writeTar} does not write is
 * refused: links, folders, a name twice or with ".." in it, bytes behind the end.
 * Errors: receipt_invalid.
 */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  while (true) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw broken("it ends in the middle");
    if (header[0] === 0) break;
    const { name, size } = readTarHeader(header);
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(name) || name.split("/").includes("..")) {
      throw broken(`it holds a file of the name ${JSON.stringify(name)}`);
    }
    if (size === null || !equal(header, headerOf(name, size))) {
      throw broken(`the header of "${name}" is not one of ours`);
    }
    if (files.has(name)) throw broken(`it holds "${name}" twice`);
    const start = at + BLOCK;
    at = start + tarRoom(size);
    if (at > archive.length) throw broken("it ends in the middle");
    files.set(name, archive.subarray(start, start + size));
    if (archive.subarray(start + size, at).some((byte) => byte !== 0)) {
      throw broken(`there is something behind "${name}"`);
    }
  }
  if (archive.length - at !== 2 * BLOCK || archive.subarray(at).some((byte) => byte !== 0)) {
    throw broken("it does not end where it should");
  }
  return files;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function broken(detail: string): OuroborosError {
  return new OuroborosError({
    code: "receipt_invalid",
    message: `Read the receipts' archive: ${detail}`,
    hint: "Have it exported again: ouroboros receipts export RUN FILE",
  });
}
