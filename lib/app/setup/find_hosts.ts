import { fixedEnvironment } from "../../config/environment.ts";
import { chooseSettings, type LoadedConfig, NO_FILE } from "../../config/choose_settings.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { RuntimeDefinition } from "../../runtimes/mod.ts";
import type { App } from "../app.ts";
import { examineRuntime, type FoundRuntime } from "../list_runtimes.ts";
import { readConfig } from "../read_config.ts";

/** A runtime that can be set up as a host, and what is there of it. */
export interface Host {
  definition: RuntimeDefinition;
  found: FoundRuntime;
  /** Its program: the one that was found, else the configured one, else its mere name. */
  program: string;
}

/** What our configuration file says, whatever the environment says. */
export interface FileConfig {
  /** The runtime that it names; null for none. */
  runtime: string | null;
  /** What is wrong with the file; the rest then holds defaults. */
  problem: OuroborosError | null;
  loaded: LoadedConfig;
}

/** The configuration file alone: a setup writes that file, and a variable is gone tomorrow. */
export async function readFileConfig(app: App): Promise<FileConfig> {
  const environment = fixedEnvironment({ HOME: app.paths.home });
  try {
    const loaded = await readConfig({ paths: app.paths, registry: app.registry, environment });
    return { runtime: loaded.config.runtime, problem: null, loaded };
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    return { runtime: null, problem: error, loaded: noFile(app) };
  }
}

/** Runtimes that are programs of their own and have a place for us, in the registry's order. */
export function hostDefinitions(app: Pick<App, "registry">): RuntimeDefinition[] {
  return app.registry.all.filter((one) => one.binary.kind === "external" && one.placement);
}

/** Looks for every host, side by side. A path in the configuration that leads nowhere is passed over. */
export async function findHosts(app: App, file: FileConfig): Promise<Host[]> {
  return await Promise.all(
    hostDefinitions(app).map(async (definition) => {
      const found = await findHost(app, definition, file);
      return hostOf(definition, found, file.loaded);
    }),
  );
}

/** A host from what was found of it. */
export function hostOf(
  definition: RuntimeDefinition,
  found: FoundRuntime,
  { config }: LoadedConfig,
): Host {
  const configured = config.runtimes[definition.id]?.path;
  return { definition, found, program: found.path ?? configured ?? definition.id };
}

async function findHost(
  app: App,
  definition: RuntimeDefinition,
  file: FileConfig,
): Promise<FoundRuntime> {
  try {
    return await examineRuntime(withConfig(app, file.loaded), definition);
  } catch (error) {
    if (!(error instanceof OuroborosError && error.code === "runtime_missing")) throw error;
    // A setup is what puts such a path right.
    return await examineRuntime(withConfig(app, noFile(app)), definition);
  }
}

function withConfig(app: App, loaded: LoadedConfig): App {
  return Object.create(app, { config: { value: () => Promise.resolve(loaded) } });
}

function noFile(app: App): LoadedConfig {
  const environment = fixedEnvironment({ HOME: app.paths.home });
  return chooseSettings(NO_FILE, { file: app.paths.config, registry: app.registry, environment });
}
