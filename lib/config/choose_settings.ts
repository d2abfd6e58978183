import type { DocumentProblem } from "../kernel/document_problem.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Registry } from "../runtimes/mod.ts";
import { Chooser, type Setting } from "./chooser.ts";
import type { Config, ConfigFlags, Origin } from "./config.ts";
import type { Environment } from "./environment.ts";
import { ENV_NAME } from "./env_name.ts";
import { inertKeys } from "./original_keys.ts";
import type { ParsedConfig } from "./parse_config.ts";
import { runSettings } from "./run_settings.ts";
import { runtimeSettings } from "./runtime_settings.ts";
import { unknownConfigKeys } from "./unknown_config_keys.ts";

/** What settings are chosen from, beside the file. */
export interface SettingSources {
  /** The file's path, for messages. */
  file: string;
  registry: Registry;
  environment: Environment;
  flags?: ConfigFlags;
}

/** A configuration file that is not there. */
export const NO_FILE: Pick<ParsedConfig, "document" | "written"> = { document: {}, written: {} };

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
 * for a variable or a value of the file that cannot be used, `unknown_runtime` and `usage` for such
 * a flag.
 */
export function chooseSettings(
  parsed: Pick<ParsedConfig, "document" | "written">,
  sources: SettingSources,
): LoadedConfig {
  const { registry, environment, flags = {} } = sources;
  const chooser = new Chooser(environment, parsed.document, sources.file);
  if (flags.runtime !== undefined) registry.require(flags.runtime);
  const runtime = chooser.choose(runtimeSetting(registry, flags));
  const home = environment.get("HOME") ?? "";
  const config: Config = {
    runtime,
    llm: { backend: chooser.choose(backendSetting(registry)) },
    run: runSettings(chooser, flags),
    runtimes: Object.fromEntries(
      registry.all.map((one) => [
        one.id,
        // Flags that name no runtime are meant for the one that works, whichever that will be.
        runtimeSettings(one, chooser, runtime === null || one.id === runtime ? flags : {}, home),
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
      return found ? { value: found.id } : unknownRuntime(String(written), registry);
    },
  };
}

function backendSetting(registry: Registry): Setting<string | null> {
  return {
    key: "llm.backend",
    env: ["OUROBOROS_LLM_BACKEND"],
    file: [["llm", "backend"]],
    defaultValue: null,
    read: (written, remark) => {
      const word = String(written);
      const found = registry.find(word);
      if (!found) {
        const { hint } = unknownRuntime(word, registry);
        remark(`"${word}" is no runtime here: the one that works on runs answers (${hint})`);
      }
      if (found && found.complete === undefined) {
        remark(`${found.title} works on runs and answers no questions: an interview is refused`);
      }
      return { value: found?.id ?? null };
    },
  };
}

function unknownRuntime(word: string, registry: Registry): { problem: string; hint: string } {
  const near = registry.nearest(word).map((id) => `"${id}"`).join(" or ");
  return {
    problem: `unknown runtime "${word}"`,
    hint: near === "" ? `Choose one of: ${registry.ids.join(", ")}` : `Did you mean ${near}?`,
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
