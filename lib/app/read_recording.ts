import { isAbsolute, join } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { parseRecording } from "../kernel/parse_recording.ts";
import { type Recording, RECORDING_UNITS } from "../kernel/recording.ts";
import { readPlainFile } from "./read_plain_file.ts";

/**
 * Text of a recording file, relative to `cwd`; it is valid.
 * Errors: not_found, unreadable, recording_invalid.
 */
export async function readRecordingFile(cwd: string, path: string): Promise<string> {
  const text = await read(isAbsolute(path) ? path : join(cwd, path), path);
  parseRecording(text, path);
  return text;
}

/** A recording by its absolute path. Errors: not_found, unreadable, recording_invalid. */
export async function readRecording(path: string): Promise<Recording> {
  return parseRecording(await read(path, path), path);
}

async function read(absolute: string, name: string): Promise<string> {
  try {
    // UTF-8 has at most three bytes a unit; more of a file is not read.
    const { bytes, size } = await readPlainFile(absolute, RECORDING_UNITS * 3);
    if (size > RECORDING_UNITS * 3) throw new Error("it is too large for a recording");
    return new TextDecoder().decode(bytes);
  } catch (error) {
    const gone = error instanceof Deno.errors.NotFound;
    throw new OuroborosError({
      code: gone ? "not_found" : "unreadable",
      message: gone
        ? `Read the recording "${name}": there is no such file`
        : `Read the recording "${name}": ${messageOf(error)}`,
      hint: "Make one with: ouroboros run SEED --record FILE",
      cause: error,
    });
  }
}
