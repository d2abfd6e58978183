import type { Outcome, Usage } from "./outcome.ts";

/**
 * What an agent does while it works, in one vocabulary for every runtime. A decoder turns a CLI's
 * own lines into these; nothing outside `lib/runtimes` knows any other form.
 */
export type RuntimeEvent =
  | { type: "started"; sessionId: string }
  | { type: "text"; text: string }
  | { type: "thinking"; text: string }
  | { type: "tool_started"; callId: string; tool: string; summary: string }
  | { type: "tool_finished"; callId: string; tool: string; ok: boolean; summary: string }
  /** What was used since the last such event (never cumulative). */
  | { type: "usage"; usage: Usage }
  | { type: "notice"; level: "info" | "warning"; text: string }
  | { type: "finished"; outcome: Outcome };

/** The three permission words of every runtime. */
export const PERMISSIONS = ["read", "edit", "full"] as const;

/**
 * `read`: look only. `edit`: change files of the worktree and run the project's own commands, in
 * the tightest confinement that the CLI offers. `full`: whatever the CLI can do.
 */
export type Permission = typeof PERMISSIONS[number];
