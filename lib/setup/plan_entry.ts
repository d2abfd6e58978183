import { documentPath } from "../kernel/document_problem.ts";
import type { FileValue } from "../runtimes/mod.ts";
import type { Change } from "./edit/change.ts";
import { decodeText } from "./edit/decode_text.ts";
import { type Entry, readEntry } from "./edit/edit.ts";
import { isFormerLauncher, launcherWords, ownerOf } from "./edit/launcher.ts";
import {
  fingerprint,
  isPlainList,
  isPlainMap,
  type Plain,
  plainOf,
  valueAt,
  withValue,
} from "./edit/plain.ts";
import { entryChanges } from "./entry_changes.ts";
import type { HostWork } from "./host_work.ts";
import { writtenValues } from "./written_values.ts";

/** An entry that starts us, and the file that it stands in. */
interface OwnEntry {
  path: string;
  value: Plain;
  /** What of it we, or the original, wrote. */
  written: Plain | undefined;
  /** The words that it starts, where they are not today's. */
  former?: readonly string[];
}

/**
 * Plans the host's entry for our server: ours are brought up to date in whatever file they stand
 * in, those of former installers are migrated, a user's own under our name is kept. Gives the file
 * with the entry; undefined where there is none of ours.
 */
export async function planEntry(work: HostWork): Promise<string | undefined> {
  const { draft, placement: { mcp } } = work;
  const entries = new Map<string, Entry>();
  let broken = false;
  for (const path of work.places.mcp) {
    const entry = await entryIn(work, path);
    if (entry === undefined) continue;
    if (entry.ok) entries.set(path, entry);
    else {
      broken = true;
      draft.problem(path, entry.problem);
    }
  }
  if (broken) return undefined;
  const own: OwnEntry[] = [];
  for (const [path, entry] of entries) {
    if (!entry.ok || entry.state !== "present") continue;
    const found = ownEntry(work, path, entry.value);
    if (found === undefined) return keep(work, path);
    own.push(found);
  }
  if (own.length === 0) {
    const [path = work.places.mcp[0]!] = [...entries.keys()];
    await editEntry(work, path, [{ op: "set", path: mcp.keyPath, value: wantedEntry(work) }]);
    return path;
  }
  work.present = true;
  for (const entry of own) await update(work, entry);
  return own[0]!.path;
}

/** What stands at the entry's place in one file; undefined where there is no such file. */
async function entryIn(work: HostWork, path: string): Promise<Entry | undefined> {
  const { format, keyPath } = work.placement.mcp;
  const bytes = await work.draft.bytes(path);
  if (bytes === null || bytes === undefined) return undefined;
  const text = decodeText(bytes);
  return text.ok ? readEntry(format, text.text, keyPath) : text;
}

function wantedEntry({ around, placement }: HostWork): FileValue {
  return placement.mcp.entry(around.launcher, around.forwarded);
}

/** An entry as ours, with what of it is not the user's; undefined where it is the user's. */
function ownEntry(work: HostWork, path: string, value: Plain): OwnEntry | undefined {
  const { around, part, placement: { mcp, former } } = work;
  const steps = part?.edits.find((one) => one.path === path)?.undo ?? [];
  const written = valueAt(writtenValues(steps), mcp.keyPath);
  const owner = ownerOf(value, around.launcher);
  const words = launcherWords(value);
  if (owner === "ours") return { path, value, written };
  // The receipt knows what we registered, whatever the program was called then.
  const known = words !== undefined &&
    fingerprint(launcherWords(written)) === fingerprint(words);
  if (words === undefined || (owner === "user" && !known)) return undefined;
  const original = isOriginal(words) ? formerValues(value, former.keys ?? []) : undefined;
  return { path, value, written: written ?? original, former: words };
}

/** Whether words start the Python original rather than this program from another place. */
function isOriginal(words: readonly string[]): boolean {
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

async function update(work: HostWork, entry: OwnEntry): Promise<void> {
  const { around, placement: { mcp, approval }, part } = work;
  const wanted = wantedEntry(work);
  const approvals = approval.approve([...around.tools, ...part?.approved ?? []]);
  const changes = entryChanges({
    path: mcp.keyPath,
    wanted,
    there: entry.value,
    written: entry.written,
    launching: launching(work),
    others: approvals.map((change) => change.path),
  });
  const edited = await editEntry(work, entry.path, changes);
  if (edited && entry.former) {
    work.notes.push(
      `MCP server "${nameOf(work)}" in "${entry.path}" started ${
        JSON.stringify(entry.former.join(" "))
      } before`,
    );
  }
  if (isSwitchedOff(entry.value)) {
    work.notes.push(
      `MCP server "${nameOf(work)}" is switched off in "${entry.path}", and stays so`,
    );
  }
}

async function editEntry(
  work: HostWork,
  path: string,
  changes: readonly Change[],
): Promise<boolean> {
  const { draft, definition, placement: { mcp } } = work;
  work.files.push({ path, what: `MCP server "${nameOf(work)}"` });
  return await draft.edit(definition.id, { path, format: mcp.format }, changes);
}

function keep(work: HostWork, path: string): undefined {
  const { keyPath } = work.placement.mcp;
  const note =
    `an entry of your own has the name "${nameOf(work)}": to free it, rename or remove ` +
    `${documentPath(keyPath)} in "${path}", then run the same command again`;
  work.files.push({ path, what: `MCP server "${nameOf(work)}"`, kept: true, note });
  work.notes.push(`MCP server not registered: ${note}`);
  work.lacking = true;
}

/** Members that say what is started: those that follow the launcher, and the kind of an entry. */
function launching({ around, placement: { mcp } }: HostWork): ReadonlySet<string> {
  const [ours, other] = [around.launcher, ["\0", "\0"]].map((launcher) =>
    plainOf(mcp.entry(launcher, around.forwarded))
  );
  if (!isPlainMap(ours)) return new Set();
  const keys = [...ours].filter(([key, value]) =>
    typeof value === "string" || fingerprint(value) !== fingerprint(valueAt(other, [String(key)]))
  );
  return new Set(keys.map(([key]) => String(key)));
}

function isSwitchedOff(entry: Plain): boolean {
  return valueAt(entry, ["enabled"]) === false || valueAt(entry, ["disabled"]) === true;
}

function nameOf({ placement }: HostWork): string {
  return placement.mcp.keyPath.at(-1)!;
}

/** Takes texts of the original out of lists in the file with the entry. */
export async function planFormerItems(work: HostWork): Promise<void> {
  const { draft, definition, places, placement: { mcp, former } } = work;
  for (const { keyPath, ending } of former.items ?? []) {
    for (const path of places.mcp) {
      const bytes = await draft.bytes(path);
      const text = bytes ? decodeText(bytes) : undefined;
      const entry = text?.ok ? readEntry(mcp.format, text.text, keyPath) : undefined;
      if (!entry?.ok || entry.state !== "present" || !isPlainList(entry.value)) continue;
      const items = entry.value.filter((item) => typeof item === "string" && item.endsWith(ending));
      if (items.length === 0) continue;
      work.present = true;
      work.files.push({ path, what: `${documentPath(keyPath)} of an earlier installer` });
      await draft.edit(
        definition.id,
        { path, format: mcp.format },
        items.map((item) => ({ op: "remove_item", path: keyPath, item: String(item) })),
      );
    }
  }
}
