/** Takes all room of the disk of that file but so many bytes. */
export async function fillDisk(path: string, leave: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  const chunk = new Uint8Array(4096).fill(1);
  let bytes = 0;
  try {
    for (;;) bytes += await file.write(chunk);
  } catch {
    // It is full, which was wanted.
    await file.truncate(Math.max(0, bytes - leave));
  }
}
