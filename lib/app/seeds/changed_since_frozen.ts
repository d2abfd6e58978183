import { resolve } from "@std/path";
import { interviewSeedId } from "../../engine/interview/interview_seed_id.ts";
import type { SeedWarning } from "../../engine/seed/seed.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { App } from "../app.ts";
import { hasJournal } from "../find_run.ts";
import { interviewIds, readInterview } from "../interview/interview_log.ts";
import { storedId } from "./stored_seeds.ts";

/**
 * What is to be said of a seed's file that is not what an interview froze: somebody wrote into it
 * since. Empty where it is, and where none froze it. Errors: those of the journal.
 */
export async function changedSinceFrozen(
  app: App,
  path: string,
  text: string,
): Promise<SeedWarning[]> {
  const id = storedId(app, resolve(app.cwd, path));
  if (id === undefined || !await hasJournal(app)) return [];
  const journal = await app.journal();
  const ids = await interviewIds(journal);
  const interviewId = ids.find((one) => interviewSeedId(one) === id);
  if (interviewId === undefined) return [];
  const { frozen } = await readInterview(journal, interviewId);
  if (frozen?.seedId !== id || frozen.digest === sha256(text)) return [];
  return [{
    path: "file",
    message: `It is not what interview "${interviewId}" froze: its file was changed since. ` +
      `What was agreed to comes back where the file is removed: ouroboros interview --resume ` +
      interviewId,
  }];
}
