/** Judging of work, in whatever form. */
const JUDGED = "Type: ouroboros check SEED; a seed's checks decide, no model judges";

/** Work over generations. */
const EVOLVED =
  "Change the seed, then call ouroboros_start_execute_seed; a run tries again by itself";

/** What the earlier Python server offered and this one does not → what to use now. */
const FORMER: Readonly<Record<string, string>> = {
  ouroboros_status: "Call ouroboros_session_status",
  ouroboros_execute_seed: "Call ouroboros_start_execute_seed, then ouroboros_job_wait",
  ouroboros_job_status: "Call ouroboros_session_status with the same id",
  ouroboros_job_result: "Call ouroboros_session_status with the same id",
  ouroboros_cancel_job: "Call ouroboros_cancel_execution with the same id",
  ouroboros_ac_tree_hud: "Call ouroboros_session_status with the same id",
  ouroboros_ac_dashboard: "Call ouroboros_session_status with the same id",
  ouroboros_project_status: "Call ouroboros_session_status without arguments",
  ouroboros_query_projection: "Call ouroboros_query_events",
  ouroboros_fetch_artifact: "Type: ouroboros diff RUN",
  ouroboros_auto: "Call ouroboros_interview, then ouroboros_start_execute_seed",
  ouroboros_start_auto: "Call ouroboros_interview, then ouroboros_start_execute_seed",
  ouroboros_pm_interview: "Call ouroboros_interview",
  ouroboros_evaluate: JUDGED,
  ouroboros_start_evaluate: JUDGED,
  ouroboros_checklist_verify: JUDGED,
  ouroboros_qa: JUDGED,
  ouroboros_measure_drift: JUDGED,
  ouroboros_brownfield: "Leave it out: an interview looks at the project by itself",
  ouroboros_evolve_step: EVOLVED,
  ouroboros_start_evolve_step: EVOLVED,
  ouroboros_evolve_rewind: EVOLVED,
  ouroboros_lineage_status: EVOLVED,
  ouroboros_ralph: EVOLVED,
  ouroboros_start_ralph: EVOLVED,
  ouroboros_channel_workflow: "Call ouroboros_start_execute_seed in the project's folder",
};

/** What to use in place of a tool of the earlier server; undefined for any other name. */
export function formerTool(name: string): string | undefined {
  // Names come from outside: "constructor" is none of ours.
  return Object.hasOwn(FORMER, name) ? FORMER[name] : undefined;
}

/** Names of the earlier server's tools that are answered with what to use now. */
export function formerToolNames(): string[] {
  return Object.keys(FORMER);
}
