import { dirname, join, resolve } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { writeBundle } from "../../workspace/bundle.ts";
import { writeWhole } from "../../workspace/write_whole.ts";
import type { App } from "../app.ts";
import { findRun } from "../find_run.ts";
import { loadRunSeed } from "../run/load_run_seed.ts";
import { runFolder } from "../run/run_folder.ts";
import { runReceipts } from "../run_receipts.ts";
import { deliveredBranch } from "./delivered_branch.ts";
import { archiveDigest, makeArchive } from "./receipt_archive.ts";
import { makeWorkFolder } from "../work_folder.ts";

/** What was exported, or would be. */
export interface ExportReport {
  runId: string;
  file: string;
  bytes: number;
  /** Compared with what a replay prints, it shows that the file is the one that was exported. */
  digest: string;
  criteria: string[];
  /** Hidden checks whose text leaves with the file. */
  hidden: number;
  /** Paths that checkouts need and that the file does not hold. */
  carry: readonly string[];
  dryRun: boolean;
}

/**
 * Writes a run's receipts, seed and trees into one tar file. An existing file is not replaced.
 * Errors: usage ("-"), not_found, nothing_to_do (no receipt yet), not_allowed, not_writable,
 * disk_full, those of the workspace.
 */
export async function exportReceipts(
  app: App,
  options: { run: string; file: string; dryRun: boolean },
): Promise<ExportReport> {
  if (options.file === "-") {
    throw new OuroborosError({
      code: "usage",
      message: 'Export into "-": it takes the name of a file',
      hint: `ouroboros receipts export ${options.run} receipts.tar && cat receipts.tar`,
    });
  }
  const state = await findRun(app, options.run);
  const file = resolve(app.cwd, options.file);
  await refuseExisting(file, options.file);
  const { archive, ...facts } = await archiveOfRun(app, state);
  if (!options.dryRun) await writeNew(file, archive);
  return { ...facts, file, bytes: archive.length, dryRun: options.dryRun };
}

/** A run's archive as bytes, with facts about it. Errors: as {@link exportReceipts}. */
export async function archiveOfRun(
  app: App,
  state: RunState,
): Promise<
  & { archive: Uint8Array<ArrayBuffer> }
  & Pick<ExportReport, "runId" | "digest" | "criteria" | "hidden" | "carry">
> {
  const { runId, base, seed: named, passEnv, carry } = state.created;
  const journal = await app.journal();
  const { receipts: found } = await runReceipts(app, runId, { width: 80 });
  const receipts = found.map((one) => one.receipt);
  if (receipts.length === 0) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `Export the receipts of run "${runId}": it has none yet`,
      hint: `ouroboros status ${runId}`,
    });
  }
  const seed = await loadRunSeed(journal, state);
  const seedBytes = (await journal.getBlob(named.blob))!;
  const hidden = seed.criteria.flatMap((one) => one.checks)
    .filter((check) => check.kind === "command" && check.hidden).length;
  const folder = await makeWorkFolder("export");
  const scratch = folder.path;
  try {
    const bundleFile = join(scratch, "trees.bundle");
    const works = receipts.flatMap(({ replayable: { tree } }, index) =>
      tree === null ? [] : [[`work-${index + 1}`, tree]]
    );
    const branch = deliveredBranch(state);
    const project = await writeBundle(app.git, {
      runDir: runFolder(app, runId),
      scratch,
      file: bundleFile,
      trees: {
        base: base.tree,
        ...Object.fromEntries(works),
        ...(branch ? { run: branch.tree } : {}),
      },
    });
    const bundle = await Deno.readFile(bundleFile);
    const strict = state.created.strict === true;
    const held = branch === undefined ? {} : { branch };
    const parts = { project, ...held, carry, env: passEnv, strict, seedBytes, receipts, bundle };
    const exportedAt = app.clock.now().toISOString();
    const claimed = { run: runId, seedName: named.name, exportedAt, version: app.version };
    return {
      archive: makeArchive({ ...parts, hidden, claimed }),
      runId,
      digest: archiveDigest(parts),
      criteria: receipts.map((one) => one.replayable.criterion.id),
      hidden,
      carry,
    };
  } finally {
    await folder.remove();
  }
}

async function refuseExisting(file: string, given: string): Promise<void> {
  if (await Deno.lstat(file).catch(() => undefined) === undefined) {
    const folder = await Deno.stat(dirname(file)).catch(() => undefined);
    if (folder?.isDirectory) return;
    throw new OuroborosError({
      code: "not_found",
      message: `Export into "${given}": there is no folder for it`,
    });
  }
  throw new OuroborosError({
    code: "not_allowed",
    message: `Export into "${given}": it is there already`,
    hint: `ouroboros receipts export RUN ${given.replace(/(\.[^./]*)?$/, "-2$1")}`,
  });
}

/** Whole or not at all: what a reader finds under the name is complete. */
async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(file, bytes);
  } catch (error) {
    const full = /os error (28|122)\b/.test(messageOf(error));
    throw new OuroborosError({
      code: full ? "disk_full" : "not_writable",
      message: `Write "${file}": ${full ? "no space is left on the disk" : messageOf(error)}`,
      hint: full ? `df -h ${shellWord(dirname(file))}` : `ls -ld ${shellWord(dirname(file))}`,
      cause: error,
    });
  }
}
