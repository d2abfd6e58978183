import type { ParsedConfig } from "../../config/parse_config.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { readTarget } from "../../setup/write/target.ts";
import type { App } from "../app.ts";
import { type ConfigProblem, inspectConfig } from "./config_problems.ts";
import { atRoot } from "../root_trouble.ts";
import type { Reading } from "../../setup/edit/reading.ts";

/** The configuration file as it is: usable, or no file at all. */
export interface ConfigFile {
  path: string;
  exists: boolean;
  parsed: Pick<ParsedConfig, "document" | "written">;
  /** Of a file that is there. */
  reading?: Reading;
  body: string;
}

/**
 * Reads the user's configuration. Errors: unreadable, host_file_unusable with line and column for
 * a file that is broken: that is never taken for no file.
 */
export async function openConfigFile(
  app: Pick<App, "paths" | "registry">,
): Promise<ConfigFile> {
  const path = app.paths.config;
  const bytes = await atRoot(app, () => readConfigBytes(path));
  if (bytes === null) {
    return { path, exists: false, parsed: { document: {}, written: {} }, body: "" };
  }
  const { problems, parsed, reading, body } = inspectConfig(bytes, app.registry);
  if (parsed === undefined) throw brokenConfig(path, problems);
  return { path, exists: true, parsed, body, ...(reading === undefined ? {} : { reading }) };
}

/** Bytes of a file that is only read, links followed; null when there is none. */
export async function readConfigBytes(path: string): Promise<Uint8Array | null> {
  try {
    // What a link leads to may be read; a link to nothing is told as that.
    const real = await Deno.realPath(path).catch(() => path);
    return (await readTarget(real)).bytes;
  } catch (thrown) {
    if (!(thrown instanceof OuroborosError)) throw thrown;
    const { code, hint, message, cause } = thrown;
    throw new OuroborosError({
      code,
      message: message.replace(/^Write /, "Read "),
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  }
}

/** Everything that is wrong in a file, as one error: exit 1, and nothing was written. */
export function brokenConfig(path: string, problems: readonly ConfigProblem[]): OuroborosError {
  const lines = problems.map((problem) => problemLine(path, problem));
  const [first = "", ...more] = lines;
  return new OuroborosError({
    code: "host_file_unusable",
    message: more.length === 0
      ? `Read the configuration: ${first}`
      : `Read the configuration: ${lines.length} problems\n${
        lines.map((line) => `  ${line}`).join("\n")
      }`,
    hint: more.length === 0 ? problems[0]!.fix : "ouroboros config validate",
    cause: { problems },
  });
}

/** `FILE:LINE:COLUMN: KEY: found X, expected Y`. */
export function problemLine(path: string, problem: ConfigProblem): string {
  const { key, line, column, found, expected } = problem;
  const place = line === null ? path : `${path}:${line}:${column}`;
  return `${place}: ${key === "" ? "" : `${key}: `}found ${found}, expected ${expected}`;
}
