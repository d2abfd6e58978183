import type { KeptText } from "../../engine/interview/events.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";

/** A longer text is kept beside the events. */
const MOST_CHARS = 4_000;
/** Characters of a kept text that lists show. */
const HEAD_CHARS = 200;

/** Keeps a text in the event itself, or beside it where it is long. */
export async function keepText(journal: Journal, text: string): Promise<KeptText> {
  if (text.length <= MOST_CHARS) return { text };
  const blob = await journal.putBlob(new TextEncoder().encode(text));
  return { blob, chars: text.length, head: text.slice(0, HEAD_CHARS).toWellFormed() };
}

/** The whole text, also of what is kept beside the events alone. Errors: journal_unusable. */
export async function loadText(
  journal: Journal,
  kept: KeptText | { blob: string },
): Promise<string> {
  if ("text" in kept) return kept.text;
  const bytes = await journal.getBlob(kept.blob);
  if (bytes) return new TextDecoder().decode(bytes);
  throw new OuroborosError({
    code: "journal_unusable",
    message: `Read a text of an interview: the journal has no blob "${kept.blob}"`,
  });
}
