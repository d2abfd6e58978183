import type { RunState } from "../../engine/run/state.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { sha256 } from "../../kernel/digest.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";

/** The seed of a run, from the text that was frozen when it began. Errors: journal_unusable. */
export async function loadRunSeed(journal: Journal, state: RunState): Promise<Seed> {
  const { runId, seed, carry } = state.created;
  const bytes = await journal.getBlob(seed.blob);
  if (!bytes) {
    throw new OuroborosError({
      code: "journal_unusable",
      message: `Read the seed of run "${runId}": its text is missing from the journal`,
    });
  }
  if (sha256(bytes) !== seed.blob) {
    throw new OuroborosError({
      code: "journal_unusable",
      message: `Read the seed of run "${runId}": its text in the journal is not what it was`,
      hint: "Start a new run of the seed",
    });
  }
  const { loadSeed } = await import("../../engine/seed/load_seed.ts");
  const loaded = loadSeed(bytes, { name: seed.name }).seed;
  return { ...loaded, workspace: { ...loaded.workspace, carry } };
}
