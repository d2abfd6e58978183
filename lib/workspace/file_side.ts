import { createHash } from "node:crypto";
import { sha256 } from "../kernel/digest.ts";
import { lstatNow } from "./not_found.ts";

/** What stands at one path: a file, a link, or (null) nothing. */
export type FileSide =
  | { kind: "file"; digest: string; mode: number }
  | { kind: "link"; target: string };

/** A path as it is, with a stamp that changes when the path does. */
export interface SideNow {
  side: FileSide | null;
  /** Something that is neither file nor link: a folder, a pipe. */
  other: boolean;
  stamp: string;
}

/** A file with more bytes is read in pieces, and others get their turn meanwhile. */
const READ_AT_ONCE_BYTES = 4 * 1024 * 1024;

/** Looks at a path, reading the bytes of a file. */
export async function sideOf(path: string): Promise<SideNow> {
  const info = lstatNow(path);
  const stamp = stampOf(info);
  if (info === undefined) return { side: null, other: false, stamp };
  if (info.isSymlink) {
    return { side: { kind: "link", target: Deno.readLinkSync(path) }, other: false, stamp };
  }
  if (!info.isFile) return { side: null, other: true, stamp };
  const digest = info.size > READ_AT_ONCE_BYTES
    ? await digestOf(path)
    : sha256(Deno.readFileSync(path));
  return {
    side: { kind: "file", digest, mode: (info.mode ?? 0o644) & 0o777 },
    other: false,
    stamp,
  };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

/** Changes when what stands at a path is replaced or written to. */
export function stampOf(info: Deno.FileInfo | undefined): string {
  if (info === undefined) return "none";
  return `${info.ino} ${info.size} ${info.mode} ${info.mtime?.getTime()} ${info.ctime?.getTime()}`;
}

/** Whether two sides are the same for git: bytes, kind and the executable bit. */
export function sameSide(a: FileSide | null, b: FileSide | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === "link") return b.kind === "link" && a.target === b.target;
  if (b.kind === "link" || a.digest !== b.digest) return false;
  return Deno.build.os === "windows" || (a.mode & 0o100) === (b.mode & 0o100);
}
