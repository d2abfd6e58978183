import type { InterviewContext } from "./interview_context.ts";
import { writeSeedFile } from "./seed_steps.ts";

/**
 * Writes the file of a frozen seed again where it is gone: the journal holds its text. Errors:
 * not_writable, those of the journal.
 */
export async function restoreSeed(
  { journal, log, emit }: Pick<InterviewContext, "journal" | "log" | "emit">,
): Promise<void> {
  const { frozen, begun } = log.state;
  if (frozen === null) return;
  // What is there is left as it is, whatever it is.
  if (await Deno.lstat(frozen.path).then(() => true, (e) => !(e instanceof Deno.errors.NotFound))) {
    return;
  }
  const bytes = await journal.getBlob(frozen.blob);
  if (bytes === undefined) return;
  await writeSeedFile(frozen.path, new TextDecoder().decode(bytes), begun.interviewId);
  emit({
    type: "notice",
    text: `The file of seed "${frozen.seedId}" was gone, and is there again`,
  });
}
