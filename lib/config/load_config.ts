import { chooseSettings, type LoadedConfig, type SettingSources } from "./choose_settings.ts";
import { parseConfig } from "./parse_config.ts";

export type { LoadedConfig } from "./choose_settings.ts";

/** What a configuration is made of. */
export interface ConfigSources extends SettingSources {
  /** Text of the configuration file; null: there is none. */
  text: string | null;
}

/**
 * The configuration file and what comes over it. Throws `config_invalid` with file and key for a
 * file that cannot be used: a broken file is never taken for no file. Errors of the rest: those of
 * {@link chooseSettings}.
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  return chooseSettings(parseConfig(sources.text ?? "", sources.registry, sources.file), sources);
}
