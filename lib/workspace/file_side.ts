import { sha256 } from "../kernel/digest.ts";
import { lstatIfAny } from "./not_found.ts";

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

/** Looks at a path, reading the bytes of a file. */
export async function sideOf(path: string): Promise<SideNow> {
  const info = await lstatIfAny(path);
  const stamp = stampOf(info);
  if (info === undefined) return { side: null, other: false, stamp };
  if (info.isSymlink) {
    return { side: { kind: "link", target: await Deno.readLink(path) }, other: false, stamp };
  }
  if (!info.isFile) return { side: null, other: true, stamp };
  const digest = sha256(await Deno.readFile(path));
  return {
    side: { kind: "file", digest, mode: (info.mode ?? 0o644) & 0o777 },
    other: false,
    stamp,
  };
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
