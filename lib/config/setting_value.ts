import { durationMs } from "../kernel/duration.ts";
import type { Config, Origin } from "./config.ts";
import type { ConfigKey } from "./config_keys.ts";
import { Chooser } from "./chooser.ts";
import type { LoadedConfig } from "./choose_settings.ts";
import { durationText } from "../kernel/duration_text.ts";
import type { Environment } from "./environment.ts";
import { CONFIG_VERSION } from "./migrate_config.ts";
import type { ParsedConfig } from "./parse_config.ts";
import { permissionOf } from "./permission_word.ts";
import type { ConfigValue } from "./read_value.ts";
import { PERMISSION_ENV } from "./runtime_settings.ts";

/** What a key comes to, and where that is from. */
export interface EffectiveValue {
  /** Null: nothing is set, and there is no one default. */
  value: ConfigValue | null;
  origin: Origin;
}

/** What values are worked out from: a file that was read, and the settings that were chosen. */
export interface ValueSources {
  parsed: Pick<ParsedConfig, "document" | "written">;
  loaded: LoadedConfig;
  environment: Environment;
  file: string;
}

/** The value that a key has in effect, in the form in which it can be set. */
export function effectiveValue(key: ConfigKey, sources: ValueSources): EffectiveValue {
  const { loaded: { config, origins }, parsed } = sources;
  const [setting = "", ...others] = key.settings;
  if (key.path[0] === "env") return { value: passed(key, config), origin: passOrigin(key, parsed) };
  if (others.length > 0 || key.path[0] === "limits" || key.name === "run.permission") {
    return forAll(key, sources);
  }
  if (setting === "") {
    // The version of the format: a file without it is read as the present one in the end.
    return { value: CONFIG_VERSION, origin: originOf(key, valueAt(parsed.written, key.path)) };
  }
  const origin = origins[setting] ?? { source: "default", name: "" };
  return { value: settingValue(config, setting), origin };
}

/** A chosen setting by its key in `LoadedConfig.origins`; null: none. Durations as text. */
export function settingValue(config: Config, setting: string): ConfigValue | null {
  const [section = "", key = "", ...rest] = setting.split(".");
  if (section === "runtime") return config.runtime;
  if (section === "llm") return config.llm.backend;
  if (section === "env") return config.env[key as "agents" | "checks"];
  if (section === "run") return runValue(config.run, key);
  const one = config.runtimes[key];
  if (!one) return null;
  const [name = "", limit = ""] = rest;
  if (name !== "limits") return one[name as "path" | "model" | "permission"] ?? null;
  if (limit === "output_bytes") return one.limits.outputBytes;
  if (limit === "parallel") return one.limits.parallel;
  return durationText(one.limits[`${limit}Ms` as "startMs" | "idleMs" | "totalMs"]);
}

function runValue(run: Config["run"], key: string): ConfigValue | null {
  if (key === "wait") return durationText(run.waitMs);
  if (key === "max_tokens") return run.maxTokens;
  if (key === "max_usd") return run.maxUsd;
  return run[key as "attempts" | "minutes" | "jobs"] ?? null;
}

/** A key that stands for every runtime: what it says, and not what one of them makes of it. */
function forAll(key: ConfigKey, sources: ValueSources): EffectiveValue {
  const { environment, parsed, file } = sources;
  const chooser = new Chooser(environment, parsed.document, file);
  const permission = key.name === "run.permission";
  const value = chooser.choose<ConfigValue | null>({
    key: key.name,
    env: permission ? PERMISSION_ENV : [],
    file: [key.path],
    defaultValue: permission ? "edit" : null,
    read: (written) => ({ value: understood(key, written as string | number) }),
  });
  return { value, origin: chooser.origins[key.name]! };
}

function understood(key: ConfigKey, written: string | number): ConfigValue | null {
  if (key.name === "run.permission") return permissionOf(String(written))?.permission ?? null;
  return ["output_bytes", "parallel"].includes(key.path.at(-1)!)
    ? written
    : durationText(durationMs(written) ?? 0);
}

function passed(key: ConfigKey, { env: { agents, checks } }: Config): ConfigValue {
  if (key.path.length > 2) return key.path[2] === "agents" ? agents : checks;
  return String(agents) === String(checks) ? agents : { agents, checks };
}

function passOrigin(key: ConfigKey, parsed: Pick<ParsedConfig, "document">): Origin {
  const whole = valueAt(parsed.document, ["env", "pass"]);
  // A list stands for both.
  if (Array.isArray(whole)) return { source: "file", name: "env.pass" };
  return originOf(key, valueAt(parsed.document, key.path));
}

function originOf(key: ConfigKey, written: unknown): Origin {
  return written === undefined
    ? { source: "default", name: "" }
    : { source: "file", name: key.name };
}

function valueAt(document: unknown, path: readonly string[]): ConfigValue | undefined {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as ConfigValue | undefined;
}
