import { OuroborosError } from "../kernel/error.ts";
import { hostPlaces } from "../runtimes/mod.ts";
import type { HostWork, ShownFile } from "./host_work.ts";
import { movedNotes, movedTroubles } from "./moved_places.ts";
import { planApprovals } from "./plan_approvals.ts";
import { planEntry } from "./plan_entry.ts";
import {
  formerFilesOf,
  noteFormerBlocks,
  removeFormerEntries,
  removeFormerFiles,
  removeFormerItems,
} from "./plan_former.ts";
import { planSkills } from "./plan_skills.ts";
import type { SetupDraft } from "./setup_draft.ts";
import type { HostPlan, PlannedFile, SetupAround, WantedHost } from "./setup_plan.ts";

/** Plans one host's own files: skills, the entry for our server, approvals, leftovers. */
export async function planHost(
  draft: SetupDraft,
  around: SetupAround,
  { definition, approve }: WantedHost,
): Promise<HostWork> {
  const { placement } = definition;
  if (placement === undefined) {
    throw new OuroborosError({
      code: "internal",
      message: `Set up "${definition.id}": it is part of this program and no host`,
    });
  }
  const work: HostWork = {
    around,
    draft,
    definition,
    placement,
    places: hostPlaces(placement, around),
    part: around.receipt?.runtimes[definition.id],
    approve,
    files: [],
    notes: [],
    present: false,
    lacking: false,
    emptied: [],
    ours: [],
    removed: [...around.receipt?.runtimes[definition.id]?.removed ?? []],
    installed: around.receipt?.runtimes[definition.id]?.files ?? [],
    approved: around.receipt?.runtimes[definition.id]?.approved ?? [],
  };
  const troubles = await movedTroubles(definition.title, work.places);
  for (const trouble of troubles) draft.problems.add(trouble);
  // Where its places are is not known, or nothing can stand there: what is below says no more.
  if (troubles.length > 0) return work;
  work.notes.push(...movedNotes(work.places));
  const former = await draft.problems.attempt(() => formerFilesOf(work)) ??
    { files: [], unknown: [] };
  await planSkills(work, new Set(former.files));
  await removeFormerFiles(work, former);
  const entryFile = await planEntry(work);
  if (entryFile !== undefined) await planApprovals(work, entryFile);
  await removeFormerItems(work);
  await removeFormerEntries(work);
  await noteFormerBlocks(work);
  return work;
}

/** A host as people are shown it, when all of its files are planned. */
export function hostPlan(work: HostWork): HostPlan {
  const { draft, definition, places } = work;
  const id = definition.id;
  const own = draft.all().some((file) =>
    file.steps.some((step) => step.part === id) && draft.changes(file.path)
  );
  const files = shownFiles(draft, work.files);
  const same = !own && files.every((file) => ["same", "kept"].includes(file.action));
  const elsewhere =
    work.part?.edits.filter(({ path }) =>
      path !== work.around.configFile && !work.files.some((file) => file.path === path) &&
      !path.startsWith(`${places.home}/`)
    ) ?? [];
  return {
    id,
    title: definition.title,
    state: stateOf(work, same),
    ...(work.registered === undefined ? {} : { registered: work.registered }),
    files,
    notes: [
      ...work.notes,
      ...elsewhere.map(({ path }) => `An entry of an earlier setup stays in "${path}"`),
    ],
  };
}

/** `same`: the plan changes nothing. */
function stateOf({ lacking, present }: HostWork, same: boolean): HostPlan["state"] {
  if (same && !lacking) return "current";
  if (!present) return "absent";
  return same ? "yours" : "stale";
}

/** Files as they are shown, each once. */
export function shownFiles(draft: SetupDraft, files: readonly ShownFile[]): PlannedFile[] {
  const byPath = Map.groupBy(files, (file) => file.path);
  return [...byPath].map(([path, all]) => {
    const what = [...new Set(all.map((one) => one.what))].join(", ");
    const notes = all.flatMap((one) => one.note ?? []);
    const shown = draft.show(path, what, notes.length === 0 ? undefined : notes.join("; "));
    const isKept = all.some((one) => one.kept) && shown.action === "same";
    return isKept ? { ...shown, action: "kept" } : shown;
  });
}
