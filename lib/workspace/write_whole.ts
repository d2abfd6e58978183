/**
 * Writes a file whole or not at all: whoever reads it finds what was there before, or all of this.
 * Beside it nothing is left, and nothing that lies there is written over. Throws the system's errors.
 */
export async function writeWhole(
  path: string,
  data: string | Uint8Array,
  { mode = 0o600 }: { mode?: number } = {},
): Promise<void> {
  const part = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  try {
    await Deno.writeFile(part, bytes, { mode, createNew: true });
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {
      // It was never made, or what failed fails here too: the first error says more.
    });
    throw error;
  }
}
