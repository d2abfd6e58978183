import type { DocumentProblem } from "../kernel/document_problem.ts";
import { durationMs } from "../kernel/duration.ts";
import { OuroborosError } from "../kernel/error.ts";
import { type Permission, PERMISSIONS } from "../kernel/runtime_event.ts";
import type { Registry, RuntimeDefinition, RuntimeLimits } from "../runtimes/mod.ts";
import { Chooser, type Setting } from "./choose.ts";
import type { Config, ConfigFlags, Origin, RuntimeSettings } from "./config.ts";
import type { Environment } from "./environment.ts";
import { ENV_NAME } from "./schema.ts";
import { inertKeys } from "./original_keys.ts";
import { parseConfig } from "./parse_config.ts";
import { expandHome } from "./paths.ts";
import { permissionOf } from "./permission_word.ts";
import { unknownConfigKeys } from "./unknown_config_keys.ts";

/** What a configuration is made of. */
export interface ConfigSources {
  /** Text of the configuration file; null: there is none. */
  text: string | null;
  /** Its path, for messages. */
  file: string;
  registry: Registry;
  environment: Environment;
  flags?: ConfigFlags;
}

/** Settings, where each came from, and what is to be said about them. */
export interface LoadedConfig {
  config: Config;
  /** By key: `runtime`, `run.attempts`, `runtimes.<id>.model`, … */
  origins: Readonly<Record<string, Origin>>;
  warnings: readonly DocumentProblem[];
  /** Keys of the Python system's file that are kept and not acted on. */
  inert: readonly string[];
}

/**
 * Settings by one rule: flag, then environment, then file, then default. Throws `config_invalid`
 * with file and key for a file or a variable that cannot be used, `unknown_runtime` and `usage` for
 * such a flag. A broken file is never taken for no file.
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const { registry, environment, flags = {} } = sources;
  const parsed = parseConfig(sources.text ?? "", registry, sources.file);
  const chooser = new Chooser(environment, parsed.document, sources.file);
  if (flags.runtime !== undefined) registry.require(flags.runtime);
  const runtime = chooser.choose(runtimeSetting(registry, flags));
  const home = environment.get("HOME") ?? "";
  const config: Config = {
    runtime,
    run: {
      attempts: chooser.choose(number("run.attempts", "attempts", flags.attempts, 3, [1, 20])),
      minutes: chooser.choose(number("run.minutes", "minutes", flags.minutes, 60, [0.01, 10_080])),
      maxTokens: chooser.choose<number | null>(
        number("run.max_tokens", "max-tokens", flags.maxTokens, null, [1, Number.MAX_SAFE_INTEGER]),
      ),
    },
    runtimes: Object.fromEntries(
      registry.all.map((one) => [
        one.id,
        // Flags that name no runtime are meant for the one that works, whichever that will be.
        settingsOf(one, chooser, runtime === null || one.id === runtime ? flags : {}, home),
      ]),
    ),
    env: passNames(parsed.document.env?.pass, flags.env ?? []),
  };
  return {
    config,
    origins: chooser.origins,
    warnings: [...unknownConfigKeys(parsed.written, registry), ...chooser.warnings],
    inert: inertKeys(parsed.written),
  };
}

function runtimeSetting(registry: Registry, flags: ConfigFlags): Setting<string | null> {
  return {
    key: "runtime",
    flag: { name: "--runtime", value: flags.runtime },
    env: ["OUROBOROS_RUNTIME", "OUROBOROS_AGENT_RUNTIME"],
    file: [["orchestrator", "runtime_backend"], ["orchestrator", "runtime"]],
    defaultValue: null,
    read: (written) => {
      const found = registry.find(String(written));
      if (found) return { value: found.id };
      const near = registry.nearest(String(written)).map((id) => `"${id}"`).join(" or ");
      return {
        problem: `unknown runtime "${written}"`,
        hint: near === "" ? `Choose one of: ${registry.ids.join(", ")}` : `Did you mean ${near}?`,
      };
    },
  };
}

/** A setting that is a number between two borders, both included. */
function number<D extends number | null>(
  key: string,
  flag: string,
  value: number | undefined,
  defaultValue: D,
  [least, most]: readonly [number, number],
): Setting<number | D> {
  return {
    key,
    flag: { name: `--${flag}`, value },
    env: [`OUROBOROS_${key.replaceAll(".", "_").toUpperCase()}`],
    file: [key.split(".")],
    defaultValue,
    read: (written) => {
      const one = Number(written);
      const whole = least >= 1;
      return Number.isFinite(one) && one >= least && one <= most &&
          (!whole || Number.isInteger(one))
        ? { value: one }
        : {
          problem: `must be a ${
            whole ? "whole " : ""
          }number from ${least} to ${most}, is "${written}"`,
        };
    },
  };
}

/** Settings of one runtime; `flags` are those that are meant for it. */
function settingsOf(
  definition: RuntimeDefinition,
  chooser: Chooser,
  flags: ConfigFlags,
  home: string,
): RuntimeSettings {
  const { id } = definition;
  const variable = `OUROBOROS_${id.replaceAll("-", "_").toUpperCase()}`;
  const text = (value: unknown) => ({ value: String(value) });
  return {
    path: chooser.choose<string | null>({
      key: `runtimes.${id}.path`,
      env: [`${variable}_CLI_PATH`],
      file: [["runtimes", id, "path"], ["orchestrator", `${id}_cli_path`]],
      defaultValue: null,
      read: (written) => ({ value: expandHome(String(written), home) }),
    }),
    permission: chooser.choose<Permission>({
      key: `runtimes.${id}.permission`,
      flag: { name: "--permission", value: flags.permission },
      env: [
        `${variable}_PERMISSION`,
        `${variable}_PERMISSION_MODE`,
        "OUROBOROS_PERMISSION",
        "OUROBOROS_AGENT_PERMISSION_MODE",
      ],
      file: [["runtimes", id, "permission"], ["run", "permission"]],
      defaultValue: "edit",
      read: (written, remark) => {
        const found = permissionOf(String(written));
        if (found === null) {
          return { problem: `must be one of ${PERMISSIONS.join(", ")}, is "${written}"` };
        }
        if (found.remark) remark(found.remark);
        return { value: found.permission };
      },
    }),
    model: chooser.choose<string | null>({
      key: `runtimes.${id}.model`,
      flag: { name: "--model", value: flags.model },
      env: [`${variable}_MODEL`],
      file: [["runtimes", id, "model"]],
      defaultValue: null,
      read: text,
    }),
    limits: limitsOf(definition, chooser),
  };
}

/** A runtime's limits: its own in the file, those for all, its definition's. */
function limitsOf(definition: RuntimeDefinition, chooser: Chooser): RuntimeLimits {
  const { id, limits } = definition;
  const one = (
    key: string,
    defaultValue: number,
    convert: (written: string | number) => number | null,
  ) =>
    chooser.choose<number>({
      key: `runtimes.${id}.limits.${key}`,
      file: [["runtimes", id, "limits", key], ["limits", key]],
      defaultValue,
      read: (written) => {
        const value = convert(written as string | number);
        return value === null || value <= 0 ? { problem: "must be more than 0" } : { value };
      },
    });
  return {
    ...limits,
    startMs: one("start", limits.startMs, durationMs),
    idleMs: one("idle", limits.idleMs, durationMs),
    totalMs: one("total", limits.totalMs, durationMs),
    outputBytes: one("output_bytes", limits.outputBytes, Number),
    parallel: one("parallel", limits.parallel, Number),
  };
}

function passNames(
  written:
    | readonly string[]
    | { agents?: readonly string[]; checks?: readonly string[] }
    | undefined,
  flagged: readonly string[],
): Config["env"] {
  const wrong = flagged.find((name) => !ENV_NAME.test(name));
  if (wrong !== undefined) {
    throw new OuroborosError({
      code: "usage",
      message: `Cannot use --env: "${wrong}" is not the name of a variable`,
      hint: "Give its name alone, as in --env NPM_TOKEN; its value is handed on unseen",
    });
  }
  const both: { agents?: readonly string[]; checks?: readonly string[] } = isList(written)
    ? { agents: written, checks: written }
    : written ?? {};
  const unique = (names: readonly string[] = []) => [...new Set([...names, ...flagged])];
  return { agents: unique(both.agents), checks: unique(both.checks) };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
