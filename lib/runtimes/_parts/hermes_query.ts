import type { RuntimeRequest } from "../definition.ts";

/** One element of argv on Linux, without its end mark; `--query=` is part of it. */
const ARGUMENT_BYTES = 131_071;
const FLAG = "--query=";
const FILE = "prompt.md";

/** Hermes takes a prompt that begins like this for a dropped file, if such a file exists. */
const LIKE_A_PATH = /^\s*["']?(?:\/|~|\.{1,2}\/|file:\/\/|[A-Za-z]:[\\/])/;

/** The one argument that carries the prompt, and the file beside it where it does not fit. */
export interface HermesQuery {
  arg: string;
  files: Record<string, string>;
}

/**
 * Puts the prompt into one argument; Hermes never reads stdin. One that is too long for an argument
 * (or holds a NUL) goes into a file outside the work folder, and the query says to read it.
 */
export function hermesQuery(
  request: Pick<RuntimeRequest, "prompt" | "systemText" | "scratchDir">,
): HermesQuery {
  const prompt = request.systemText ? `${request.systemText}\n\n${request.prompt}` : request.prompt;
  const safe = LIKE_A_PATH.test(prompt) ? `The task:\n\n${prompt}` : prompt;
  const arg = FLAG + safe;
  if (!arg.includes("\0") && new TextEncoder().encode(arg).length <= ARGUMENT_BYTES) {
    return { arg, files: {} };
  }
  const lines = prompt.split("\n").length;
  return {
    arg: `${FLAG}Your whole task is written in the file ${request.scratchDir}/${FILE} ` +
      `(${prompt.length} characters, ${lines} lines). Before anything else, read all of it with the ` +
      "read_file tool, part by part (offset, limit) until its last line. Then do what it says. " +
      "The file is not part of the project: neither change nor copy it.",
    files: { [FILE]: prompt },
  };
}
