import { chooseSettings } from "../../config/choose_settings.ts";
import type { ConfigKey } from "../../config/config_keys.ts";
import { readKeyPath } from "../../config/key_path.ts";
import { formerPath } from "../../config/migrate_config.ts";
import type { ConfigValue } from "../../config/read_value.ts";
import { effectiveValue } from "../../config/setting_value.ts";
import { documentPath } from "../../kernel/document_problem.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { valueAt } from "../../setup/edit/plain.ts";
import { renderYamlFlow } from "../../setup/edit/render_yaml.ts";
import type { App } from "../app.ts";
import { type ConfigFile, openConfigFile } from "./config_file.ts";
import { requireKey } from "./config_key.ts";

/** What a key comes to. */
export interface ConfigAnswer {
  key: string;
  /** Null: not set, and there is no one default. */
  value: ConfigValue | null;
  source: "environment" | "file" | "default";
  /** The variable or the key of the file that it is from; null for a default. */
  from: string | null;
  about: string;
}

/**
 * The effective value of one key. Errors: usage (no such key), not_found (not set and without a
 * default), config_invalid (a variable that cannot be used), those of {@link openConfigFile}.
 */
export async function getConfig(app: App, typed: string): Promise<ConfigAnswer> {
  const key = requireKey(app.registry, typed);
  const answer = answerOf(app, key, await openConfigFile(app));
  if (answer.value !== null) return answer;
  throw new OuroborosError({
    code: "not_found",
    message: `Get "${key.name}": it is not set, and has no default`,
    hint: key.settings.length > 1
      ? `What it comes to: ouroboros config get ${key.settings[0]}`
      : `ouroboros config set ${key.name} VALUE`,
  });
}

/** The value of a key of a file that was read. */
export function answerOf(
  app: Pick<App, "registry" | "environment">,
  key: ConfigKey,
  file: ConfigFile,
): ConfigAnswer {
  const { environment, registry } = app;
  const { parsed, path } = file;
  const loaded = chooseSettings(parsed, { file: path, registry, environment });
  const { value, origin } = effectiveValue(key, { parsed, loaded, environment, file: path });
  const source = origin.source === "flag" ? "default" : origin.source;
  const from = origin.name === ""
    ? null
    : source === "file"
    ? writtenAs(origin.name, file)
    : origin.name;
  return { key: key.name, value, source, from, about: key.about };
}

/** The key as it stands in the file, which may be the Python original's. */
function writtenAs(name: string, { reading }: ConfigFile): string {
  const path = readKeyPath(name) ?? [];
  const former = formerPath(path);
  const isThere = (way: readonly (string | number)[]) =>
    valueAt(reading?.value, way.map(String)) !== undefined;
  return former !== undefined && !isThere(path) && isThere(former) ? documentPath(former) : name;
}

/** A value as one word, as it can be set again. */
export function valueText(value: ConfigValue): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : value.map(valueText).join(",");
  return typeof value === "object" ? renderYamlFlow(value) : String(value);
}
