/**
 * All that comes on stdin, as text; undefined where that is too long or not UTF-8. Read to its end in
 * any case: who writes it is not to be met by a closed pipe.
 */
export async function stdinText(mostBytes: number): Promise<string | undefined> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const piece of Deno.stdin.readable) {
    bytes += piece.length;
    if (bytes <= mostBytes) pieces.push(piece.slice());
  }
  if (bytes > mostBytes) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(pieces).bytes());
  } catch {
    // Bytes that are no text: whoever asked for one says what that means.
    return undefined;
  }
}
