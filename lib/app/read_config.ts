import { loadConfig, type LoadedConfig } from "../config/load_config.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { AppPorts } from "./app.ts";

/** Reads the user's configuration; a file that is not there is an empty one. */
export async function readConfig(
  app: Pick<AppPorts, "paths" | "registry" | "environment">,
): Promise<LoadedConfig> {
  return await loadConfig({
    bytes: await readIfAny(app.paths.config),
    file: app.paths.config,
    registry: app.registry,
    environment: app.environment,
  });
}

async function readIfAny(path: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new OuroborosError({
      code: "unreadable",
      message: `Read the configuration "${path}": ${messageOf(error)}`,
      hint: `ls -l "${path}"`,
      cause: error,
    });
  }
}
