import { documentPath } from "../kernel/document_problem.ts";
import type { Change, EditFormat } from "./edit/change.ts";
import { isPlainMap } from "./edit/plain.ts";
import type { FileChange } from "../runtimes/mod.ts";
import type { HostWork } from "./host_work.ts";

/** What a host's own rules do not see of tools that are approved. */
const REACH =
  "Approved, our tools let its model have commands run as you, past its own rules for its " +
  "shell: the checks that an interview tries, the agent of a run";

/**
 * Plans the approval of our tools, where it was asked for; what was approved earlier stays approved
 * unless the tool is gone. `entryFile`: where our entry stands.
 */
export async function planApprovals(work: HostWork, entryFile: string): Promise<void> {
  const { approve, around, draft, definition, part, places, placement: { approval, mcp } } = work;
  work.approved = part?.approved ?? [];
  if (!approve) return;
  const file = {
    path: places.approval ?? entryFile,
    format: approval.file?.format ?? mcp.format,
  };
  const wanted = approval.approve(around.tools);
  const gone = work.approved.filter((tool) => !around.tools.includes(tool));
  const stale = approval.approve(gone).map(taken);
  if (wanted.length + stale.length === 0) return;
  const short = await shortRule(work, file);
  if (short !== undefined && short === approval.short?.all) {
    work.notes.push(
      `Every tool is approved in "${file.path}" already (${documentPath(approval.short.path)}: ` +
        `${JSON.stringify(short)}): nothing is added to it`,
    );
    return;
  }
  work.files.push({ path: file.path, what: `approval of ${around.tools.length} tools` });
  // Said where it is decided, and not again by each setup that keeps it.
  if (work.approved.length === 0) work.notes.push(REACH);
  const first = short === undefined ? [] : writtenOut(approval.short!, short);
  const moved = approval.last ? await outOfPlace(work, file, wanted) : [];
  if (await draft.edit(definition.id, file, [...first, ...stale, ...moved, ...wanted])) {
    work.approved = around.tools;
  }
}

type ApprovalFile = { path: string; format: EditFormat };

/** The text that stands in place of the mapping of rules; undefined where none does. */
async function shortRule(work: HostWork, file: ApprovalFile): Promise<string | undefined> {
  const { short } = work.placement.approval;
  const entry = short && await work.draft.entry(file, short.path);
  return entry?.ok && entry.state === "present" && typeof entry.value === "string"
    ? entry.value
    : undefined;
}

/** The same rule as a mapping, in which others find their places. */
function writtenOut(
  { path, key }: NonNullable<HostWork["placement"]["approval"]["short"]>,
  rule: string,
): Change[] {
  return [{ op: "set", path, value: { [key]: rule }, instead: true }];
}

function taken(change: FileChange): Change {
  return change.op === "set"
    ? { op: "remove", path: change.path, emptyParents: 1 }
    : { op: "remove_item", path: change.path, item: change.item };
}

/** Takes out ours where a rule of somebody else's stands behind them: they are set again. */
async function outOfPlace(
  work: HostWork,
  file: ApprovalFile,
  wanted: readonly FileChange[],
): Promise<Change[]> {
  const ours = wanted.map((one) => one.path.at(-1)!);
  const moved: Change[] = [];
  for (const { path } of wanted) {
    const key = path.at(-1)!;
    const entry = await work.draft.entry(file, path.slice(0, -1));
    if (!entry?.ok || entry.state !== "present" || !isPlainMap(entry.value)) continue;
    const keys = [...entry.value.keys()].map(String);
    const behind = keys.slice(keys.indexOf(key) + 1);
    const moves = keys.includes(key) && behind.some((other) => !ours.includes(other));
    if (moves) moved.push({ op: "remove", path });
  }
  return moved;
}
