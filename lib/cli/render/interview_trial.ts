import type { UntriedSeed } from "../../app/interview/interview_hooks.ts";
import type { InterviewStyle } from "../interview_view.ts";
import { interviewCommandsText } from "./interview_commands.ts";
import { interviewSeedText } from "./interview_seed.ts";

/** A seed before its trial, with all that the trial would run. */
export function interviewTrialText(
  { text, commands }: UntriedSeed,
  style: InterviewStyle,
): string {
  const seed = interviewSeedText({ text, plan: null, problem: null, remarks: [] }, style);
  return `${seed}\n${interviewCommandsText(commands, style)}`;
}
