import type { FileValue } from "../runtimes/mod.ts";
import { isFormerLauncher, launcherWords, ownerOf } from "./edit/launcher.ts";
import { fingerprint, isPlainMap, type Plain, plainOf, valueAt, withValue } from "./edit/plain.ts";
import type { HostWork } from "./host_work.ts";
import { writtenValues } from "./written_values.ts";

/** An entry that starts us, and the file that it stands in. */
export interface OwnEntry {
  path: string;
  value: Plain;
  /** What of it we, or the original, wrote. */
  written: Plain | undefined;
  /** The words that it starts, where they are not today's. */
  former?: readonly string[];
  /** The words that it starts, where that is this program, from whatever place. */
  starts?: readonly string[];
}

/** An entry as ours, with what of it is not the user's; undefined where it is the user's. */
export function ownEntry(work: HostWork, path: string, value: Plain): OwnEntry | undefined {
  const { around, part, placement: { mcp, former } } = work;
  const steps = part?.edits.find((one) => one.path === path)?.undo ?? [];
  const written = valueAt(writtenValues(steps), mcp.keyPath);
  const owner = ownerOf(value, around.launcher);
  const words = launcherWords(value);
  if (owner === "ours") return { path, value, written, starts: around.launcher };
  // The receipt knows what we registered, whatever the program was called then.
  const known = words !== undefined &&
    fingerprint(launcherWords(written)) === fingerprint(words);
  if (words === undefined || (owner === "user" && !known)) return undefined;
  const own = { path, value, former: words };
  if (!isOriginal(words)) return { ...own, written, starts: words };
  const original = formerValues(value, former.keys ?? []);
  return { ...own, written: known ? written : original ?? written };
}

/** Whether words start the Python original rather than this program from another place. */
export function isOriginal(words: readonly string[]): boolean {
  return isFormerLauncher(words) &&
    !/^(\/|[A-Za-z]:[\\/]).*[/\\]ouroboros(\.exe)?$/i.test(words[0]!);
}

function formerValues(
  entry: Plain,
  keys: readonly { path: readonly string[]; value?: FileValue }[],
): Plain | undefined {
  let written: Plain | undefined;
  for (const { path, value } of keys) {
    const there = value === undefined ? valueAt(entry, path) : plainOf(value);
    if (there !== undefined) written = withValue(written, path, there);
  }
  return written;
}

/** Members that say what is started: those that follow the launcher, and the kind of an entry. */
export function launchingMembers({ around, placement: { mcp } }: HostWork): ReadonlySet<string> {
  const [ours, other] = [around.launcher, ["\0", "\0"]].map((launcher) =>
    plainOf(mcp.entry(launcher, around.forwarded))
  );
  if (!isPlainMap(ours)) return new Set();
  const keys = [...ours].filter(([key, value]) =>
    (typeof value === "string" && key !== mcp.switch) ||
    fingerprint(value) !== fingerprint(valueAt(other, [String(key)]))
  );
  return new Set(keys.map(([key]) => String(key)));
}
