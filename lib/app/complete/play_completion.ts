import { sha256 } from "../../kernel/digest.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Output } from "../../kernel/output.ts";
import type { RecordedCompletion, Recording } from "../../kernel/recording.ts";
import { noteOtherPrompt, PlayEnded, playLines } from "../play_lines.ts";
import { readRecording } from "../read_recording.ts";

/** Which recorded answer to play. */
export interface AnswerParts {
  /** Absolute path of the recording. */
  recording: string;
  kind: string;
  number: number;
  turn: number;
  /** What came on stdin; compared with the prompt that was recorded. */
  prompt?: string;
  output: Pick<Output, "out">;
}

/** Prints one recorded answer, as an agent CLI would have given it. Gives the exit code. */
export async function playCompletion(parts: AnswerParts): Promise<number> {
  const session = `replay-${sha256(parts.kind).slice(0, 12)}`;
  return await playLines(parts.output, session, async (print) => {
    const found = findAnswer(await readRecording(parts.recording), parts);
    noteOtherPrompt(found.prompt, parts.prompt, print);
    if (found.usage) print({ type: "usage", usage: found.usage });
    if (found.fail) throw new PlayEnded(found.fail.code, found.fail.message);
    return found.answer;
  });
}

function findAnswer(recording: Recording, { kind, number, turn }: AnswerParts): RecordedCompletion {
  const ofKind = (recording.completions ?? []).filter((one) => one.kind === kind);
  const found = ofKind.find((one) => one.number === number && (one.turn ?? 1) === turn);
  if (found) return found;
  throw new OuroborosError({
    code: "recording_exhausted",
    message: `Play "${recording.title}": it holds ${ofKind.length} ${
      ofKind.length === 1 ? "answer" : "answers"
    } of "${kind}", not number ${number}${turn === 1 ? "" : " after a wrong one"}`,
    hint: "Go on without --recording, or with a recording that holds more answers",
  });
}
