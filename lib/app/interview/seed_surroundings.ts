import type { App } from "../app.ts";
import { suggestedCarry, suggestFor } from "../suggest.ts";
import type { SeedSurroundings } from "./fit_seed.ts";
import { lookPaths } from "./look_paths.ts";
import { lookRepository } from "./look_repository.ts";

const NOTHING: SeedSurroundings = { paths: [], tools: [], carry: [] };

/** What of a project's folder matters for its seed. Never throws: what cannot be read is left out. */
export async function seedSurroundings(
  app: Pick<App, "git">,
  folder: string,
): Promise<SeedSurroundings> {
  // An interview about a folder that is not there yet is one about something new.
  const root = await Deno.realPath(folder).catch(() => undefined);
  if (root === undefined) return NOTHING;
  const { paths } = await lookPaths(root, await lookRepository(app.git, root));
  // A seed without proposals is a seed all the same, and the plan of a run suggests them again.
  const tools = await suggestFor(app.git, root).catch(() => []);
  const workspace = { dir: ".", carry: [] };
  return { paths, tools, carry: await suggestedCarry(app.git, root, { workspace }, tools) };
}
