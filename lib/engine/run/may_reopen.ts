import type { RunState } from "./state.ts";

/** Whether a run was cancelled and may be gone on with all the same, once somebody says so. */
export function mayReopen({ ended, discarded }: RunState): boolean {
  return ended?.result === "cancelled" && !discarded;
}
