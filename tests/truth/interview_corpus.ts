import { CLEAR } from "./interview_clear.ts";
import { TALK } from "./interview_talk.ts";
import type { Transcript } from "./interview_transcript.ts";
import { VAGUE } from "./interview_vague.ts";

/** All transcripts: clear, vague, contradictory, flattered, unanswered, and in existing projects. */
export const INTERVIEWS: readonly Transcript[] = [...CLEAR, ...VAGUE, ...TALK];
