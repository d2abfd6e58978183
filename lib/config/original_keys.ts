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
  const below = [
    ...keysOf(document.orchestrator)
      .filter((key) => (ORIGINAL_ORCHESTRATOR_KEYS as readonly string[]).includes(key))
      .map((key) => `orchestrator.${key}`),
    ...keysOf(document.llm).filter(isOriginalLlmKey).map((key) => `llm.${key}`),
  ];
  const sections = Object.keys(document)
    .filter((key) => (ORIGINAL_SECTIONS as readonly string[]).includes(key));
  return [...sections, ...below].sort();
}

/** All but one: whoever has more of them has them from there. */
function isOriginalLlmKey(key: string): boolean {
  return key !== "backend";
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.keys(value)
    : [];
}

/**
 * What a key of the Python system's file means here: null for a key that is none of its own. Those
 * that are not acted on are kept; a few have another name now.
 */
export function originalKeyNote(path: readonly (string | number)[]): string | null {
  const [section = "", key = ""] = path.map(String);
  if ((ORIGINAL_SECTIONS as readonly string[]).includes(section)) return NOT_ACTED_ON;
  if (section === "llm" && key !== "") return isOriginalLlmKey(key) ? NOT_ACTED_ON : null;
  if (section !== "orchestrator") return null;
  if ((ORIGINAL_ORCHESTRATOR_KEYS as readonly string[]).includes(key)) return NOT_ACTED_ON;
  if (key === "permission_mode") return 'called "run.permission" now';
  const id = /^(.+)_permission_mode$/.exec(key)?.[1];
  return id === undefined ? null : `called "runtimes.${id}.permission" now`;
}

const NOT_ACTED_ON = "a key of the earlier Python program: kept, and not acted on";
