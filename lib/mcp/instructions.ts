/**
 * What hosts show their model about this server: at most 2 KB, and true for all of them. What a
 * skill needs more of stands in the skill.
 */
export const INSTRUCTIONS = [
  "Ouroboros turns an idea into a specification (seed), has coding agents do the work in private " +
  "copies, and decides by checks in a clean checkout whether it is done; what an agent says is a " +
  "claim.",
  "Your host may list these tools under a prefix, or only after a search for ouroboros. Where they " +
  "are not there, the command line `ouroboros` does the same.",
  "Each answer says in `next` what comes next. Ids: a run, an interview or a seed, by its id or its " +
  "last characters; none means the newest in cwd, the project's folder, which you should give.",
  "Facts are yours to find in the repository. Decisions are the user's: what should be, what it may " +
  "cost, whether it is agreed. Never answer, approve or confirm for them.",
  "ouroboros_start_execute_seed starts a paid agent: show the cost with dry_run, and ask. It answers " +
  "at once; a run takes minutes: ouroboros_job_wait comes back when something changed.",
  "States of a criterion: pending, working, claimed, checking, passed, accepted, failed, " +
  "unverified, blocked, skipped, interrupted, cancelled. Only passed and accepted are proved. " +
  "Report a failing check's line as it is.",
  "The user's files do not change before `ouroboros apply RUN`; `ouroboros undo RUN` takes it back. " +
  "`ouroboros accept` records a person's judgement: never run it on your own.",
  "An error says in `hint` what to do; where `recoverable` is true, do that and call again. When " +
  "something is missing, call ouroboros_doctor and pass its hints on.",
].join("\n");
