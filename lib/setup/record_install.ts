import { sha256 } from "../kernel/digest.ts";
import { canonicalJson } from "../kernel/canonical_json.ts";
import type { HostWork } from "./host_work.ts";
import { formerFolders } from "./plan_former.ts";
import type { DraftFile, PartId, SetupDraft } from "./setup_draft.ts";
import type { SetupAround } from "./setup_plan.ts";
import {
  type EditedFile,
  type InstalledPart,
  type InstallReceipt,
  receiptPath,
} from "./write/install_receipt.ts";
import { foldersToMake } from "./write/target.ts";

/**
 * The receipt after a plan: steps are added to those that it holds, so that the first of all texts
 * can be given back; a part that nothing was done to says what it said.
 */
export async function recordInstall(
  draft: SetupDraft,
  around: SetupAround,
  hosts: readonly HostWork[],
): Promise<InstallReceipt> {
  const { receipt } = around;
  const former = [...Object.values(receipt?.runtimes ?? {}), ...receipt?.own ? [receipt.own] : []];
  const record = new Recorder(draft, former);
  const stamped = (part: PartId, before: InstalledPart | undefined, changes: Contents) =>
    dated(around, before, { ...changes, edits: record.edits(part, before?.edits ?? []) });
  const runtimes = new Map(
    Object.entries(receipt?.runtimes ?? {})
      .map(([id, part]) => [id, stamped(id, part, part)]),
  );
  for (const host of hosts) {
    const paths = host.files.filter((file) => !file.kept).map((file) => file.path);
    const { part, installed, approved, removed, definition: { id } } = host;
    // Its files do not come back: where ours took their places, the folders would be left empty.
    const filled = removed.flatMap((one) => formerFolders(host, one.path))
      .filter((folder) => paths.some((path) => path.startsWith(`${folder}/`)));
    runtimes.set(
      id,
      stamped(id, part, {
        files: installed,
        folders: [
          ...new Set([...filled, ...await foldersOf(draft, paths, { part, former })]),
        ].sort(),
        ...(approved.length === 0 ? {} : { approved }),
        ...(removed.length === 0 ? {} : { removed }),
      }),
    );
  }
  const own = stamped(null, receipt?.own, {
    files: receipt?.own?.files ?? [],
    folders: await foldersOf(draft, [around.configFile, receiptPath(around.root)], {
      part: receipt?.own,
      former,
    }),
  });
  const ids = [...runtimes.keys()].sort();
  return {
    version: 1,
    runtimes: Object.fromEntries(ids.map((id) => [id, runtimes.get(id)!])),
    ...(own.edits.length + own.folders.length + own.files.length === 0 ? {} : { own }),
    ...(receipt?.projects === undefined ? {} : { projects: receipt.projects }),
  };
}

type Contents = Pick<InstalledPart, "files" | "folders" | "approved" | "removed">;

/** A part with the time and version of its last change. */
function dated(
  { at, version }: SetupAround,
  before: InstalledPart | undefined,
  { files, edits, folders, approved, removed }: Omit<InstalledPart, "at" | "by">,
): InstalledPart {
  const contents = {
    files,
    edits,
    folders,
    ...(approved === undefined ? {} : { approved }),
    ...(removed === undefined ? {} : { removed }),
  };
  if (before !== undefined) {
    const { at: _, by: __, ...rest } = before;
    if (canonicalJson(rest) === canonicalJson(contents)) return before;
  }
  return { at, by: version, ...contents };
}

/** Writes steps of a plan to those of the parts before it. */
class Recorder {
  readonly #files: ReadonlyMap<string, DraftFile>;
  readonly #former: readonly EditedFile[];

  constructor(draft: SetupDraft, former: readonly InstalledPart[]) {
    this.#files = new Map(draft.all().map((file) => [file.path, file]));
    this.#former = former.flatMap((part) => part.edits).filter((edit) => !this.#isGone(edit.path));
  }

  /** Edits of one part; `before` are those that it had. */
  edits(part: PartId, before: readonly EditedFile[]): EditedFile[] {
    const kept = before.filter((edit) => !this.#isGone(edit.path)).map((edit) => this.#renew(edit));
    const found = new Map(kept.map((edit) => [edit.path, edit]));
    for (const file of this.#files.values()) {
      const steps = file.steps.flatMap((one, index) =>
        one.part === part ? [{ ...one, index }] : []
      );
      if (steps.length === 0 || !isEdited(file)) continue;
      const known = this.#former.filter((edit) => edit.path === file.path);
      const next = 1 + Math.max(-1, ...known.flatMap((edit) => edit.undo.map((one) => one.order)));
      const added = steps.map(({ step, index }) => ({ ...step, order: next + index }));
      found.set(file.path, {
        path: file.path,
        format: file.format!,
        before: known.length > 0 ? known[0]!.before : file.before.digest,
        after: sha256(file.bytes!),
        undo: [...found.get(file.path)?.undo ?? [], ...added],
      });
    }
    return [...found.values()];
  }

  #renew(edit: EditedFile): EditedFile {
    const file = this.#files.get(edit.path);
    return file && isEdited(file) ? { ...edit, after: sha256(file.bytes!) } : edit;
  }

  /** Somebody removed the file: what was done in it is void. */
  #isGone(path: string): boolean {
    return this.#files.get(path)?.before.bytes === null;
  }
}

function isEdited({ before, bytes, steps }: DraftFile): boolean {
  return steps.length > 0 && bytes !== null && bytes !== before.bytes;
}

/**
 * Folders of one part: those that have to be made for its files, those that it had, and those that
 * other parts made and its files lie in as well.
 */
async function foldersOf(
  draft: SetupDraft,
  paths: readonly string[],
  { part, former }: { part: InstalledPart | undefined; former: readonly InstalledPart[] },
): Promise<string[]> {
  const made = await draft.problems.attempt(() => foldersToMake(paths)) ?? [];
  const others = former.flatMap((one) => one.folders)
    .filter((folder) => paths.some((path) => path.startsWith(`${folder}/`)));
  return [...new Set([...made, ...part?.folders ?? [], ...others])].sort();
}
