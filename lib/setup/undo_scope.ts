import type { EditFormat } from "./edit/change.ts";
import type { BlockMarkers } from "./edit/markdown_block.ts";
import type { OwnedStep } from "./undo_chain.ts";
import type { InstalledPart, InstallReceipt } from "./write/install_receipt.ts";

/** Name of the part of a receipt that belongs to no runtime; no runtime has an empty id. */
export const OWN_PART = "";

/** Keys of our configuration that setting up writes on behalf of no single runtime. */
const BACKEND = ["orchestrator", "runtime_backend"];

/** A file in which something is taken back, with all that stands in it of ours. */
export interface ScopedFile {
  format: EditFormat | "markdown";
  markers?: BlockMarkers;
  /** There was no file before ours. */
  made: boolean;
  steps: readonly OwnedStep[];
}

/** What of a receipt is to be undone. */
export interface UndoScope {
  /** Parts that go. */
  parts: ReadonlySet<string>;
  /** By path; only files in which something goes. */
  files: ReadonlyMap<string, ScopedFile>;
}

/**
 * The parts of a receipt by name, our own last: those of runtimes by their ids, those of projects by
 * their folders, which no id looks like.
 */
export function partsOf(receipt: InstallReceipt): [string, InstalledPart][] {
  const own: [string, InstalledPart][] = receipt.own ? [[OWN_PART, receipt.own]] : [];
  const { runtimes, projects = {} } = receipt;
  return [...Object.entries(runtimes), ...Object.entries(projects), ...own];
}

/**
 * Chooses what goes with some runtimes: their parts; with the last of them, or when it is asked
 * for, our own; and of our own in any case the choice of a runtime that goes. Projects go by name.
 */
export function undoScope(
  receipt: InstallReceipt,
  wanted: { ids: readonly string[]; own: boolean; projects?: readonly string[] },
): UndoScope {
  const here = Object.keys(receipt.runtimes);
  const going = here.filter((id) => wanted.ids.includes(id));
  const own = wanted.own || (going.length > 0 && going.length === here.length);
  const projects = Object.keys(receipt.projects ?? {})
    .filter((folder) => wanted.projects?.includes(folder));
  const parts = new Set([...going, ...projects, ...own ? [OWN_PART] : []]);
  const staying = here.filter((id) => !going.includes(id));
  const files = new Map<string, ScopedFile>();
  for (const [part, { edits }] of partsOf(receipt)) {
    for (const { path, format, markers, before, undo } of edits) {
      const chosen = part === OWN_PART && !own
        ? backendSteps(undo, { going, staying })
        : new Set(parts.has(part) ? undo : []);
      const steps = undo.map((step) => ({ part, step, going: chosen.has(step) }));
      const there = files.get(path);
      files.set(path, {
        format,
        ...(markers ? { markers } : {}),
        made: before === null || (there?.made ?? false),
        steps: [...there?.steps ?? [], ...steps],
      });
    }
  }
  for (const [path, file] of files) {
    if (file.steps.some((one) => one.going)) files.set(path, { ...file, steps: kept(file.steps) });
    else files.delete(path);
  }
  return { parts, files };
}

type Undo = InstalledPart["edits"][number]["undo"];

/** The newest choices of a runtime, back to one that stays. */
function backendSteps(
  undo: Undo,
  { going, staying }: { going: readonly string[]; staying: readonly string[] },
): Set<Undo[number]> {
  const choices = undo.filter((step) => step.path.join("\n") === BACKEND.join("\n")).toReversed();
  if (!going.includes(String(choices[0]?.value))) return new Set();
  const last = choices.findIndex((step) => staying.includes(String(step.value)));
  return new Set(last === -1 ? choices : choices.slice(0, last));
}

/** The version that a file of ours begins with stays as long as anything of ours is in it. */
function kept(steps: readonly OwnedStep[]): readonly OwnedStep[] {
  const heir = steps.find((one) => !one.going);
  if (!heir) return steps;
  return steps.map((one) =>
    one.going && isVersionStep(one) ? { ...one, part: heir.part, going: false } : one
  );
}

/** Whether a step wrote the version that a file of ours begins with. */
export function isVersionStep({ step: { path } }: Pick<OwnedStep, "step">): boolean {
  return path.length === 1 && path[0] === "version";
}
