/**
 * What hosts show their model about this server: at most 2 KB, and true for all of them. What a
 * skill needs more of stands in the skill.
 */
export const INSTRUCTIONS = [
  "Ouroboros has coding agents do work and proves the result: each criterion is decided by a check " +
  "that runs in a clean checkout, never by what an agent says.",
  "These tools only look. Work is started with the command line, in the user's project: " +
  '`ouroboros run SEED.yaml`, or `ouroboros run "WHAT TO DO" --check "COMMAND"`. It starts a paid ' +
  "agent: ask before you start a run that was not asked for, and look first with `--dry-run`.",
  "A run takes minutes: start it in the background and call ouroboros_status now and then.",
  "States of a criterion: pending, working, claimed, checking, passed, accepted, failed, " +
  "unverified. Only passed and accepted are proved. Report a failing check's line as it is.",
  "The user's files do not change before `ouroboros apply RUN`; `ouroboros undo RUN` takes it back. " +
  "`ouroboros accept` records a person's judgement: never run it on your own.",
  "When something is missing, call ouroboros_doctor and pass its hints on.",
].join("\n");
