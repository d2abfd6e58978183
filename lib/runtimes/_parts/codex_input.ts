/** Settings that every Codex process of ours is started with. */
export const CODEX_SETTINGS: readonly string[] = [
  `approval_policy="never"`,
  "features.plugins=false",
  "analytics.enabled=false",
  "check_for_update_on_startup=false",
];

/**
 * The value of our own entry among the tool servers that leaves it out. Without a command, Codex
 * refuses the entry where the user's file has none of that name.
 */
export const WITHOUT_OURS = `{command="true",enabled=false}`;

/** Variables that name the attempt's own folder, which goes with it, for temporary files. */
export function codexTmp({ scratchDir }: { scratchDir: string }): Record<string, string> {
  return { TMPDIR: scratchDir, TMP: scratchDir, TEMP: scratchDir };
}
