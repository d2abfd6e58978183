import type { ErrorCode } from "./error.ts";
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
  /**
   * The decoder saw that the agent gets nowhere (a paid loop that its CLI does not end). The driver
   * stops the tree, with reason `failed`; the decoder's `finish` then gives the outcome with `code`.
   */
  | { type: "give_up"; code: ErrorCode; text: string }
  | { type: "finished"; outcome: Outcome };

/** The three permission words of every runtime. */
export const PERMISSIONS = ["read", "edit", "full"] as const;

/**
 * `read`: look only. `edit`: change files of the worktree and run the project's own commands, in
 * the tightest confinement that the CLI offers. `full`: whatever the CLI can do.
 */
export type Permission = typeof PERMISSIONS[number];
