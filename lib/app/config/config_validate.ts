import { isAbsolute, join } from "@std/path";
import { inertKeys } from "../../config/original_keys.ts";
import { unknownConfigKeys } from "../../config/unknown_config_keys.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { readConfigBytes } from "./config_file.ts";
import { type ConfigProblem, inspectConfig, placeOfKey } from "./config_problems.ts";

/** A key that is kept and not acted on. */
export interface ConfigWarning {
  key: string;
  message: string;
  line: number | null;
  column: number | null;
}

/** What is to be said about a configuration file. */
export interface ConfigReport {
  file: string;
  exists: boolean;
  valid: boolean;
  problems: readonly ConfigProblem[];
  warnings: readonly ConfigWarning[];
  /** Keys of the Python original, which are kept and not acted on. */
  original: readonly string[];
}

/**
 * Looks at the user's configuration or at another file. Errors: not_found (a file that was named),
 * unreadable, host_file_unusable (a folder or a link to nothing).
 */
export async function validateConfig(app: App, named?: string): Promise<ConfigReport> {
  const file = named === undefined
    ? app.paths.config
    : isAbsolute(named)
    ? named
    : join(app.cwd, named);
  const bytes = await readConfigBytes(file);
  if (bytes === null && named !== undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Read "${named}": there is no such file`,
      hint: "ouroboros config path",
    });
  }
  const inspected = inspectConfig(bytes ?? new Uint8Array(), app.registry);
  const { problems, parsed, reading, body } = inspected;
  const written = parsed?.written ?? {};
  const warnings = reading === undefined ? [] : unknownConfigKeys(written, app.registry)
    .map(({ path, message }) => {
      const { line, column } = placeOfKey(path, { reading, body });
      return { key: path, message, line, column };
    });
  const valid = problems.length === 0;
  const original = inertKeys(written);
  return { file, exists: bytes !== null, valid, problems, warnings, original };
}
