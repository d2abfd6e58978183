import { chooseSettings, type LoadedConfig, NO_FILE } from "../config/choose_settings.ts";
import { readConfigFile } from "../config/read_config_file.ts";
import type { App } from "./app.ts";

/** The user's configuration; a file that is not there is an empty one. Errors: config_invalid, unreadable. */
export async function readConfig(
  app: Pick<App, "paths" | "registry" | "environment">,
): Promise<LoadedConfig> {
  const { paths, registry, environment } = app;
  const text = await readConfigFile(paths.config);
  const sources = { file: paths.config, registry, environment };
  if (text === null) return chooseSettings(NO_FILE, sources);
  // The schema library is loaded for those only who have a file: it takes a third of a quick start.
  const { loadConfig } = await import("../config/load_config.ts");
  return loadConfig({ ...sources, text });
}
