import { documentPath } from "../kernel/document_problem.ts";
import type { FileValue } from "../runtimes/mod.ts";
import type { Change } from "./edit/change.ts";
import type { Entry } from "./edit/edit.ts";
import { type Plain, valueAt } from "./edit/plain.ts";
import { entryChanges } from "./entry_changes.ts";
import type { HostWork } from "./host_work.ts";
import { launchingMembers, type OwnEntry, ownEntry } from "./own_entry.ts";

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
    const entry = await draft.entry({ path, format: mcp.format }, mcp.keyPath);
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
  const starts = own[0]!.starts;
  if (starts !== undefined) work.registered = starts;
  for (const entry of own) await update(work, entry);
  return own[0]!.path;
}

function wantedEntry({ around, placement }: HostWork): FileValue {
  return placement.mcp.entry(around.launcher, around.forwarded);
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
    launching: launchingMembers(work),
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

function isSwitchedOff(entry: Plain): boolean {
  return valueAt(entry, ["enabled"]) === false || valueAt(entry, ["disabled"]) === true;
}

function nameOf({ placement }: HostWork): string {
  return placement.mcp.keyPath.at(-1)!;
}
