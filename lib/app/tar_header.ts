/** Bytes of a header, and what content is filled up to. */
export const TAR_BLOCK = 512;

/** Bytes that content of a size takes in an archive. */
export function tarRoom(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
}

/** Name and size of the file behind a ustar header; a size that is none is null. */
export function readTarHeader(header: Uint8Array): { name: string; size: number | null } {
  const size = Number.parseInt(fieldText(header.subarray(124, 136)), 8);
  return {
    name: fieldText(header.subarray(0, 100)),
    size: Number.isSafeInteger(size) && size >= 0 ? size : null,
  };
}

function fieldText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
