import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { readTarHeader, TAR_BLOCK as BLOCK, tarRoom } from "../tar_header.ts";

/** Unpacked, no release comes near this; a bomb does. */
const MAX_BYTES = 1_000_000_000;

/**
 * The program in a release's archive: the plain file `name` at its top. Everything else in it is
 * passed over, nothing is written. Errors: unreadable.
 */
export async function unpackProgram(archive: Uint8Array, name: string): Promise<Uint8Array> {
  const tar = await gunzip(archive);
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) break;
    const { name: found, size } = readTarHeader(header);
    if (size === null) throw broken("a header without a size");
    const content = at + BLOCK;
    const kind = header[156];
    // "0" or NUL is a plain file; a link of this name would be no program.
    if (found === name && (kind === 0x30 || kind === 0)) {
      if (content + size > tar.length) throw broken("it ends in the middle");
      return tar.subarray(content, content + size);
    }
    at = content + tarRoom(size);
  }
  throw broken(`there is no file "${name}" in it`);
}

async function gunzip(archive: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const stream = new Blob([archive as Uint8Array<ArrayBuffer>]).stream()
      .pipeThrough(new DecompressionStream("gzip"));
    for await (const part of stream) {
      bytes += part.length;
      if (bytes > MAX_BYTES) throw broken("it is too large");
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof OuroborosError ? error : broken(messageOf(error));
  }
  return await new Blob(parts).bytes();
}

function broken(detail: string): OuroborosError {
  return new OuroborosError({
    code: "unreadable",
    message: `Unpack the release's archive: ${detail}; nothing was changed`,
  });
}
