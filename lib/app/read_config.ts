import { loadConfig, type LoadedConfig } from "../config/load_config.ts";
import { readConfigFile } from "../config/read_config_file.ts";
import type { App } from "./app.ts";

/** The user's configuration; a file that is not there is an empty one. Errors: config_invalid, unreadable. */
export async function readConfig(
  app: Pick<App, "paths" | "registry" | "environment">,
): Promise<LoadedConfig> {
  const { paths, registry, environment } = app;
  const text = await readConfigFile(paths.config);
  return loadConfig({ text, file: paths.config, registry, environment });
}
