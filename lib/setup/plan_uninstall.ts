import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import { findLeftovers, type Leftovers } from "./leftovers.ts";
import type { HostPlan, PlannedFile, PlanUninstall, SetupAround } from "./setup_plan.ts";
import { isLedTo, isPlacedFolder } from "./receipt_places.ts";
import { SetupProblems } from "./setup_problems.ts";
import { isOwnRecord, placedPart } from "./stray_file.ts";
import { type Finding, type Look, undoneEdits } from "./undo_findings.ts";
import { undoneFiles } from "./undone_files.ts";
import { undoneReceipt } from "./undo_record.ts";
import { partsOf, undoScope } from "./undo_scope.ts";
import type { FileChange } from "./write/file_change.ts";
import { lstatIfAny } from "./write/file_trouble.ts";
import {
  decodeReceipt,
  encodeReceipt,
  type InstallReceipt,
  receiptPath,
} from "./write/install_receipt.ts";
import { assertOwnFolders, assertWritable, foldersToMake, readTarget } from "./write/target.ts";

/**
 * Plans the undoing of what the receipt says of some hosts, and of what stands in the files of
 * others among them without a receipt. What somebody changed since stays, and stays in the receipt,
 * unless `force` is set; so does what is in no place of this home, and that whatever is set. What is
 * gone is passed over. Changes nothing.
 *
 * Errors: host_file_unusable with the problems of all files (bad shapes, links, unreadable or
 * read-only files), receipt_invalid, conflict (there is a receipt that was not handed over).
 */
export const planUninstall: PlanUninstall = async (around, wanted) => {
  const problems = new SetupProblems();
  const receipt: InstallReceipt = around.receipt ?? { version: 1, runtimes: {} };
  const stored = await readReceipt(around);
  const scope = undoScope(receipt, {
    ids: wanted.hosts.map((host) => host.id),
    own: wanted.own,
    ...(wanted.projects === undefined ? {} : { projects: wanted.projects }),
  });
  const definitions = new Map(wanted.hosts.map((host) => [host.id, host]));
  const look: Look = { around, scope, receipt, definitions, force: wanted.force, problems };
  const edits = await undoneEdits(look);
  const files = await undoneFiles(look);
  const findings = [...edits.findings, ...files.findings];
  const after = undoneReceipt(
    receipt,
    { scope, edited: edits.edited, ...files },
    around.root,
  );
  const leftovers = await findAll(look, wanted.hosts);
  const record = receiptFile(around, { stored, before: around.receipt, after: after.receipt });
  const own = findings.filter((one) => one.path === around.configFile);
  const ids = new Set(Object.keys(receipt.runtimes));
  const changes = [
    ...findings.filter((one) => !own.includes(one)).flatMap((one) => one.change ?? []),
    ...leftovers.flatMap((one) => one.changes),
    ...own.flatMap((one) => one.change ?? []),
    ...record?.change ? [record.change] : [],
  ];
  const ours = ownFolders(around, files.findings, leftovers);
  for (const folder of ours) await problems.attempt(() => assertOwnFolders([folder]));
  for (const change of changes) {
    await problems.attempt(async () =>
      await assertWritable(change.path, await readTarget(change.path))
    );
  }
  problems.throwIfAny();
  return {
    hosts: wanted.hosts.map((host) =>
      hostPlan(host, {
        findings: findings.filter((one) => one.parts.includes(host.id) && !own.includes(one)),
        installed: scope.parts.has(host.id),
        left: leftovers.find((one) => one.id === host.id),
        removed: scope.parts.has(host.id) ? receipt.runtimes[host.id]?.removed ?? [] : [],
      })
    ),
    own: [
      ...findings.filter((one) => own.includes(one) || one.parts.every((part) => !ids.has(part)))
        .flatMap((one) => one.files),
      ...wanted.own ? await unrecordedConfig(around) : [],
      ...record ? [record.file] : [],
    ],
    unchanged: changes.length === 0,
    changes,
    emptied: [
      ...after.emptied.filter((folder) => isFolderHere(folder, look)),
      ...leftovers.flatMap((one) => one.emptied),
      // Made for the time of the writing alone.
      ...changes.length === 0 ? [] : await foldersToMake([`${around.root}/any`]),
    ].sort().reverse(),
    ours,
  };
};

/** An empty folder of somebody else's is no more to be touched than a file. */
function isFolderHere(folder: string, look: Look): boolean {
  const { around, receipt } = look;
  return folder.startsWith(`${around.home}/`) ||
    partsOf(receipt).some(([name, { files }]) => {
      const part = placedPart(name, look);
      if (part === undefined) return false;
      return isPlacedFolder(part, folder, around) || isOwnRecord(look) &&
          files.some(({ path }) => path.startsWith(`${folder}/`) && isLedTo(part, path, "file"));
    });
}

async function readReceipt(around: SetupAround): Promise<string | null> {
  const path = receiptPath(around.root);
  const { bytes, digest } = await readTarget(path);
  if (around.receipt !== null || bytes === null) return digest;
  // One of a later version must not be taken for none.
  decodeReceipt(bytes, path);
  throw new OuroborosError({
    code: "conflict",
    message: `Read "${path}": it was written meanwhile`,
    hint: "Run the same command again: it is shown anew",
    retryable: true,
  });
}

/** Hosts that the receipt does not know. */
async function findAll(look: Look, hosts: readonly RuntimeDefinition[]): Promise<Leftovers[]> {
  const found: Leftovers[] = [];
  for (const host of hosts.filter((one) => !look.scope.parts.has(one.id))) {
    const left = await look.problems.attempt(() => findLeftovers(look.around, host, look.force));
    if (left === undefined) continue;
    for (const problem of left.problems) look.problems.add(problem);
    found.push(left);
  }
  return found;
}

function receiptFile(
  around: SetupAround,
  { stored, before, after }: {
    stored: string | null;
    before: InstallReceipt | null;
    after: InstallReceipt | null;
  },
): { file: PlannedFile; change: FileChange } | undefined {
  const path = receiptPath(around.root);
  const what = "receipt of what was set up";
  if (before === null || (after !== null && JSON.stringify(after) === JSON.stringify(before))) {
    return undefined;
  }
  if (after === null && stored === null) return undefined;
  const bytes = after === null ? null : encodeReceipt(after);
  return {
    file: { path, action: bytes === null ? "remove" : "change", what },
    change: { path, before: stored, after: bytes, mode: 0o600 },
  };
}

/** Our configuration without a receipt: what of it a setup wrote, and what a person, nobody knows. */
async function unrecordedConfig(around: SetupAround): Promise<PlannedFile[]> {
  const path = around.configFile;
  if (around.receipt !== null || await lstatIfAny(path) === undefined) return [];
  const note = "no receipt says what of it setup wrote: it stays";
  return [{ path, action: "kept", what: "our configuration", note, yours: true }];
}

function ownFolders(
  around: SetupAround,
  files: readonly Finding[],
  leftovers: readonly Leftovers[],
): string[] {
  const removed = files.flatMap(({ change }) => change ? [change.path] : []);
  const folders = removed.map((path) => path.slice(0, path.lastIndexOf("/")));
  return [...new Set([around.root, ...folders, ...leftovers.flatMap((one) => one.ours)])];
}

function hostPlan(
  host: RuntimeDefinition,
  { findings, installed, left, removed }: {
    findings: readonly Finding[];
    installed: boolean;
    left: Leftovers | undefined;
    removed: readonly { path: string; at: string }[];
  },
): HostPlan {
  const files = [...findings.flatMap((one) => one.files), ...left?.files ?? []];
  const whole = findings.every((one) => one.files.every((file) => file.note === undefined));
  const present = installed || (left?.changes.length ?? 0) > 0;
  return {
    id: host.id,
    title: host.title,
    state: !present ? "absent" : installed && whole ? "current" : "stale",
    files,
    notes: [
      ...left?.notes ?? [],
      ...removed.map(({ path, at }) =>
        `"${path}" of an earlier installer went with the setup of ${at.slice(0, 10)}: it is not ` +
        "brought back"
      ),
    ],
  };
}
