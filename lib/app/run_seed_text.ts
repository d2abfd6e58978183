import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";

/** The seed of a run, as it was when the run began. Errors: not_found, usage, journal_unusable. */
export async function runSeedText(app: App, word: string | undefined): Promise<string> {
  const { runId, seed } = (await findRun(app, word)).created;
  const bytes = await (await app.journal()).getBlob(seed.blob);
  if (bytes) return new TextDecoder().decode(bytes);
  throw new OuroborosError({
    code: "journal_unusable",
    message: `Read the seed of run "${runId}": its text is missing from the journal`,
  });
}
