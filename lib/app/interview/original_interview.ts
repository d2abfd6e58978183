import { basename, isAbsolute, join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { readPlainText } from "../read_plain_text.ts";

/** An interview holds at most 500 rounds of texts of some kilobytes. */
const MOST_BYTES = 50_000_000;
/** What the Python system calls its files. */
const NAME = /^interview_.+\.json$/i;

/**
 * The content of a file of an interview that the Python system held; undefined where a word names
 * something else. Such a file is known by what stands in it, so that whoever has one need not know of
 * an option: as an idea it would be of no use to anybody. Errors: unreadable (a file of that name that
 * is no JSON, or holds something else).
 */
export async function readOriginalInterview(cwd: string, word: string): Promise<unknown> {
  const path = isAbsolute(word) ? word : join(cwd, word);
  // A word that no file can be called by, or that is not there, is an idea.
  const info = await Deno.stat(path).catch(() => undefined);
  if (!/\.json$/i.test(word) || !info?.isFile) return undefined;
  try {
    const value: unknown = JSON.parse(await readPlainText(path, MOST_BYTES));
    if (isInterview(value)) return value;
    if (NAME.test(basename(word))) throw new Error("it holds no interview");
    return undefined;
  } catch (cause) {
    // Another file is an idea, and whoever reads it as one says what is wrong.
    if (!NAME.test(basename(word))) return undefined;
    throw new OuroborosError({
      code: "unreadable",
      message: `Import the interview "${word}": ${messageOf(cause).split("\n")[0]}`,
      hint: `Give the file as it was written, or begin anew: ouroboros interview "IDEA"`,
      cause,
    });
  }
}

function isInterview(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return "interview_id" in value && ("rounds" in value || "initial_context" in value);
}
