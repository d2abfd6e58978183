import { sha256 } from "../kernel/digest.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import { decodeText } from "./edit/decode_text.ts";
import { problemError } from "./edit/edit_problem.ts";
import { PROJECT_SECTION } from "./project_section.ts";
import type { PlannedFile, SetupAround } from "./setup_plan.ts";
import type { SetupProblems } from "./setup_problems.ts";
import type { OwnedStep } from "./undo_chain.ts";
import { undoConfig } from "./undo_config.ts";
import { undoFile } from "./undo_file.ts";
import type { ScopedFile, UndoScope } from "./undo_scope.ts";
import { strayFile } from "./stray_file.ts";
import { undoWords } from "./undo_words.ts";
import type { FileChange } from "./write/file_change.ts";
import type { InstallReceipt } from "./write/install_receipt.ts";
import { readTarget } from "./write/target.ts";

/** What the parts of a plan are made from. */
export interface Look {
  around: SetupAround;
  scope: UndoScope;
  receipt: InstallReceipt;
  definitions: ReadonlyMap<string, RuntimeDefinition>;
  force: boolean;
  problems: SetupProblems;
}

/** What is found out about one file of a plan. */
export interface Finding {
  /** Parts of the receipt that it belongs to. */
  parts: readonly string[];
  path: string;
  /** As people are shown it: what is done, and what of ours stays. */
  files: readonly PlannedFile[];
  change?: FileChange;
}

/** Findings, and what they leave of the receipt. */
export interface UndoneEdits {
  findings: readonly Finding[];
  edited: ReadonlyMap<string, { left: readonly OwnedStep[]; after: string | null }>;
}

/** Note of what is not there. */
export const GONE = "it is gone already";

/** Note of what stays, as it is not as we left it. */
export const CHANGED = "somebody changed it since: it stays without --force";

/** Takes back what stands in files of others. Problems are collected. */
export async function undoneEdits(look: Look): Promise<UndoneEdits> {
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
  const stray = await strayFile(path, parts, look, "edit");
  if (stray !== undefined) {
    const left = file.steps.filter((one) => stray.stays || !one.going);
    return { finding: stray.finding, state: { left, after: null } };
  }
  const [part = ""] = parts;
  const what = Object.hasOwn(look.receipt.projects ?? {}, part)
    ? PROJECT_SECTION
    : undoWords(path, look.around, look.definitions.get(part));
  const gone: PlannedFile = { path, action: "same", what, note: GONE };
  const target = await readTarget(path);
  if (target.bytes === null) {
    const left = file.steps.filter((one) => !one.going);
    return { finding: { parts, path, files: [gone] }, state: { left, after: null } };
  }
  const here = { ...file, bytes: target.bytes };
  const undone = path === look.around.configFile
    ? undoConfig(here, look.force)
    : { ...undoFile(here, look.force), yours: [] };
  if (!undone.ok) throw problemError(path, undone.problem);
  const { bytes, changed, left, kept, yours } = undone;
  const state = { left, after: bytes === null ? null : sha256(bytes) };
  const stays: PlannedFile[] = [
    ...kept.slice(0, 1).map(({ problem }): PlannedFile => ({
      path,
      action: "kept",
      what,
      note: problem.code === "comment" ? `${problem.found}: it stays without --force` : CHANGED,
    })),
    ...yours.length === 0 ? [] : [theirChoice(path, what, yours)],
  ];
  if (!changed) {
    const files = stays.length > 0 ? stays : [gone];
    return { finding: { parts, path, files }, state };
  }
  const shown: PlannedFile = {
    path,
    action: bytes === null ? "remove" : "change",
    what,
    before: textOf(target.bytes) ?? null,
    after: bytes === null ? null : textOf(bytes) ?? null,
  };
  const change = { path, before: target.digest, after: bytes };
  return { finding: { parts, path, files: [shown, ...stays], change }, state };
}

function theirChoice(path: string, what: string, keys: readonly string[]): PlannedFile {
  const [are, stay] = keys.length === 1 ? ["it is", "stays"] : ["they are", "stay"];
  const note = `you set ${keys.join(" and ")} since: ${are} yours and ${stay}`;
  return { path, action: "kept", what, note, yours: true };
}

/** The text of a file; undefined where it is none. */
export function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeText(bytes);
  return decoded.ok ? decoded.text : undefined;
}
