import { basename, dirname } from "@std/path";
import { strayFile } from "./stray_file.ts";
import { CHANGED, type Finding, GONE, type Look, textOf } from "./undo_findings.ts";
import { partsOf } from "./undo_scope.ts";
import { undoWords } from "./undo_words.ts";
import type { PlannedFile } from "./setup_plan.ts";
import { realPlace } from "./write/real_place.ts";
import { readTarget } from "./write/target.ts";

/** What becomes of files that are wholly ours, and what that leaves of the receipt. */
export interface UndoneFiles {
  findings: readonly Finding[];
  /** Those that somebody changed. */
  keptFiles: ReadonlySet<string>;
  /** Digests of files as they are, by the paths of parts that stay and have the same ones. */
  handedOver: ReadonlyMap<string, string>;
}

/**
 * Finds what becomes of files that are wholly ours. Two hosts may have one folder, by a link or a
 * variable: then what either of them wrote last is ours, it goes once, and with the last of the two.
 * Problems are collected.
 */
export async function undoneFiles(look: Look): Promise<UndoneFiles> {
  const { scope, around, definitions, force, problems } = look;
  const all = await recordedFiles(look);
  const byPlace = Map.groupBy(all, (one) => one.real);
  const findings = new Map<string, Finding>();
  const keptFiles = new Set<string>();
  const handedOver = new Map<string, string>();
  for (const { part, path, real } of all.filter((one) => scope.parts.has(one.part))) {
    const stray = await strayFile(path, [part], look, "file");
    if (stray !== undefined) {
      // Not by its place: the same file may be another part's, and in its place there.
      findings.set(`stray ${path}`, stray.finding);
      if (stray.stays) keptFiles.add(path);
      continue;
    }
    const there = findings.get(real);
    if (there) {
      findings.set(real, { ...there, parts: [...there.parts, part] });
      if (keptFiles.has(there.path)) keptFiles.add(path);
      continue;
    }
    const target = await problems.attempt(() => readTarget(path));
    if (target === undefined) continue;
    const same = byPlace.get(real)!;
    const isOurs = same.some((one) => one.sha256 === target.digest);
    const staying = same.filter((one) => !scope.parts.has(one.part));
    if (staying.length > 0) {
      if (isOurs) { for (const one of staying) handedOver.set(one.path, target.digest!); }
      continue;
    }
    const what = undoWords(path, around, definitions.get(part));
    const shown = (file: Omit<PlannedFile, "path" | "what">): Finding => ({
      parts: [part],
      path,
      files: [{ path, what, ...file }],
    });
    if (target.bytes === null) findings.set(real, shown({ action: "same", note: GONE }));
    else if (!isOurs && !force) {
      keptFiles.add(path);
      findings.set(real, shown({ action: "kept", note: CHANGED }));
    } else {
      const text = textOf(target.bytes);
      const texts = text === undefined ? {} : { before: text, after: null };
      const change = { path, before: target.digest, after: null };
      findings.set(real, { ...shown({ action: "remove", ...texts }), change });
    }
  }
  return { findings: [...findings.values()], keptFiles, handedOver };
}

async function recordedFiles({ receipt }: Look) {
  const files = partsOf(receipt).flatMap(([part, { files }]) =>
    files.map((file) => ({ part, ...file }))
  );
  return await Promise.all(files.map(async (file) => {
    // A link in a file's own place is no file of ours.
    const real = `${await realPlace(dirname(file.path))}/${basename(file.path)}`;
    return { ...file, real };
  }));
}
