import { isAbsolute, join } from "@std/path";
import { MAX_IDEA_CHARS } from "../../engine/interview/screen.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { readPlainText } from "../read_plain_text.ts";

export { MAX_IDEA_CHARS };

/** What an interview begins from. */
export interface Idea {
  text: string;
  /** The file that it was read from; null: it was typed. */
  file: string | null;
}

/** A word that looks like a file's name, and not like an idea. */
const FILE_NAME = /^[^\s]+\.(md|markdown|txt|json|ya?ml|rst|adoc)$/i;

/**
 * An idea as typed, or the text of a file of that name. Errors: not_found (what looks like a file and
 * is none), usage (a folder, no text, too large), unreadable (the system refuses it).
 */
export async function readIdea(cwd: string, word: string): Promise<Idea> {
  const path = isAbsolute(word) ? word : join(cwd, word);
  const info = word.includes("\n") || word.includes("\0") || word.trim() === ""
    ? undefined
    // A name that no file can have is no file.
    : await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory) {
    throw new OuroborosError({
      code: "usage",
      message: `Read the idea "${word}": it is a folder`,
      hint: "Give a file, or say the idea in your own words",
    });
  }
  if (!info) {
    if (FILE_NAME.test(word)) {
      throw new OuroborosError({
        code: "not_found",
        message: `Read the idea "${word}": there is no such file`,
        hint: "Give a file that is there, or say the idea in your own words",
      });
    }
    return { text: word, file: null };
  }
  return { text: await textOf(path, word), file: path };
}

async function textOf(path: string, word: string): Promise<string> {
  try {
    // A character of UTF-8 has at most four bytes.
    const text = await readPlainText(path, MAX_IDEA_CHARS * 4);
    // Of a file its last line's end is no part of what it says.
    return text.replace(/\r?\n$/, "");
  } catch (error) {
    // What the system refuses is no fault of the file's.
    const refused = Object.values(Deno.errors).some((one) => error instanceof one);
    throw new OuroborosError({
      code: refused ? "unreadable" : "usage",
      message: `Read the idea "${word}": ${messageOf(error)}`,
      hint: "Give a text file, or say the idea in your own words",
      cause: error,
    });
  }
}
