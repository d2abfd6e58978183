import { isLedTo, isPlaced, type PlacedPart, placeVariables } from "./receipt_places.ts";
import type { PlannedFile } from "./setup_plan.ts";
import type { Finding, Look } from "./undo_findings.ts";
import { OWN_PART } from "./undo_scope.ts";
import { undoWords } from "./undo_words.ts";
import { mayBeThere } from "./write/file_trouble.ts";
import type { InstalledPart } from "./write/install_receipt.ts";

/** A file of a receipt that this home's places do not give. */
export interface StrayFile {
  finding: Finding;
  /** It stays, and stays on record. */
  stays: boolean;
}

/**
 * Finds whether a file stands in no place that the parts of the receipt which name it have here: that
 * one is neither read nor touched, whatever its bytes are, and is named. With `force` the receipt
 * forgets it; what is gone it forgets by itself. Undefined: it is in its place.
 */
export async function strayFile(
  path: string,
  parts: readonly string[],
  look: Look,
  kind: "file" | "edit",
): Promise<StrayFile | undefined> {
  const placed = parts.flatMap((part) => placedPart(part, look) ?? []);
  if (placed.some((one) => isPlaced(one, path, look.around))) return undefined;
  if (placed.some((one) => isLedTo(one, path, kind)) && isOwnRecord(look)) return undefined;
  const what = undoWords(path, look.around, look.definitions.get(parts[0] ?? ""));
  const found = (file: Omit<PlannedFile, "path" | "what">): Finding => ({
    parts,
    path,
    files: [{ path, what, ...file }],
  });
  if (!await mayBeThere(path)) {
    return { finding: found({ action: "same", note: "it is gone already" }), stays: false };
  }
  if (look.force) {
    const note = "it is in no place of this home: it stays, and the receipt forgets it";
    return { finding: found({ action: "kept", note, yours: true }), stays: false };
  }
  const names = [...new Set(placed.flatMap(placeVariables))];
  const note = `it is in no place that ${list(names)} ${names.length === 1 ? "gives" : "give"} ` +
    "here: it stays; to take it out, set them as they were when it was set up and run the same " +
    "command again, or remove it by hand and have it forgotten: ouroboros uninstall --force";
  return { finding: found({ action: "kept", note, elsewhere: true }), stays: true };
}

/**
 * Whether a receipt is the record of this home and did not come with another one: then the record of
 * what a variable led to out of it is ours too, and the variable is not needed for the way back.
 */
export function isOwnRecord({ around, receipt, definitions }: Look): boolean {
  const { own, runtimes } = receipt;
  if (around.stored !== undefined) return false;
  const isHere = (part: PlacedPart, { files, edits }: InstalledPart) =>
    [...files, ...edits].some(({ path }) => isPlaced(part, path, around));
  return (own !== undefined && isHere({ kind: "own" }, own)) ||
    Object.entries(runtimes).some(([id, installed]) => {
      const definition = definitions.get(id);
      return definition !== undefined && isHere({ kind: "host", definition }, installed);
    });
}

/** A part of the receipt by its name; undefined for a host that is not looked at. */
export function placedPart(name: string, { receipt, definitions }: Look): PlacedPart | undefined {
  if (name === OWN_PART) return { kind: "own" };
  if (Object.hasOwn(receipt.projects ?? {}, name)) return { kind: "project", folder: name };
  const definition = definitions.get(name);
  return definition === undefined ? undefined : { kind: "host", definition };
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
