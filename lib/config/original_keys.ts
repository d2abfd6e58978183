/**
 * Keys of the Python system's `config.yaml` that this version does not act on. Files that hold them
 * stay valid, and are never rewritten for it.
 */
export const ORIGINAL_SECTIONS = [
  "clarification",
  "consensus",
  "drift",
  "economics",
  "evaluation",
  "execution",
  "llm",
  "llm_profiles",
  "llm_role_profiles",
  "logging",
  "persistence",
  "resilience",
  "runtime_controls",
  "seed",
  "telemetry",
] as const;

/** The same below `orchestrator`. */
export const ORIGINAL_ORCHESTRATOR_KEYS = [
  "cli_path",
  "default_max_turns",
  "max_decomposition_depth",
  "max_parallel_workers",
  "use_worktrees",
  "worktree_cleanup",
  "worktree_lock_stale_after_minutes",
  "worktree_root",
] as const;

/** Keys of `document` that are accepted and not acted on, as dotted names. */
export function inertKeys(document: Readonly<Record<string, unknown>>): string[] {
  const orchestrator = document.orchestrator;
  const below = typeof orchestrator === "object" && orchestrator !== null
    ? Object.keys(orchestrator)
      .filter((key) => (ORIGINAL_ORCHESTRATOR_KEYS as readonly string[]).includes(key))
      .map((key) => `orchestrator.${key}`)
    : [];
  const sections = Object.keys(document)
    .filter((key) => (ORIGINAL_SECTIONS as readonly string[]).includes(key));
  return [...sections, ...below].sort();
}
