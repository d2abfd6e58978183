import { sha256 } from "../../lib/kernel/digest.ts";

/** Bytes of a file that is kept by its digest. */
const LARGE = 2_000_000;

/** One path of a folder: what kind it is, its permission bits, its bytes or its target. */
export interface SnapshotEntry {
  kind: "file" | "folder" | "link" | "other";
  mode: number;
  /** Bytes of a file, one character each; a link's target. */
  text: string;
  owner: string;
  /** When it was last written, and where it lies on the disk: another one was written anew. */
  written: string;
}

/** Everything below a folder, by its path in it; the folder itself is "". */
export type Snapshot = ReadonlyMap<string, SnapshotEntry>;

/** Takes a snapshot of a folder; links are not followed, nothing is left out. */
export async function snapshot(folder: string): Promise<Snapshot> {
  const found = new Map<string, SnapshotEntry>();
  const visit = async (path: string, name: string): Promise<void> => {
    const info = await Deno.lstat(path);
    const kind = info.isSymlink
      ? "link"
      : info.isFile
      ? "file"
      : info.isDirectory
      ? "folder"
      : "other";
    found.set(name, {
      kind,
      mode: (info.mode ?? 0) & 0o7777,
      text: kind === "link"
        ? await Deno.readLink(path)
        : kind === "file"
        ? await bytesOf(path)
        : "",
      owner: `${info.uid}:${info.gid}`,
      written: `${info.mtime?.getTime()} ${info.ino}`,
    });
    if (kind !== "folder") return;
    for await (const entry of Deno.readDir(path)) {
      await visit(`${path}/${entry.name}`, name === "" ? entry.name : `${name}/${entry.name}`);
    }
  };
  await visit(folder, "");
  return found;
}

/**
 * How two snapshots differ, one line a path: `+` came, `-` went, `~` is another one. `written`:
 * also what holds the same and was written all the same, folders included.
 */
export function differences(
  before: Snapshot,
  after: Snapshot,
  options: { written?: boolean } = {},
): string[] {
  return compare(before, after, options.written ?? false).map((one) => one.line).sort();
}

/** The paths that differ between two snapshots. */
export function differingPaths(before: Snapshot, after: Snapshot): string[] {
  return compare(before, after, false).map((one) => one.path).sort();
}

function compare(before: Snapshot, after: Snapshot, written: boolean) {
  const found: { path: string; line: string }[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(path), after.get(path)];
    const shown = path === "" ? "." : path;
    if (!old) found.push({ path, line: `+ ${shown}: ${now!.kind}` });
    else if (!now) found.push({ path, line: `- ${shown}: ${old.kind}` });
    else {
      const what = [
        old.kind === now.kind ? "" : `${old.kind}, now ${now.kind}`,
        old.mode === now.mode ? "" : `mode ${old.mode.toString(8)}, now ${now.mode.toString(8)}`,
        old.owner === now.owner ? "" : `owner ${old.owner}, now ${now.owner}`,
        old.text === now.text ? "" : `other bytes${changedLines(old.text, now.text)}`,
        !written || old.written === now.written ? "" : "written again",
      ].filter((one) => one !== "");
      if (what.length > 0) found.push({ path, line: `~ ${shown}: ${what.join(", ")}` });
    }
  }
  return found;
}

/** Enough of a change to see in a failed test what it is. */
function changedLines(before: string, after: string): string {
  if (before.length > 20_000 || after.length > 20_000) return "";
  const [old, now] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((line) => !now.includes(line)).slice(0, 4).map((line) =>
    `\n    - ${line}`
  );
  const come = now.filter((line) => !old.includes(line)).slice(0, 4).map((line) =>
    `\n    + ${line}`
  );
  return [...gone, ...come].join("");
}

async function bytesOf(path: string): Promise<string> {
  // What its owner put away from everybody is told by its size, where it cannot be read.
  const bytes = await Deno.readFile(path).catch(() => undefined);
  if (bytes === undefined) return `unreadable ${(await Deno.lstat(path)).size}`;
  // Of a large one, as a program, only whether it is the same is of use.
  if (bytes.length > LARGE) return `${bytes.length} bytes, ${sha256(bytes)}`;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
