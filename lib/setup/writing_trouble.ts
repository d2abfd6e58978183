import type { SetupDraft } from "./setup_draft.ts";
import type { SetupAround } from "./setup_plan.ts";
import { assertOwnFolders, assertWritable } from "./write/target.ts";

/** What would stop the plan when it is carried out is better known before. */
export async function lookForTrouble(
  draft: SetupDraft,
  { root }: Pick<SetupAround, "root">,
): Promise<void> {
  await draft.problems.attempt(() => assertOwnFolders([root]));
  for (const { path, before } of draft.all()) {
    if (draft.changes(path)) await draft.problems.attempt(() => assertWritable(path, before));
  }
}
