import { sha256 } from "../kernel/digest.ts";
import type { UndoStep } from "./edit/change.ts";
import { findBlock, setBlock } from "./edit/markdown_block.ts";
import { editSection } from "./edit_section.ts";
import { assertHandedOver } from "./handed_over.ts";
import { PROJECT_MARKERS, PROJECT_SECTION, PROJECT_TEXT } from "./project_section.ts";
import { SetupDraft } from "./setup_draft.ts";
import type { SetupAround, SetupPlan } from "./setup_plan.ts";
import {
  type EditedFile,
  encodeReceipt,
  type InstalledPart,
  type InstallReceipt,
  receiptPath,
} from "./write/install_receipt.ts";
import { foldersToMake } from "./write/target.ts";
import { lookForTrouble } from "./writing_trouble.ts";

/** What a plan for a project is made from. */
export type ProjectAround = Pick<SetupAround, "root" | "receipt" | "stored" | "version" | "at">;

/**
 * Plans our section in files of one project; all else in them stays to the byte. Reads files, and
 * changes none. A section that came with the project, as with a clone, and says the same, is left and
 * not put on record. Errors: host_file_unusable, naming everything that stands in the way; conflict.
 */
export async function planProject(
  around: ProjectAround,
  wanted: { folder: string; files: readonly string[] },
): Promise<SetupPlan> {
  const { root, receipt } = around;
  const draft = new SetupDraft();
  const before = receipt?.projects?.[wanted.folder];
  const edits = new Map(before?.edits.map((edit) => [edit.path, edit]));
  for (const path of wanted.files) {
    const edit = await setSection(draft, path, edits.get(path));
    if (edit === undefined) edits.delete(path);
    else edits.set(path, edit);
  }
  await lookForTrouble(draft, around);
  const changed = wanted.files.some((path) => draft.changes(path));
  const place = receiptPath(root);
  await assertHandedOver(draft, around);
  if (changed) {
    const folders = await draft.problems.attempt(() => foldersToMake([place])) ?? [];
    const part: InstalledPart = {
      at: around.at,
      by: around.version,
      files: [],
      edits: [...edits.values()],
      folders: [...new Set([...before?.folders ?? [], ...folders])].sort(),
    };
    const after: InstallReceipt = {
      ...receipt ?? { version: 1, runtimes: {} },
      projects: { ...receipt?.projects, [wanted.folder]: part },
    };
    await draft.put(place, encodeReceipt(after), 0o600);
  }
  draft.problems.throwIfAny();
  const changes = draft.fileChanges();
  // Its text is ours, and long beside what is written to the project.
  const { path, action, what } = draft.show(place, "receipt of everything that was set up");
  return {
    hosts: [],
    own: [
      ...wanted.files.map((path) => draft.show(path, PROJECT_SECTION)),
      ...changed ? [{ path, action, what }] : [],
    ],
    unchanged: changes.length === 0,
    changes,
    emptied: [],
    ours: [root],
  };
}

/** Puts the section into one file, and gives what the receipt is to say of it; undefined: nothing. */
async function setSection(
  draft: SetupDraft,
  path: string,
  known: EditedFile | undefined,
): Promise<EditedFile | undefined> {
  const edited = await editSection(
    draft,
    path,
    (text) => setBlock(text, PROJECT_MARKERS, PROJECT_TEXT),
  );
  if (edited === undefined) return known;
  const { text, digest, bytes, undo } = edited;
  // Somebody took the section out: how it had been put in is void.
  const there = findBlock(text, PROJECT_MARKERS);
  const former = there.ok && there.block ? known : undefined;
  const next = 1 + Math.max(-1, ...former?.undo.map((one) => one.order) ?? []);
  return {
    path,
    format: "markdown",
    markers: PROJECT_MARKERS,
    before: former === undefined ? digest : former.before,
    after: sha256(bytes),
    undo: [
      ...former?.undo ?? [],
      ...recordable(undo, former).map((step, index) => ({ ...step, order: next + index })),
    ],
  };
}

/**
 * Steps as they continue those on record: what a person had made of our block, and what was replaced
 * with it, is none of them, for the way back would end there.
 */
function recordable(steps: readonly UndoStep[], former: EditedFile | undefined): UndoStep[] {
  const last = former?.undo.at(-1)?.added ?? "";
  const there = findBlock(last, PROJECT_MARKERS);
  if (!there.ok || !there.block) return [...steps];
  const removed = last.slice(there.block.start, there.block.end);
  return steps.map((step) => ({ ...step, removed })).filter((step) => step.added !== removed);
}
