import { messageOf, OuroborosError } from "../kernel/error.ts";

/** Most bytes of a configuration file. */
export const CONFIG_BYTES = 1_000_000;

/**
 * Text of the configuration file; null when there is none. Throws `unreadable` when it is there and
 * cannot be read, `config_invalid` when it is too large or no text.
 */
export async function readConfigFile(path: string): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw new Error("it is not a file");
    if (size > CONFIG_BYTES) throw invalid(path, `it has more than ${CONFIG_BYTES} bytes`);
    bytes = await Deno.readFile(path);
  } catch (thrown) {
    if (thrown instanceof OuroborosError) throw thrown;
    if (thrown instanceof Deno.errors.NotFound && !await isLink(path)) return null;
    throw new OuroborosError({
      code: "unreadable",
      message: `Cannot read "${path}": ${messageOf(thrown)}`,
      hint: `ls -l "${path}"`,
      cause: thrown,
    });
  }
  if (bytes.includes(0)) throw invalid(path, "it is binary");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw invalid(path, "it is not UTF-8", thrown);
  }
}

/** A link to nothing is no missing file: somebody means to have one. */
async function isLink(path: string): Promise<boolean> {
  const info = await Deno.lstat(path).catch(() => undefined);
  return info?.isSymlink === true;
}

function invalid(path: string, detail: string, cause?: unknown): OuroborosError {
  return new OuroborosError({
    code: "config_invalid",
    message: `Cannot use "${path}": ${detail}`,
    hint: `Move it away to go on with the defaults: ${path}`,
    cause,
  });
}
