/**
 * What hosts show their model about this server: at most 2 KB, and true for all of them. What a
 * skill needs more of stands in the skill.
 */
export const INSTRUCTIONS = [
  "Ouroboros turns an idea into a seed (a goal with criteria and checks), has coding agents do the " +
  "work in private copies, and proves the result: each criterion is decided by a check that runs " +
  "in a clean checkout, never by what an agent says.",
  "From an idea: ouroboros_interview, where you think and only the user answers; then " +
  "ouroboros_generate_seed. From a seed: ouroboros_start_execute_seed. It starts a paid agent: " +
  "with dry_run: true it only says the cost. Never start a run that the user did not ask for, and " +
  "give confirm: true only after their yes.",
  "A run takes minutes and needs neither you nor this server: it goes on when the host ends. " +
  "Follow it with ouroboros_job_wait, giving the cursor of its last answer, until `over` is true. " +
  "ouroboros_session_status finds it again by any id, or as the latest of the project.",
  "States of a criterion: pending, working, claimed, checking, passed, accepted, failed, " +
  "unverified. Only passed and accepted are proved. Report a failing check's line as it is.",
  "The user's files do not change before `ouroboros apply RUN` on the command line, which is for " +
  "the user to want; `ouroboros undo RUN` takes it back. `ouroboros accept` records a person's " +
  "judgement: never run it on your own.",
  "Of a project other than the one that this server was started in, give the folder as cwd. No " +
  "call takes longer than 20 s. When something is missing, call ouroboros_doctor and pass its " +
  "hints on. When work is stuck: ouroboros_lateral_think.",
].join("\n");
