import type { App } from "../app.ts";
import { latestInterview } from "../interview/latest_interview.ts";
import { readInterview } from "../interview/interview_log.ts";

/**
 * The seed that the newest interview of this project froze: its id and its file. Errors: not_found,
 * where none did.
 */
export async function latestSeed(app: App): Promise<{ id: string; path: string }> {
  const id = await latestInterview(app, {
    fits: (state) => state.frozen !== null,
    wanted: "none has frozen a seed; name a seed's file, or its id",
  });
  const { frozen } = await readInterview(await app.journal(), id);
  return { id: frozen!.seedId, path: frozen!.path };
}
