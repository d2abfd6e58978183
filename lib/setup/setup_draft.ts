import { sha256 } from "../kernel/digest.ts";
import type { Change, EditFormat, UndoStep } from "./edit/change.ts";
import { decodeText } from "./edit/decode_text.ts";
import { type Entry, readEntry } from "./edit/edit.ts";
import { editBytes } from "./edit/edit_bytes.ts";
import { type EditProblem, problemError } from "./edit/edit_problem.ts";
import type { PlannedFile } from "./setup_plan.ts";
import { SetupProblems } from "./setup_problems.ts";
import type { FileChange } from "./write/file_change.ts";
import { readTarget, type Target } from "./write/target.ts";

/** Whose a step is: a runtime's id, or null for what is ours alone. */
export type PartId = string | null;

/** A file as it is and as it will be. */
export interface DraftFile {
  readonly path: string;
  readonly before: Target;
  /** Null: no file. */
  bytes: Uint8Array | null;
  /** Of a file that is made. */
  mode?: number;
  /** Of an edited file. */
  format?: EditFormat;
  /** In the order in which they were made. */
  readonly steps: { part: PartId; step: UndoStep }[];
}

/** Permission bits of a host's or our configuration that we make: it may hold keys one day. */
const PRIVATE = 0o600;

/** All files of a plan, each read once; what is wrong with any of them is collected. */
export class SetupDraft {
  readonly problems = new SetupProblems();
  readonly #files = new Map<string, DraftFile | undefined>();

  /** A file; undefined when it cannot be read or edited, which is collected. */
  async file(path: string): Promise<DraftFile | undefined> {
    if (!this.#files.has(path)) {
      const before = await this.problems.attempt(() => readTarget(path));
      this.#files.set(
        path,
        before === undefined ? undefined : { path, before, bytes: before.bytes, steps: [] },
      );
    }
    return this.#files.get(path);
  }

  /** Makes changes in a file. False when it could not be done, which is collected. */
  async edit(
    part: PartId,
    file: { path: string; format: EditFormat },
    changes: readonly Change[],
  ): Promise<boolean> {
    const draft = await this.file(file.path);
    if (draft === undefined) return false;
    if (changes.length === 0) return true;
    const result = editBytes(file.format, draft.bytes, changes);
    if (!result.ok) {
      this.problem(file.path, result.problem);
      return false;
    }
    if (!result.changed) return true;
    draft.bytes = result.bytes;
    draft.mode = PRIVATE;
    draft.format = file.format;
    draft.steps.push(...result.undo.map((step) => ({ part, step })));
    return true;
  }

  /** Puts whole bytes in a file's place, or takes it away. */
  async put(path: string, bytes: Uint8Array | null, mode?: number): Promise<void> {
    const draft = await this.file(path);
    if (draft === undefined) return;
    draft.bytes = bytes;
    if (mode !== undefined) draft.mode = mode;
  }

  /** Collects a problem of a file's text. */
  problem(path: string, problem: EditProblem): void {
    this.problems.add(problemError(path, problem));
  }

  /** Bytes of a file; null for none, undefined when it cannot be read. */
  async bytes(path: string): Promise<Uint8Array | null | undefined> {
    const draft = await this.file(path);
    return draft?.bytes;
  }

  /**
   * What stands at a key path of a file; undefined where there is no file, or none that can be read.
   */
  async entry(
    { path, format }: { path: string; format: EditFormat },
    keyPath: readonly string[],
  ): Promise<Entry | undefined> {
    const bytes = await this.bytes(path);
    if (bytes === null || bytes === undefined) return undefined;
    const text = decodeText(bytes);
    return text.ok ? readEntry(format, text.text, keyPath) : text;
  }

  /** Files that were looked at, as they will be. */
  all(): DraftFile[] {
    return [...this.#files.values()].filter((file) => file !== undefined);
  }

  /** Whether a file will be another one. */
  changes(path: string): boolean {
    const file = this.#files.get(path);
    return file !== undefined && isChanged(file);
  }

  /** A file as people are shown it. */
  show(path: string, what: string, note?: string): PlannedFile {
    const file = this.#files.get(path);
    const { before, bytes } = file ?? { before: { bytes: null, digest: null }, bytes: null };
    const texts = [before.bytes, bytes].map(textOf);
    const action = file === undefined || !isChanged(file)
      ? "same"
      : before.bytes === null
      ? "create"
      : bytes === null
      ? "remove"
      : "change";
    return {
      path,
      action,
      what,
      ...(texts.includes(undefined) ? {} : { before: texts[0]!, after: texts[1]! }),
      ...notesOf(note, action === "change" ? cutNames(path, before) : undefined),
    };
  }

  /** What `applyTransaction` is to do, in the order in which the files were looked at. */
  fileChanges(): FileChange[] {
    return this.all().filter(isChanged).map(({ path, before, bytes, mode }) => ({
      path,
      before: before.digest,
      after: bytes,
      ...(mode === undefined ? {} : { mode }),
    }));
  }
}

function isChanged({ before, bytes }: DraftFile): boolean {
  return bytes !== before.bytes &&
    (bytes === null ? null : sha256(bytes)) !== before.digest;
}

/**
 * What a file with several names is told of: the new one takes one of them by a rename, and whoever
 * keeps settings elsewhere under a second name (some managers of dotfiles) no longer gets changes.
 */
function cutNames(path: string, { info }: Target): string | undefined {
  const others = (info?.nlink ?? 1) - 1;
  if (others < 1) return undefined;
  const [many, keep] = others === 1 ? ["another name", "keeps"] : [`${others} other names`, "keep"];
  return `it has ${many} (hard link), which ${keep} the text of before: to see where, before this ` +
    `is written: find ~ -xdev -samefile "${path}"`;
}

function notesOf(...notes: readonly (string | undefined)[]): { note?: string } {
  const said = notes.filter((one) => one !== undefined);
  return said.length === 0 ? {} : { note: said.join("; ") };
}

/** Null for no file, undefined for one that is no text. */
function textOf(bytes: Uint8Array | null): string | null | undefined {
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
