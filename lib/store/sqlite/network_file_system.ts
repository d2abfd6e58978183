import { statfsSync } from "node:fs";

/**
 * Magic numbers of file systems that several machines can mount at once (statfs(2)). SQLite's WAL
 * keeps an index in shared memory, which no two machines share: there it corrupts silently.
 */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x01021997, "9p"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x00c36400, "Ceph"],
  [0x01161970, "GFS2"],
  [0x7461636f, "OCFS2"],
  [0x0bd00bd0, "Lustre"],
]);

/** The name of the network file system with this magic number; undefined for all others. */
export function networkFileSystem(magic: number): string | undefined {
  return NETWORK.get(magic >>> 0);
}

/**
 * The magic number of the file system that holds `folder`; undefined where the system has none
 * (the numbers mean something on Linux alone: elsewhere the answer to `journal_mode` decides).
 */
export function fileSystemMagic(folder: string): number | undefined {
  if (Deno.build.os !== "linux") return undefined;
  try {
    return Number(statfsSync(folder).type);
  } catch {
    return undefined;
  }
}
