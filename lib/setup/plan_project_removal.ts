import { removeBlock } from "./edit/markdown_block.ts";
import { editSection } from "./edit_section.ts";
import { movedProject } from "./moved_project.ts";
import { PROJECT_MARKERS, PROJECT_SECTION, PROJECT_TEXT } from "./project_section.ts";
import { planUninstall } from "./plan_uninstall.ts";
import { SetupDraft } from "./setup_draft.ts";
import type { SetupAround, SetupPlan } from "./setup_plan.ts";
import { lookForTrouble } from "./writing_trouble.ts";

/**
 * Plans the taking out of our section from one project: to the byte where the receipt knows it, by
 * whatever name the folder had then, else by its markers, as where the section came with a clone.
 * Changes nothing. Errors: those of `planUninstall`.
 */
export async function planProjectRemoval(
  around: SetupAround,
  wanted: { folder: string; files: readonly string[]; force: boolean },
): Promise<SetupPlan> {
  const { folder, files, force } = wanted;
  const receipt = await movedProject(around.receipt, folder);
  if (receipt?.projects?.[folder] !== undefined) {
    const here = { ...around, receipt };
    return await planUninstall(here, { hosts: [], own: false, projects: [folder], force });
  }
  const draft = new SetupDraft();
  for (const path of files) await takeOut(draft, path, force);
  await lookForTrouble(draft, around);
  draft.problems.throwIfAny();
  const changes = draft.fileChanges();
  return {
    hosts: [],
    own: changes.map(({ path }) => draft.show(path, PROJECT_SECTION)),
    unchanged: changes.length === 0,
    changes,
    emptied: [],
    ours: [around.root],
  };
}

async function takeOut(draft: SetupDraft, path: string, force: boolean): Promise<void> {
  const file = await draft.file(path);
  if (!file?.bytes) return;
  // Whatever else is wrong with a file without a line of ours is not ours to tell.
  const lines = new TextDecoder().decode(file.bytes);
  if (!Object.values(PROJECT_MARKERS).some((marker) => lines.includes(marker))) return;
  await editSection(
    draft,
    path,
    (text) => removeBlock(text, PROJECT_MARKERS, { force, body: PROJECT_TEXT }),
  );
}
