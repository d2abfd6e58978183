import type { App } from "../app.ts";
import { latestInterview } from "../interview/latest_interview.ts";

/**
 * The seed that the newest interview of this project froze: its id and its file. Errors: not_found,
 * where none did.
 */
export async function latestSeed(app: App): Promise<{ id: string; path: string }> {
  const { frozen } = await latestInterview(app, {
    fits: (state) => state.frozen !== null,
    wanted: "none has frozen a seed; name a seed's file, or its id",
  });
  return { id: frozen!.seedId, path: frozen!.path };
}
