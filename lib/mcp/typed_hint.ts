/** What a model is to call → what a person types for it. */
const COMMANDS: readonly [call: RegExp, command: string][] = [
  [/\bouroboros_job_wait with job_id "([^"]+)"/g, "ouroboros watch $1"],
  [/\bouroboros_attempt with job_id "([^"]+)"/g, "ouroboros attempt $1"],
  [
    /\bouroboros_start_execute_seed with session_id "([^"]+)"/g,
    "ouroboros resume $1",
  ],
  [/\bouroboros_start_execute_seed with seed_path "([^"]+)"/g, "ouroboros run $1"],
  [/\bouroboros_session_status with session_id "([^"]+)"/g, "ouroboros status $1"],
  [/\bouroboros_interview with session_id "([^"]+)"/g, "ouroboros interview --resume $1"],
  [/\bCall ouroboros_interview with session_id alone to see/g, "ouroboros interviews, to see"],
  [/\bouroboros_session_status without session_id\b/g, "ouroboros status"],
  [/\bouroboros_session_status\b/g, "ouroboros status"],
  [/\bBegin one with initial_context\b.*/g, 'ouroboros ooo interview "IDEA"'],
  [/\bTell the user this\b.*confirm: true/g, "Type the same again with --confirm"],
  [/\bouroboros_doctor\b/g, "ouroboros doctor"],
];

/** A tool's words as a person can follow them who typed its command: each call as what is typed. */
export function typedHint(hint: string): string {
  return COMMANDS.reduce((text, [pattern, command]) => text.replace(pattern, command), hint);
}
