import { Buffer } from "node:buffer";

/**
 * Bytes as a string with one character a byte. File names are bytes on Linux, and lists of them go
 * from one git process to the next: as UTF-8 text a Latin-1 name would come back as another name.
 */
export function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The bytes of a string made by {@link toBinary}. */
export function fromBinary(binary: string): Uint8Array {
  return Buffer.from(binary, "latin1");
}

/** The text for people, and for file calls, of a string made by {@link toBinary}. */
export function textOf(binary: string): string {
  return Buffer.from(binary, "latin1").toString("utf8");
}

/** A string for {@link fromBinary} from text. */
export function binaryOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The records of NUL-terminated output, as binary strings. */
export function nulRecords(bytes: Uint8Array): string[] {
  const records = toBinary(bytes).split("\0");
  if (records.at(-1) === "") records.pop();
  return records;
}

/** NUL-terminated input from binary strings. */
export function nulJoin(records: readonly string[]): Uint8Array {
  return fromBinary(records.map((record) => record + "\0").join(""));
}

/** Output of a command that prints one line. */
export function lineOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\n$/, "");
}
