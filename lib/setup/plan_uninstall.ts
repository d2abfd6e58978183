import { sha256 } from "../kernel/digest.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import { decodeText } from "./edit/decode_text.ts";
import { problemError } from "./edit/edit_problem.ts";
import { findLeftovers, type Leftovers } from "./leftovers.ts";
import type { HostPlan, PlannedFile, PlanUninstall, SetupAround } from "./setup_plan.ts";
import { SetupProblems } from "./setup_problems.ts";
import type { OwnedStep } from "./undo_chain.ts";
import { undoFile } from "./undo_file.ts";
import { undoneReceipt } from "./undo_record.ts";
import { OWN_PART, partsOf, type ScopedFile, type UndoScope, undoScope } from "./undo_scope.ts";
import { undoWords } from "./undo_words.ts";
import type { FileChange } from "./write/file_change.ts";
import {
  decodeReceipt,
  encodeReceipt,
  type InstallReceipt,
  receiptPath,
} from "./write/install_receipt.ts";
import { assertOwnFolders, assertWritable, foldersToMake, readTarget } from "./write/target.ts";

/** What is found out about one file of a plan. */
interface Finding {
  /** Parts of the receipt that it belongs to. */
  parts: readonly string[];
  file: PlannedFile;
  change?: FileChange;
}

/** Findings, and what they leave of the receipt. */
interface Findings {
  findings: readonly Finding[];
  edited: ReadonlyMap<string, { left: readonly OwnedStep[]; after: string | null }>;
  keptFiles: ReadonlySet<string>;
}

const GONE = "it is gone already";
const CHANGED = "somebody changed it since: it stays without --force";

/**
 * Plans the undoing of what the receipt says of some hosts, and of what stands in the files of
 * others among them without a receipt. What somebody changed since stays, and stays in the receipt,
 * unless `force` is set; what is gone is passed over. Changes nothing.
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
  });
  const definitions = new Map(wanted.hosts.map((host) => [host.id, host]));
  const look: Look = { around, scope, receipt, definitions, force: wanted.force, problems };
  const edits = await undoneEdits(look);
  const files = await undoneFiles(look);
  const findings = [...edits.findings, ...files.findings];
  const after = undoneReceipt(
    receipt,
    { scope, edited: edits.edited, keptFiles: files.keptFiles },
    around.root,
  );
  const leftovers = await findAll(look, wanted.hosts);
  const record = receiptFile(around, { stored, before: around.receipt, after: after.receipt });
  const own = findings.filter((one) => one.file.path === around.configFile);
  const changes = [
    ...findings.filter((one) => !own.includes(one)).flatMap((one) => one.change ?? []),
    ...leftovers.flatMap((one) => one.changes),
    ...own.flatMap((one) => one.change ?? []),
    ...record?.change ? [record.change] : [],
  ];
  const ours = ownFolders(around, files.findings, leftovers);
  await problems.attempt(() => assertOwnFolders(ours));
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
      })
    ),
    own: [
      ...findings.filter((one) => own.includes(one) || one.parts.every((part) => part === OWN_PART))
        .map((one) => one.file),
      ...record ? [record.file] : [],
    ],
    unchanged: changes.length === 0,
    changes,
    emptied: [
      ...after.emptied,
      ...leftovers.flatMap((one) => one.emptied),
      // Made for the time of the writing alone.
      ...changes.length === 0 ? [] : await foldersToMake([`${around.root}/any`]),
    ].sort().reverse(),
    ours,
  };
};

/** What the parts of a plan are made from. */
interface Look {
  around: SetupAround;
  scope: UndoScope;
  receipt: InstallReceipt;
  definitions: ReadonlyMap<string, RuntimeDefinition>;
  force: boolean;
  problems: SetupProblems;
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

async function undoneEdits(look: Look): Promise<Omit<Findings, "keptFiles">> {
  const findings: Finding[] = [];
  const edited = new Map<string, { left: readonly OwnedStep[]; after: string | null }>();
  for (const [path, file] of look.scope.files) {
    const found = await look.problems.attempt(() => undoneEdit(path, file, look));
    if (found === undefined) continue;
    findings.push(found.finding);
    edited.set(path, found.state);
  }
  return { findings, edited };
}

async function undoneEdit(path: string, file: ScopedFile, look: Look) {
  const parts = [...new Set(file.steps.filter((one) => one.going).map((one) => one.part))];
  const what = undoWords(path, look.around, look.definitions.get(parts[0]!));
  const target = await readTarget(path);
  if (target.bytes === null) {
    const left = file.steps.filter((one) => !one.going);
    const gone: PlannedFile = { path, action: "same", what, note: GONE };
    return { finding: { parts, file: gone }, state: { left, after: null } };
  }
  const undone = undoFile({ ...file, bytes: target.bytes }, look.force);
  if (!undone.ok) throw problemError(path, undone.problem);
  const { bytes, changed, left, kept } = undone;
  const state = { left, after: bytes === null ? null : sha256(bytes) };
  const stays = kept.length === 0 ? {} : { note: CHANGED };
  if (!changed) {
    const none = kept.length > 0 ? { action: "kept" as const } : {
      action: "same" as const,
      note: GONE,
    };
    return { finding: { parts, file: { path, what, ...none, ...stays } }, state };
  }
  const shown: PlannedFile = {
    path,
    action: bytes === null ? "remove" : "change",
    what,
    before: textOf(target.bytes) ?? null,
    after: bytes === null ? null : textOf(bytes) ?? null,
    ...stays,
  };
  return {
    finding: { parts, file: shown, change: { path, before: target.digest, after: bytes } },
    state,
  };
}

async function undoneFiles(look: Look): Promise<Omit<Findings, "edited">> {
  const { scope, receipt, around, definitions, force, problems } = look;
  const all = partsOf(receipt);
  const staying = new Set(
    all.filter(([name]) => !scope.parts.has(name)).flatMap(([, part]) =>
      part.files.map((file) => file.path)
    ),
  );
  const findings = new Map<string, Finding>();
  const keptFiles = new Set<string>();
  for (const [name, part] of all.filter(([name]) => scope.parts.has(name))) {
    for (const { path, sha256: digest } of part.files) {
      const there = findings.get(path);
      if (there) findings.set(path, { ...there, parts: [...there.parts, name] });
      if (there || staying.has(path)) continue;
      const target = await problems.attempt(() => readTarget(path));
      if (target === undefined) continue;
      const what = undoWords(path, around, definitions.get(name));
      const file: PlannedFile = { path, action: "same", what, note: GONE };
      if (target.bytes === null) findings.set(path, { parts: [name], file });
      else if (target.digest !== digest && !force) {
        keptFiles.add(path);
        findings.set(path, { parts: [name], file: { ...file, action: "kept", note: CHANGED } });
      } else {
        const text = textOf(target.bytes);
        const texts = text === undefined ? {} : { before: text, after: null };
        findings.set(path, {
          parts: [name],
          file: { path, action: "remove", what, ...texts },
          change: { path, before: target.digest, after: null },
        });
      }
    }
  }
  return { findings: [...findings.values()], keptFiles };
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
  { findings, installed, left }: {
    findings: readonly Finding[];
    installed: boolean;
    left: Leftovers | undefined;
  },
): HostPlan {
  const files = [...findings.map((one) => one.file), ...left?.files ?? []];
  const whole = findings.every((one) => one.change && one.file.note === undefined);
  const present = installed || (left?.changes.length ?? 0) > 0;
  return {
    id: host.id,
    title: host.title,
    state: !present ? "absent" : installed && whole ? "current" : "stale",
    files,
    notes: left?.notes ?? [],
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeText(bytes);
  return decoded.ok ? decoded.text : undefined;
}
