import type { OwnedStep } from "./undo_chain.ts";
import { OWN_PART, partsOf, type UndoScope } from "./undo_scope.ts";
import { type InstalledPart, type InstallReceipt, receiptPath } from "./write/install_receipt.ts";

/** What became of the files of a receipt. */
export interface Undone {
  scope: UndoScope;
  /** Steps that stand still, and the digest of the file, by path. */
  edited: ReadonlyMap<string, { left: readonly OwnedStep[]; after: string | null }>;
  /** Files of ours that stay, since somebody changed them. */
  keptFiles: ReadonlySet<string>;
  /** Digests of files of parts that stay, where another part that goes wrote them last. */
  handedOver?: ReadonlyMap<string, string>;
}

/** The receipt afterwards, null when nothing of ours is left, and folders that were ours alone. */
export interface UndoneReceipt {
  receipt: InstallReceipt | null;
  emptied: readonly string[];
}

/** A receipt without what was undone. A folder goes with the last thing of ours in it. */
export function undoneReceipt(
  receipt: InstallReceipt,
  undone: Undone,
  root: string,
): UndoneReceipt {
  const parts = new Map<string, InstalledPart>();
  for (const [name, part] of partsOf(receipt)) {
    const files = undone.scope.parts.has(name)
      ? part.files.filter((file) => undone.keptFiles.has(file.path))
      : part.files.map((file) => ({
        ...file,
        sha256: undone.handedOver?.get(file.path) ?? file.sha256,
      }));
    const edits = editsLeft(name, part, undone);
    const empty = files.length === 0 && edits.length === 0;
    if (empty && (undone.scope.parts.has(name) || name === OWN_PART)) continue;
    parts.set(name, { ...part, files, edits });
  }
  const before = partsOf(receipt).flatMap(([, part]) => part.folders);
  if (parts.size === 0) return { receipt: null, emptied: [...new Set(before)] };
  const emptied = new Set<string>();
  for (const folder of before) {
    const heir = [...parts].find(([, part]) => isOver(folder, pathsOf(part)));
    const name = heir?.[0] ??
      (isOver(folder, [receiptPath(root)]) ? [...parts.keys()].at(-1) : undefined);
    if (name === undefined) emptied.add(folder);
    else addFolder(parts, name, folder);
  }
  for (const [name, part] of parts) {
    parts.set(name, { ...part, folders: part.folders.filter((folder) => !emptied.has(folder)) });
  }
  const own = parts.get(OWN_PART);
  const among = (names: object) =>
    Object.fromEntries([...parts].filter(([name]) => Object.hasOwn(names, name)));
  const projects = among(receipt.projects ?? {});
  return {
    receipt: {
      version: receipt.version,
      runtimes: among(receipt.runtimes),
      ...(own ? { own } : {}),
      ...(Object.keys(projects).length === 0 ? {} : { projects }),
    },
    emptied: [...emptied],
  };
}

function editsLeft(name: string, part: InstalledPart, { edited }: Undone): InstalledPart["edits"] {
  const known = part.edits.flatMap((edit) => {
    const now = edited.get(edit.path);
    if (now === undefined) return [edit];
    const undo = now.left.filter((one) => one.part === name).map((one) => one.step)
      .sort((a, b) => a.order - b.order);
    return undo.length === 0 ? [] : [{ ...edit, undo, after: now.after ?? edit.after }];
  });
  return known;
}

function pathsOf(part: InstalledPart): string[] {
  return [...part.files, ...part.edits].map((one) => one.path);
}

function isOver(folder: string, paths: readonly string[]): boolean {
  return paths.some((path) => path.startsWith(`${folder}/`));
}

/** Unless one that stays names it already. */
function addFolder(parts: Map<string, InstalledPart>, name: string, folder: string): void {
  if ([...parts.values()].some((part) => part.folders.includes(folder))) return;
  const part = parts.get(name)!;
  parts.set(name, { ...part, folders: [...part.folders, folder].sort() });
}
