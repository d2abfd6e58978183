import { MAX_IDEA_CHARS } from "../app/interview/read_idea.ts";
import type { InterviewInput } from "../app/interview/interview.ts";
import { requireFreePlace } from "../app/seeds/save_seed.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { CommandContext } from "./command.ts";
import { type FiledAnswers, readAnswers } from "./interview_answers.ts";
import { stdinText } from "./stdin_text.ts";

/** How an interview is held, as the words of a command say. */
export interface InterviewWords {
  input: InterviewInput;
  /** Answers from a file. */
  filed: FiledAnswers | null;
  /** Where the seed is saved as well. */
  save: string | undefined;
}

/**
 * The idea as it was typed, or for "-" what comes on stdin. Errors: usage (nothing is piped in, or no
 * text that is an idea).
 */
export async function typedIdea(word: string): Promise<string> {
  if (word !== "-") return word;
  const text = Deno.stdin.isTerminal() ? "" : (await stdinText(MAX_IDEA_CHARS * 4))?.trim();
  // With a line's end behind it no text is taken for the name of a file.
  if (text) return `${text}\n`;
  throw new OuroborosError({
    code: "usage",
    message: `Read the idea from stdin: ${
      text === "" ? "nothing comes there" : "it is too long, or no UTF-8"
    }`,
    hint: "ouroboros interview - < idea.md",
  });
}

/**
 * The words of a command that begins an interview, or goes on with one. Errors: usage (options that
 * would do nothing beside others), conflict, not_found and not_writable (a place where no seed can be
 * saved), those of the answers' file.
 */
export async function interviewWords(
  { app, words }: Pick<CommandContext, "app" | "words">,
  which: Pick<InterviewInput, "idea" | "resume">,
): Promise<InterviewWords> {
  if (words.has("answers") && words.has("auto")) {
    throw new OuroborosError({
      code: "usage",
      message:
        'Give "--answers" without "--auto": nobody is asked, and so nothing of the file is used',
      hint: "ouroboros interview --help",
    });
  }
  const file = words.text("answers");
  const save = words.text("save");
  if (save !== undefined) await requireFreePlace(app, save);
  return {
    input: {
      ...which,
      auto: words.has("auto"),
      project: words.text("cwd") ?? app.cwd,
      runtime: words.text("runtime"),
      model: words.text("model"),
      recording: words.text("recording"),
    },
    filed: file === undefined ? null : await readAnswers(app.cwd, file),
    save,
  };
}
